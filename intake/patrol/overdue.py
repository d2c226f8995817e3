"""Hours of a point that ended with too few visits become an alarm in the same queue, exactly once."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bus.ids import derived_id
from intake.dispatch.base import Actor, Role
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_commands import AcceptAlarm
from intake.dispatch.state import State
from intake.patrol.schedule import Missed, missed

PRIORITY = 4
"""Low: it stays out of the way of what happens (domain page, section 15)."""

_TIMER = Actor(name="timer", role=Role.SYSTEM)
_EN = "Point {name}: {visits} of {asked} visits from {since} to {until}"
_ZH = "{name}：{since} 至 {until} 应到 {asked} 次，实到 {visits} 次"

Names = Mapping[str, Mapping[str, str]]
"""Place id to its name by language."""


def overdue_alarms(state: State, at: datetime, names: Names) -> Iterator[AcceptAlarm]:
    """Yield the alarm of each missed window that is not in the queue yet.

    Its id is the point's and the window's: after a restart the same window is the same alarm.
    """
    zone = state.policy.zone
    for one in missed(state.policy.points.values(), state.patrol, at, zone):
        id_ = derived_id(one.plan.place, "overdue", one.window.until.isoformat())
        if id_ not in state.alarms:
            yield AcceptAlarm(id=id_, at=at, by=_TIMER, content=_content(id_, one, at, state, names))


def _content(id_: str, one: Missed, at: datetime, state: State, names: Names) -> AlarmContent:
    zone, place = state.policy.zone, one.plan.place
    said = {
        "visits": one.visits,
        "asked": one.plan.at_least,
        "since": one.window.since.astimezone(zone).strftime("%H:%M"),
        "until": one.window.until.astimezone(zone).strftime("%H:%M"),
    }
    called = names.get(place, {})
    return AlarmContent(
        id=id_,
        source="system",
        source_id="patrol",
        said_at=one.window.until,
        recorded_at=at,
        priority=PRIORITY,
        type="system",
        place=place,
        text=_EN.format(name=called.get("en", place), **said),
        text_zh=_ZH.format(name=called.get("zh", place), **said),
        account=place,
        event_code="point-overdue",
    )
