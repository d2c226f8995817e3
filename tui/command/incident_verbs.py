"""Commands about incidents."""

from bus.messages.board import IncidentRow
from bus.messages.verbs import (
    Close,
    Hold,
    Merge,
    NewIncident,
    Note,
    ReleaseHold,
    ReopenAlarm,
    ReopenIncident,
    Resolve,
    SetCertainty,
    SetPriority,
)
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.view.sight import Sight

OUTCOMES = {"no-dispatch": ("未派警",), "no-arrival": ("未到场",)}
"""Dispositions that stand for a rule of the centre; any other is the operator's own words."""

CERTAINTIES = {"possible": ("可能",), "likely": ("很可能",), "observed": ("seen", "已目击")}
"""How sure it is that it happens, as CAP 1.2 has it, and as people say it."""

HANDLED = "handled"


def new(read: Reader) -> Command:
    """`new [drill] type [place] [text]`, type and place in either order."""
    exercise = read.exercise()
    kind = read.type()
    place = read.place()
    kind = kind or read.type()
    if kind is None:
        raise Unclear("ask.type")
    if place is None:
        raise Unclear("ask.place")
    text = read.rest()
    says = read.sight.words("say.new", type=read.sight.type(kind), place=read.sight.place(place))
    says += sentence.exercise(read.sight, exercise)
    asked = NewIncident(type=kind, place=place, summary=text, exercise=exercise)
    return Command("new", says + sentence.comment(read.sight, text), (asked,))


def note(read: Reader) -> Command:
    """`note [incident] text`."""
    row = read.incident()
    text = _text(read, "ask.text")
    says = read.sight.words("say.note", incident=sentence.incident(read.sight, row))
    return Command("note", says + sentence.comment(read.sight, text), (Note(incident=row.id, text=text),))


def hold(read: Reader) -> Command:
    """`hold [incident] 20m reason`, duration and incident in either order."""
    minutes = read.minutes()
    row = read.incident()
    minutes = minutes or read.minutes()
    if minutes is None:
        raise Unclear("ask.minutes")
    reason = _text(read, "ask.reason")
    says = read.sight.words("say.hold", incident=sentence.incident(read.sight, row), minutes=minutes)
    asked = Hold(incident=row.id, minutes=minutes, reason=reason)
    return Command("hold", says + sentence.comment(read.sight, reason), (asked,))


def priority(read: Reader) -> Command:
    """`priority [incident] 0-4 reason`. A single number is the priority."""
    row = read.incident() if read.numbers_ahead() != 1 else None
    wanted = read.priority()
    if wanted is None:
        raise Unclear("ask.priority")
    row = row or read.incident()
    reason = _text(read, "ask.reason")
    says = read.sight.words(
        "say.priority", incident=sentence.incident(read.sight, row), priority=wanted
    ) + sentence.comment(read.sight, reason)
    return Command("priority", says, (SetPriority(incident=row.id, priority=wanted, reason=reason),))


def certainty(read: Reader) -> Command:
    """`certainty [incident] [possible|likely|observed] [reason]`; without one, what is proposed."""
    row = read.incident()
    wanted = read.choice(CERTAINTIES)
    if wanted is None and read.peek():
        raise Unclear("ask.kind", choices=" ".join(CERTAINTIES))
    wanted = wanted or (row.sighting.certainty if row.sighting else None)
    if wanted is None:
        raise Unclear("ask.proposal")
    reason = read.rest()
    words = read.sight.words
    says = words(
        "say.certainty", incident=sentence.incident(read.sight, row), certainty=words.state(wanted)
    ) + sentence.comment(read.sight, reason)
    asked = SetCertainty.model_validate({"incident": row.id, "certainty": wanted, "reason": reason})
    return Command("certainty", says, (asked,))


def keep_certainty(read: Reader) -> Command:
    """The incident stays as certain as it is, against what is proposed."""
    row = read.incident()
    if row.sighting is None:
        raise Unclear("ask.proposal")
    words = read.sight.words
    says = words(
        "say.keep_certainty",
        incident=sentence.incident(read.sight, row),
        certainty=words.state(row.certainty),
    )
    asked = SetCertainty.model_validate({"incident": row.id, "certainty": row.certainty})
    return Command("apart", says, (asked,))


def _ended(sight: Sight, verb: str, row: IncidentRow, outcome: str) -> str:
    named, how = sentence.incident(sight, row), sight.coded("outcome", outcome)
    return sight.words(f"say.{verb}", incident=named, outcome=how)


def resolve(read: Reader) -> Command:
    """`resolve [incident] [no-dispatch|no-arrival] text`: the work is done, `close` follows."""
    row = read.incident()
    outcome = read.choice(OUTCOMES) or HANDLED
    text = read.rest()
    says = _ended(read.sight, "resolve", row, outcome)
    asked = Resolve(incident=row.id, disposition=outcome, text=text)
    return Command("resolve", says + sentence.comment(read.sight, text), (asked,))


def release_hold(read: Reader) -> Command:
    """`release [incident] [reason]`: it waits no longer."""
    row = read.incident()
    reason = read.rest()
    says = read.sight.words("say.release_hold", incident=sentence.incident(read.sight, row))
    asked = ReleaseHold(incident=row.id, reason=reason)
    return Command("release", says + sentence.comment(read.sight, reason), (asked,))


def close(read: Reader) -> Command:
    """`close [incident] [no-dispatch|no-arrival] text`."""
    row = read.incident()
    outcome = read.choice(OUTCOMES) or HANDLED
    text = read.rest()
    says = _ended(read.sight, "close", row, outcome)
    asked = Close(incident=row.id, disposition=outcome, text=text)
    return Command("close", says + sentence.comment(read.sight, text), (asked,))


def merge(read: Reader) -> Command:
    """`merge [incident] > incident`: both are one event, and go on as the second. A single number is that."""
    first = read.incident_named()
    read.arrow()
    second = read.incident_named()
    into = second or first
    if into is None:
        raise Unclear("ask.merge")
    gone = first if first and second else read.incident()
    says = read.sight.words(
        "say.merge",
        incident=sentence.incident(read.sight, gone),
        into=sentence.incident(read.sight, into),
    )
    asked = Merge(incident=gone.id, into=into.id)
    return Command("merge", says, (asked,), confirm=gone.state == into.state == "ACTIVE")


def reopen(read: Reader) -> Command:
    """`reopen incident reason`, also of one that just left; without a number, the alarm under the cursor."""
    row = read.incident_named(closed=True)
    if row is None:
        alarm = read.alarm()
        reason = _text(read, "ask.reason")
        says = read.sight.words("say.reopen_alarm", alarm=sentence.alarm(read.sight, alarm))
        return Command(
            "reopen",
            says + sentence.comment(read.sight, reason),
            (ReopenAlarm(alarm=alarm.id, reason=reason),),
        )
    reason = _text(read, "ask.reason")
    says = read.sight.words("say.reopen", incident=sentence.incident(read.sight, row))
    asked = ReopenIncident(incident=row.id, reason=reason)
    return Command("reopen", says + sentence.comment(read.sight, reason), (asked,))


def _text(read: Reader, missing: str) -> str:
    text = read.rest()
    if not text:
        raise Unclear(missing)
    return text
