"""Tells what changes on the board, whether the picture is live, and that alarms wait."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from tui.plain.lines import Told, news, waiting_line
from tui.plain.seat import COALESCE_S, Seat
from tui.view.queue import ANSWER_S
from tui.view.sight import Sight

LOOK_S = 1.0
"""A silent link says nothing, so it is looked at."""


@dataclass(frozen=True)
class Live:
    """The picture can be believed again, or no more; `trouble` is why."""

    trouble: str | None
    detail: str


@dataclass(frozen=True)
class Waiting:
    """Alarms nobody has claimed, told again and again."""

    text: str


News = Told | Live | Waiting


async def follow(seat: Seat, hear: Callable[[News], None], *, remind: bool = False) -> None:
    """Until cancelled; `seat` is ready, and what it shows now is already told."""
    told = seat.sight
    was_live = True
    reminded = seat.clock.monotonic()
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await seat.changed()
                await asyncio.sleep(COALESCE_S)
        live = _liveness(seat)
        if (live.trouble is None) != was_live:
            was_live = live.trouble is None
            hear(live)
        told = _tell_news(told, seat.sight, hear)
        if remind and seat.clock.monotonic() - reminded >= ANSWER_S:
            reminded = seat.clock.monotonic()
            waiting = waiting_line(told)
            if waiting is not None:
                hear(Waiting(waiting))


def _tell_news(before: Sight, now: Sight, hear: Callable[[News], None]) -> Sight:
    if now.mirror is not before.mirror:
        for one in news(before, now):
            hear(one)
    return now


def _liveness(seat: Seat) -> Live:
    fresh = seat.feed.freshness()
    return Live(None, "") if fresh.live else Live(fresh.trouble or "silent", fresh.detail)
