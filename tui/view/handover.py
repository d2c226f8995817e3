"""The brief of a shift: each matter a line, read or not, and who has signed."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bus.messages.board import HandoverRow
from tui.ages import wall_clock
from tui.cells import wrap
from tui.state.memory import Draft
from tui.view.line import Line, Piece, column, piece
from tui.view.sight import Sight
from tui.words import Words

_EMPTY = re.compile(r"[,，;；] ?-(?=$|[:：,，;；])")
"""What is not known, between two marks or at the end: it is left out."""

_MARK = 4
_KIND = 14


class BriefLine(BaseModel):
    """One matter the next shift must have read."""

    key: str
    kind: str
    facts: dict[str, Any] = {}


def is_open(row: HandoverRow) -> bool:
    """Whether a signature is missing."""
    return row.outgoing_signed_at is None or row.incoming_signed_at is None


def brief_lines(sight: Sight, row: HandoverRow, lines: Iterable[BriefLine], width: int) -> list[Line]:
    """Every matter, wrapped so that nothing is cut; `*` where it was not read yet."""
    drawn: list[Line] = []
    for one in lines:
        read = one.key in row.read
        parts = wrap(sentence(sight, one), max(width - _MARK - _KIND - 1, 10))
        drawn.append(
            Line(
                f"brief:{one.key}",
                (
                    column("" if read else " * ", _MARK, "bold yellow"),
                    column(sight.words(f"brief.kind_{one.kind}"), _KIND, "dim" if read else "bold cyan"),
                    piece(f" {parts[0]}", "dim" if read else "ink"),
                ),
            )
        )
        drawn += [Line(None, (column("", _MARK + _KIND + 1), piece(part))) for part in parts[1:]]
    return drawn


def signatures(sight: Sight, row: HandoverRow) -> tuple[Piece, ...]:
    """Who goes, who comes, who has signed, and who answers for the desk meanwhile."""
    words = sight.words
    out = _signature(words, row.outgoing, row.outgoing_signed_at)
    into = _signature(words, row.incoming, row.incoming_signed_at)
    both = len(row.responsible) > 1
    answer = words("brief.both" if both else "brief.one", who=" + ".join(row.responsible))
    return (
        piece(f" {out} > {into}  ", "title"),
        piece(f" {answer} ", "urgent" if both else "title"),
    )


def unsent(sight: Sight, draft: Draft) -> tuple[Piece, ...]:
    """A note that is not left yet: who wrote it and when, and as much of it as there is room for."""
    key = "brief.no_answer" if draft.sent else "brief.unsent"
    told = sight.words(key, by=draft.by or "?", at=wall_clock(draft.at), text=draft.line)
    return (piece(f" {told}", "bold yellow"),)


def sentence(sight: Sight, line: BriefLine) -> str:
    """A matter in words."""
    said = {name: _said(sight, name, value) for name, value in line.facts.items()}
    return _EMPTY.sub("", sight.words.fill(f"brief.{line.kind}", said).strip())


def _signature(words: Words, who: str | None, at: datetime | None) -> str:
    return words("brief.signed", who=who, at=wall_clock(at)) if at else words("brief.not_yet", who=who or "?")


def _said(sight: Sight, name: str, value: Any) -> str:  # noqa: ANN401 - a fact is of any JSON kind
    if value is None:
        return "-"
    if isinstance(value, list):
        return " ".join(str(one) for one in value) or "-"
    spoken = _SPOKEN.get(name)
    return spoken(sight, str(value)) if spoken else str(value)


def _clock(_: Sight, text: str) -> str:
    return wall_clock(datetime.fromisoformat(text))


_SPOKEN: Mapping[str, Callable[[Sight, str], str]] = {
    "type": Sight.short_type,
    "place": Sight.place,
    "state": lambda sight, text: sight.words.state(text),
    "at": _clock,
    "review_at": _clock,
    "last_contact": _clock,
    "until": _clock,
    "giver": Sight.agency,
    "taker": Sight.agency,
}
"""Facts that are not said as they are."""
