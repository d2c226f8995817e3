"""The other facts of one breath: a second unit's step, a second event, an event beside a step."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from intake.understanding.events import Event, real_events
from intake.understanding.intents import Finding
from intake.understanding.lexicon import DRILL, Lexicon
from intake.understanding.model import Mention
from intake.understanding.reading import Hints, Reading, read

_MOST = 4
"""Facts looked for beside the main one; nobody says more in one breath."""
_JOINED = re.compile(r"^( (and|with|both|to|from))*$|^[和跟与、]*$")
_TELLING = frozenset({"report", "request", "status"})
"""Intents in which an event named is news; in an order or a question it is what everybody knows already."""
_STEPS = frozenset({"status", "readback"})
_ABOUT_OTHERS = frozenset({"order", "request", "query"})


def other_facts(text: str, main: Reading, lexicon: Lexicon, hints: Hints) -> Iterator[Reading]:
    """What normal `text` says beside `main`, in its order, each once."""
    seen = {_fact(main)}
    found = 0
    for reading in (*_of_other_units(text, main, lexicon, hints), *_of_other_events(main, lexicon)):
        if _fact(reading) not in seen and found < _MOST:
            seen.add(_fact(reading))
            found += 1
            yield reading


def _fact(reading: Reading) -> tuple[object, ...]:
    """What makes two facts the same."""
    if reading.finding.intent in _STEPS:
        return (reading.finding.intent, reading.status, reading.named)
    return (None, reading.kind, reading.place_id)


def _of_other_units(text: str, main: Reading, lexicon: Lexicon, hints: Hints) -> Iterator[Reading]:
    """Steps from each later call sign on; what is asked or ordered about another unit is no step of its."""
    if main.finding.intent in _ABOUT_OTHERS:
        return
    for start, end in _stretches(text, main.marked.units):
        reading = read(text[start:end], lexicon, hints)
        if reading.finding.intent in _STEPS and reading.status is not None and reading.named:
            yield reading


def _stretches(text: str, units: tuple[Mention, ...]) -> Iterator[tuple[int, int]]:
    """From every call sign that is not joined to the one before it, to the next such one."""
    starts = [
        unit.start for before, unit in pairwise(units) if not _JOINED.match(text[before.end : unit.start])
    ]
    yield from zip(starts[:_MOST], [*starts[1:], len(text)], strict=False)


def _of_other_events(main: Reading, lexicon: Lexicon) -> Iterator[Reading]:
    """A report for every event that stands, each at its own place."""
    if main.finding.intent not in _TELLING or main.status not in {None, "onscene"} or main.kind == DRILL:
        return
    found = real_events(main.marked.named, main.marked.places, lexicon, closing=False)
    events = sorted(found, key=lambda event: event.start)
    starts = [event.start for event in events]
    for event, since, until in zip(
        events, [0, *(event.end for event in events)], [*starts[1:], None], strict=False
    ):
        if main.status is not None and event.kind == main.kind:
            continue  # what the step is about
        place = _place_of(event, since, until, main, lexicon)
        finding = Finding("report", "another event in the same breath", event.words, 0.8)
        yield replace(main, finding=finding, event=event, place=place, status=None, doubts=())


def _place_of(event: Event, since: int, until: int | None, main: Reading, lexicon: Lexicon) -> Mention | None:
    """The place said with the event, between the events beside it; else the main fact's.

    Chinese names the place before what happened there, English after it.
    """
    places = main.marked.places
    before = [place for place in places if since <= place.start < event.start]
    after = [
        place for place in places if event.start <= place.start and (until is None or place.start < until)
    ]
    first, then = (before[::-1], after) if lexicon.lang == "zh" else (after, before[::-1])
    return next(iter((*first, *then)), main.place)
