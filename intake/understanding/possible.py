"""What may be an alarm although no type can be told: it is queued all the same, for people to read."""

from intake.understanding.absence import saw_nothing
from intake.understanding.events import names_an_event
from intake.understanding.lexicon import Lexicon
from intake.understanding.reading import Reading

_TELLING = frozenset({"report", "request"})
_TO_A_UNIT = frozenset({"order", "query"})
"""Said to a unit they come from the centre, which knows; said to nobody they may be a cry for help."""


def possible_alarm(reading: Reading, lexicon: Lexicon) -> str | None:
    """Why a reading without a type may be an alarm, or None.

    Somebody calls for help in other words than the vocabulary's; or something is told of a place that is
    neither a step, nor over or denied, nor where somebody only went, nor that all is well.
    """
    text = reading.marked.named
    intent = reading.finding.intent
    may_tell = intent in _TELLING or (intent in _TO_A_UNIT and not reading.units)
    if reading.event or not may_tell or any(pattern.search(text) for pattern in lexicon.events.values()):
        return None
    distress = _distress(saw_nothing(lexicon.lang).sub("", text), lexicon)
    if distress:
        return f"distress «{distress}»"
    told_of = intent == "report" and reading.place is not None and not names_an_event(text, lexicon)
    if not told_of or reading.place is None or lexicon.says["quiet"].search(reading.marked.acts):
        return None
    return f"something is told of «{reading.place.words}»"


def _distress(text: str, lexicon: Lexicon) -> str | None:
    """Words of distress that are no mere part of a thing's name: an emergency exit is no emergency."""
    things = [thing.span() for thing in lexicon.no_event.finditer(text)]
    for cry in lexicon.says["distress"].finditer(text):
        if not any(start <= cry.start() and cry.end() <= end for start, end in things):
            return cry[0].strip()
    return None
