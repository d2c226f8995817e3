"""What happened to a row, newest at the bottom, in the operator's language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bus.messages.board import TimelineRow
from tui.ages import wall_clock
from tui.cells import wrap
from tui.view.clip import is_recording
from tui.view.line import Line, column, piece
from tui.view.radio import percent
from tui.view.sight import Sight

_LATE_S = 5
"""When a thing was said this much before it was recorded, both times are shown."""


_NAMED_ROLES = ("supervisor", "technician")
"""Authorities worth a word: a dispatcher's is understood, and the machine has its own colour."""

_ADDED = ("reason", "text", "comment", "quote", "disposition", "feedback")
"""Facts that follow the sentence as they are: somebody's own words."""


def timeline_lines(sight: Sight, key: str | None, width: int) -> list[Line]:
    """Every line of the row's history; wrapped, so that nothing said is cut."""
    return row_lines(sight, rows_of(sight, key), width)


def row_lines(sight: Sight, rows: Iterable[TimelineRow], width: int) -> list[Line]:
    """The lines of these rows."""
    return [line for row in rows for line in _lines(sight, row, width)]


def rows_of(sight: Sight, key: str | None) -> list[TimelineRow]:
    """The history of an alarm, an incident with its alarms, or a unit, oldest first."""
    kind, _, id_ = (key or "").partition(":")
    ids = {id_}
    if kind == "incident":
        incident = sight.mirror.incidents.get(id_)
        ids |= set(incident.merged) if incident else set()
        ids |= {row.id for row in sight.mirror.alarms.values() if row.incident == id_}
    ids |= {row.id for row in sight.mirror.overs.values() if row.alarm in ids}
    if kind == "unit":
        ids |= {row.id for row in sight.mirror.assignments.values() if row.unit == id_}
    rows = [
        row for row in sight.mirror.timeline.values() if row.object_id in ids or (id_ and row.incident in ids)
    ]
    return sorted(rows, key=lambda row: row.seq)


def sentence(sight: Sight, row: TimelineRow) -> str:
    """What happened, in words; for a code the catalogue does not know, the code and what came with it."""
    facts = dict(_flat(row.params))
    if sight.words.language == "zh":
        # A panel's event comes with its words in both languages; speech and notes only as they were said.
        facts["text"] = facts.get("text_zh") or facts.get("text")
    named = {name: _value(sight, name, value) for name, value in facts.items() if value}
    closer = f"what.{row.what.replace('.', '-')}.{_nuance(facts)}"
    key = closer if closer in sight.words else f"what.{row.what}"
    if key not in sight.words:
        rest = ", ".join(f"{name} {value}" for name, value in named.items())
        return f"{row.what} {rest}".strip()
    added = (named[name] for name in _ADDED if name in named)
    return ": ".join((sight.words.fill(key, named), *added))


def _nuance(facts: Mapping[str, object]) -> object:
    """Which of an event's variants it is: what was said, why it came about, how it ended, a timer's rung."""
    if facts.get("over_the_head"):
        return "over-the-head"
    told = (facts.get(name) for name in ("what", "why", "outcome"))
    return next(filter(None, told), f"{facts.get('timer')}-{facts.get('rung')}")


def actor(sight: Sight, row: TimelineRow) -> str:
    """A person's login, or which part of the machine it was."""
    kind, _, name = row.actor.partition(":")
    if kind == "person":
        return name
    return sight.words(f"actor.{kind}") if f"actor.{kind}" in sight.words else row.actor


def _flat(params: Mapping[str, Any]) -> Iterable[tuple[str, object]]:
    """Every fact with its name, those inside a part (`content`, `proposal`) too; lists only of words."""
    for name, value in params.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        elif not isinstance(value, list) or all(isinstance(one, str) for one in value):
            yield name, value


def _lines(sight: Sight, row: TimelineRow, width: int) -> list[Line]:
    person = row.actor.startswith("person:")
    text = sentence(sight, row)
    if row.authority in _NAMED_ROLES:
        text += f"  ({sight.words(f'role.{row.authority}')})"
    if row.authority.startswith("grant:"):
        text += f"  ({sight.words('grant.mark', grant=row.authority.removeprefix('grant:')).strip()})"
    if row.confidence is not None:
        text += f"  {percent(row.confidence)}"
    if is_recording(row.clip):
        text += f"  {sight.words('fact.clip')}"
    if row.said_at is not None and (row.at - row.said_at).total_seconds() > _LATE_S:
        text += "  " + sight.words("fact.said_at", at=wall_clock(row.said_at))
    if row.params.get("late") is True:
        text += "  " + sight.words("fact.late", at=wall_clock(datetime.fromisoformat(row.params["due"])))
    parts = wrap(text, max(width - 20, 10))
    first = Line(
        f"timeline:{row.id}",
        (
            column(f" {wall_clock(row.at)}", 10, "dim"),
            column(actor(sight, row), 9, "cyan" if person else "violet"),
            piece(f" {parts[0]}"),
        ),
    )
    return [first, *(Line(None, (column("", 20), piece(part))) for part in parts[1:])]


def _value(sight: Sight, name: str, value: object) -> str:
    """A parameter as people say it."""
    if isinstance(value, list):
        return " ".join(_value(sight, name.removesuffix("s"), one) for one in value)
    spoken = _SPOKEN.get(name)
    return spoken(sight, str(value)) if spoken else str(value)


def _incident(sight: Sight, text: str) -> str:
    return sight.number(text) if sight.number(text) != "-" else text


def _state(sight: Sight, text: str) -> str:
    return sight.words.state(text)


def _timer(sight: Sight, text: str) -> str:
    return sight.words(f"timer.{text}") if f"timer.{text}" in sight.words else text


def _outcome(sight: Sight, text: str) -> str:
    return sight.coded("outcome", text)


def _reason(sight: Sight, text: str) -> str:
    return sight.coded("dismiss", text)


def _clock(_: Sight, text: str) -> str:
    return wall_clock(datetime.fromisoformat(text))


_SPOKEN: Mapping[str, Callable[[Sight, str], str]] = {
    **dict.fromkeys(("incident", "incident_id", "target", "into", "out_of", "diverted_to"), _incident),
    **dict.fromkeys(("place", "point"), Sight.place),
    "line": Sight.line,
    "team": Sight.team,
    **dict.fromkeys(("to", "giver", "taker"), Sight.agency),
    "type": Sight.type,
    **dict.fromkeys(("state", "step", "status", "before", "after", "certainty", "what"), _state),
    "timer": _timer,
    "disposition": _outcome,
    "reason": _reason,
    **dict.fromkeys(("at", "review_at", "until"), _clock),
}
"""Facts that are not said as they are."""
