"""Rules about timers. Time passing never closes, dismisses or cancels anything."""

from datetime import timedelta

from intake.agencies.offers import end_offer
from intake.dispatch.base import Ref
from intake.dispatch.desk_events import IncidentReturned
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given
from intake.dispatch.objects import Alarm, Incident
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.timers.commands import FireTimer, MuteTimer
from intake.timers.events import TimerMuted, TimerReached
from intake.timers.kinds import running
from intake.timers.timer import Timer

LATE = timedelta(seconds=5)
"""A rung told so much after it was due is marked."""

LONGEST_MUTE = timedelta(hours=24)


def fire_timer(draft: Draft, command: FireTimer) -> Refusal | None:
    """Write that a rung was reached: the next one of a timer that still runs, and not before it is due."""
    timer = _running(draft.state, command.timer, command.about)
    if timer is None or timer.since != command.since or timer.reached + 1 != command.rung:
        return refuse("timer-stopped", timer=command.timer)
    due = timer.next_due
    if due is None or due > command.at:
        return refuse("timer-not-due", timer=command.timer)
    reached = TimerReached(
        **draft.head,
        timer=timer.kind,
        about=timer.about,
        since=timer.since,
        rung=command.rung,
        due=due,
        late=command.at - due > LATE,
    )
    draft.write(reached)
    if timer.kind == "review":
        draft.write(IncidentReturned(**draft.head, incident_id=timer.about.id, why="review-due"))
    offered = draft.state.find(timer.about)
    if timer.kind == "offer" and isinstance(offered, Alarm | Incident):
        end_offer(draft, offered, "expired")
    return None


def mute_timer(draft: Draft, command: MuteTimer) -> Refusal | None:
    """Let a timer that runs wait, with a reason and an end."""
    timer = _running(draft.state, command.timer, command.about)
    if timer is None:
        return refuse("timer-stopped", timer=command.timer)
    if refusal := given(command.reason, "reason"):
        return refusal
    if command.until > command.at + LONGEST_MUTE:
        return refuse("mute-too-long", field="until", hours=24)
    muted = TimerMuted(
        **draft.head, timer=timer.kind, about=timer.about, until=command.until, reason=command.reason
    )
    draft.write(muted)
    return None


def _running(state: State, kind: str, about: Ref) -> Timer | None:
    return next((each for each in running(state, about) if each.kind == kind), None)
