"""The command that asks whom to send, and sends the one picked."""

import re
from typing import Any

from bus.messages.board import AlarmRow, IncidentRow
from bus.messages.verbs import Answer, Dispatch
from tui.advice import Advice, Candidate
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.view.advised import ranking, why

_NUMBERED = re.compile(r"#|\d{2}")
"""An incident's number, not a pick: picks are single digits."""


def recommend(read: Reader) -> Command:
    """`r [incident] [1 2 ...] [comment]`: who is best; digits send them. `r unit`: why, or why not.

    Of an alarm it makes the incident, too, and both are taken back by one undo.
    """
    row = target(read)
    advice = _advice(read, row)
    if read.means_unit():
        _say_why(read, advice)
    picked = _picked(read, advice)
    if not picked:
        raise Unclear("ask.ranked", ranking=ranking(read.sight, advice))
    text = read.rest()
    units = " ".join(one.unit for one in picked)
    words = read.sight.words
    if isinstance(row, AlarmRow):
        says = words("say.answer", units=units, alarm=sentence.alarm(read.sight, row))
    else:
        says = words("say.dispatch", units=units, incident=sentence.incident(read.sight, row))
    how = next((one.how for one in picked if one.how), None)
    if how is not None:
        says += f" ({words(f'how.{how}')})"
    wanted: dict[str, Any] = {"units": [one.unit for one in picked], "how": how, "comment": text}
    return Command("recommend", says + sentence.comment(read.sight, text), (_asked(row, wanted),))


def target(read: Reader) -> AlarmRow | IncidentRow:
    """The incident by number, the alarm by handle, or what is under the cursor. Raises `Unclear`."""
    if _NUMBERED.match(read.peek()):
        return read.incident()
    return read.incident_here() if read.at_incident() else read.alarm()


def key_of(row: AlarmRow | IncidentRow) -> str:
    """The row's key, as lists have it."""
    return f"{'alarm' if isinstance(row, AlarmRow) else 'incident'}:{row.id}"


def _asked(row: AlarmRow | IncidentRow, wanted: dict[str, Any]) -> Answer | Dispatch:
    if isinstance(row, AlarmRow):
        return Answer.model_validate({"alarm": row.id, "version": row.version} | wanted)
    return Dispatch.model_validate({"incident": row.id} | wanted)


def _advice(read: Reader, row: AlarmRow | IncidentRow) -> Advice:
    advice = read.sight.advice
    if advice is None or advice.about != key_of(row):
        raise Unclear("ask.advice")
    return advice


def _say_why(read: Reader, advice: Advice) -> None:
    (unit, *_) = read.units()
    found = advice.of(unit.id)
    text = why(read.sight, found) if found else read.sight.words("advice.nothing")
    raise Unclear("ask.why", unit=unit.id, why=text)


def _picked(read: Reader, advice: Advice) -> list[Candidate]:
    picked: dict[str, Candidate] = {}
    while (n := read.digit()) is not None:
        if not 1 <= n <= len(advice.proposed):
            raise Unclear("ask.ranked", ranking=ranking(read.sight, advice))
        one = advice.proposed[n - 1]
        picked[one.unit] = one
    return list(picked.values())
