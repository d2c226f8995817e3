"""The header: where and who, how fresh the picture is, and how long the oldest alarm has waited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tui.ages import clock_age, wall_clock
from tui.view.handover import is_open
from tui.view.line import Piece, cut, piece, spread
from tui.view.queue import LATE_S, waiting_alarms
from tui.view.sight import Sight
from tui.words import Words

_WHY = 36
"""Cells at most of why it is quiet."""

SILENT_S = 10.0
"""The centre beats every 2 s; after this long without one the picture is not live."""

Trouble = Literal["link", "refused", "sign-in", "snapshot", "silent", "centre", "old-console", "old-centre"]


@dataclass(frozen=True)
class Freshness:
    """How old the picture is, and what keeps it from being live."""

    age: float
    """Seconds since the centre was last heard."""
    trouble: Trouble | None = None
    detail: str = ""
    problems: tuple[str, ...] = ()
    """Codes of what the centre cannot do just now, as it says them."""

    @property
    def live(self) -> bool:
        """Whether the board may be believed."""
        return self.trouble is None and self.age < SILENT_S


@dataclass(frozen=True)
class Desk:
    """Who sits where."""

    console: str
    operator: str
    silenced: tuple[int, str] | None = None
    """Seconds left and why, while alarms wait without a tone."""


def header_pieces(
    sight: Sight | None, fresh: Freshness, desk: Desk, words: Words, now: datetime, width: int
) -> tuple[Piece, ...]:
    """One line of `width` cells. What must never be lost stands on the right."""
    ground = "title" if fresh.live else "urgent"
    always = [
        *_alarms(sight, words, ground),
        *_link(fresh, words, ground),
        Piece(f" {wall_clock(now)} ", ground),
    ]
    beside = [*_problems(fresh, words), *_handover(sight, words)]
    if desk.silenced is not None:
        left_s, why = desk.silenced
        said = words("header.silenced", left=clock_age(left_s), why=why).rstrip()
        beside.insert(0, piece(f" {said} ", "urgent", width=_WHY))
    left = [Piece(" tongpin ", ground)]
    if sight is not None:
        left.append(piece(f" {_site(sight)} ", ground))
    left.append(piece(f" {desk.console}  {desk.operator or '-'} ", "title dim" if fresh.live else ground))
    room = width - sum(one.cells for one in always)
    return _grounded(spread(left, [*cut(beside, room), *always], width), ground)


def _site(sight: Sight) -> str:
    site = sight.mirror.names.site
    return site.get(sight.words.language) or site.get("en") or ""


def _alarms(sight: Sight | None, words: Words, ground: str) -> list[Piece]:
    waiting = waiting_alarms(sight) if sight else []
    if sight is None or not waiting:
        return [piece(f" {words('header.alarms', n=0)} ", "title dim" if ground == "title" else ground)]
    oldest = max(sight.age(row.recorded_at) for row in waiting)
    late = "!!" if oldest >= LATE_S else ""
    text = (
        f" {words('header.alarms', n=len(waiting))}  {words('header.oldest', age=clock_age(oldest))}{late} "
    )
    return [piece(text, "urgent")]


def _problems(fresh: Freshness, words: Words) -> list[Piece]:
    said = (f"centre.{code}" for code in fresh.problems)
    return [piece(f" {words(key) if key in words else key} ", "urgent") for key in said]


def _handover(sight: Sight | None, words: Words) -> list[Piece]:
    """A handover both are responsible in is never out of sight."""
    rows = sight.mirror.handovers.values() if sight else ()
    both = (row for row in rows if is_open(row) and len(row.responsible) > 1)
    return [piece(f" {words('brief.header', who=' + '.join(row.responsible))} ", "urgent") for row in both]


def _link(fresh: Freshness, words: Words, ground: str) -> list[Piece]:
    if fresh.live:
        return [piece(f" {words('header.link_ok', age=f'{fresh.age:.1f}')} ", "title dim")]
    reason = words(f"trouble.{fresh.trouble or 'silent'}")
    return [piece(f" {words('header.not_live', age=int(fresh.age))} {reason} ", ground)]


def _grounded(pieces: tuple[Piece, ...], ground: str) -> tuple[Piece, ...]:
    return tuple(Piece(one.text, ground) if one.role == "ink" else one for one in pieces)
