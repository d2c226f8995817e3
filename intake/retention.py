"""Recordings are kept for a time and within a size; the journal says which went, before they go.

Behind all other work, a few at a time. What an alarm or an incident needs stays, and what nobody has written
down yet; when only that is left and it is still too much, people are told.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import structlog

from bus.clock import Clock
from bus.ids import new_id
from intake.arrivals.arrival import rule
from intake.background import in_background
from intake.clips import Clips
from intake.dispatch.keeping import Keeping, removable
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import RemoveRecordings
from intake.dispatch.source_events import RecordingsRemoved
from intake.dispatch.state import State
from intake.settings import RecordingSettings
from intake.writer import Outcome, Writer

EVERY_S = 600.0
"""Pause between two looks; a day's recordings go in a minute then."""

STEP = 50
"""Recordings of one event of the journal."""

PAUSE_S = 0.5
"""Between two steps, so that disk and journal are everybody else's."""

GB = 1_000_000_000

Why = Literal["age", "space"]


@dataclass(frozen=True)
class Plan:
    """What goes, oldest first, and bytes that are too many even then."""

    going: tuple[tuple[str, Why], ...]
    too_much: int = 0


class Retention:
    """`run` works for ever."""

    def __init__(self, settings: RecordingSettings, clips: Clips, writer: Writer, clock: Clock) -> None:
        self._settings = settings
        self._keeping = Keeping(age=_days(settings.keep_days), evidence=_days(settings.evidence_days))
        self._clips = clips
        self._writer = writer
        self._clock = clock
        self.trouble: str | None = None
        """One sentence while what must be kept is more than the size allowed."""
        self._log = structlog.get_logger("retention")

    async def run(self) -> None:
        """Look, remove, wait."""
        while True:
            try:
                await self.sweep()
            except OSError as error:
                self._log.error("not removed", why=str(error))
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> int:
        """One look at everything; how many recordings went. Raises `OSError`."""
        sizes = await in_background("retention.sizes", self._clips.sizes)
        state, now = self._writer.state, self._clock.now()
        await in_background("retention.gone", partial(self._forget_gone, sizes, state))
        limit = int(self._settings.keep_gb * GB) or None
        plan = await in_background(
            "retention.plan", partial(plan_for, state, now, self._keeping, sizes, limit)
        )
        self.trouble = (
            f"recordings that must be kept take {plan.too_much / GB:.1f} GB more than recordings.keep_gb"
            if plan.too_much
            else None
        )
        gone = 0
        for why, overs in _steps(plan):
            gone += await self._remove(overs, why)
            await asyncio.sleep(PAUSE_S)
        if gone:
            self._log.info("removed", recordings=gone)
        return gone

    async def _remove(self, overs: Sequence[str], why: Why) -> int:
        command = RemoveRecordings(
            id=new_id(),
            at=self._clock.now(),
            by=rule("retention"),
            overs=tuple(overs),
            why=why,
            evidence=self._keeping.evidence,
        )
        clips = _clips(overs, self._writer.state)
        going = _told(await (await self._writer.store(command.id, command)))
        await in_background("retention.remove", partial(self._clips.remove, [clips[over] for over in going]))
        return len(going)

    def _forget_gone(self, sizes: Mapping[str, int], state: State) -> None:
        """A recording that went while the centre was killed, or that a box sent once more, goes now."""
        gone = (over.meta.clip for over in state.overs.values() if over.gone_at is not None)
        self._clips.remove([clip for clip in gone if clip in sizes])


def plan_for(
    state: State, now: datetime, keeping: Keeping, sizes: Mapping[str, int], limit: int | None
) -> Plan:
    """What goes for its age, then the oldest until the rest is within `limit` bytes."""
    going: list[tuple[str, Why]] = []
    left = sum(sizes.values())
    for over in removable(state, now, keeping):
        old = keeping.age is not None and now - over.recorded_at >= keeping.age
        crowded = limit is not None and left > limit
        if not old and not crowded:
            break
        going.append((over.id, "age" if old else "space"))
        left -= sizes.get(over.clip, 0)
    return Plan(tuple(going), max(left - limit, 0) if limit is not None else 0)


def _steps(plan: Plan) -> list[tuple[Why, list[str]]]:
    """A few at a time, each step for one reason."""
    steps: list[tuple[Why, list[str]]] = []
    for over, why in plan.going:
        if not steps or steps[-1][0] != why or len(steps[-1][1]) == STEP:
            steps.append((why, []))
        steps[-1][1].append(over)
    return steps


def _clips(overs: Sequence[str], state: State) -> dict[str, str]:
    """The recording of each over, on the board or put away."""
    here = {id_: state.overs[id_].meta.clip for id_ in overs if id_ in state.overs}
    return here | {id_: state.shelf[id_].clip for id_ in overs if id_ in state.shelf}


def _told(outcome: Outcome) -> list[str]:
    if isinstance(outcome, Refusal):
        return []
    events = (one.event for one in outcome.happened)
    return [over for event in events if isinstance(event, RecordingsRemoved) for over in event.overs]


def _days(days: int) -> timedelta | None:
    return timedelta(days=days) if days else None
