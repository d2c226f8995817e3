"""Whom to send, in words: the ranking under the line, and why and why not in full."""

from collections.abc import Iterator

from tui.advice import Advice, Candidate, Ground
from tui.view.line import Line, column, cut, piece
from tui.view.sight import Sight

SHOWN = 5
"""Units a glance can compare."""


def ranking(sight: Sight, advice: Advice) -> str:
    """`1 P2 3 min  2 P1 4 min`: what a digit would pick."""
    found = (f"{n} {_short(sight, one)}" for n, one in enumerate(advice.proposed[:SHOWN], 1))
    return "  ".join(found) or sight.words("advice.nobody")


def why(sight: Sight, one: Candidate) -> str:
    """Everything that speaks for and against a unit."""
    told = [_ground(sight, "advice", ground) for ground in one.reasons]
    if one.bar is not None:
        told.insert(0, _ground(sight, "bar", one.bar))
    if one.how is not None:
        told.append(sight.words(f"how.{one.how}"))
    return ", ".join(told)


def ranked_lines(sight: Sight, key: str, width: int) -> Iterator[Line]:
    """The best few for the row of this key, each with its reasons; nothing before there is an answer."""
    advice = sight.advice
    if advice is None or advice.about != key or not advice.units:
        return
    yield Line(None, (piece(f" {sight.words('advice.title')}", "dim", width=width),))
    if not advice.proposed:
        yield Line(None, (piece(f" {sight.words('advice.nobody')}", "yellow", width=width),))
    for n, one in enumerate(advice.proposed[:SHOWN], 1):
        pieces = (
            column(f" {n}", 3, "bold ink"),
            column(one.unit, 5, "bold ink"),
            piece(why(sight, one), "ink"),
        )
        yield Line(None, cut(pieces, width))


def _short(sight: Sight, one: Candidate) -> str:
    away = "?" if one.minutes is None else sight.words("advice.minutes", value=f"{one.minutes:.0f}")
    return f"{one.unit} {away}" + (f" ({sight.words(f'how.{one.how}')})" if one.how else "")


def _ground(sight: Sight, table: str, ground: Ground) -> str:
    """In the operator's language; a code the catalogue does not know is shown as it is."""
    key = f"{table}.{ground.code}"
    if key not in sight.words:
        return f"{ground.code} {ground.value}".strip()
    text = sight.words(key, value=_value(sight, ground))
    return f"{text} {ground.points:+g}" if ground.points and ground.code != "minutes" else text


def _value(sight: Sight, ground: Ground) -> str:
    match ground.code:
        case "home-team" | "other-team":
            return sight.team(ground.value)
        case "skill" | "without-skill":
            return sight.skill(ground.value)
        case "no-grant":
            return sight.agency(ground.value)
        case "no-way":
            return sight.place(ground.value)
        case "state":
            return sight.words.state(ground.value)
        case _:
            return ground.value
