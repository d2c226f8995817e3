"""What happened: the incident type named in an utterance, if it is not denied or over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.endings import ended
from intake.understanding.lexicon import DRILL, Lexicon
from intake.understanding.model import Mention

_NEAR = 120
"""Characters before an event in which it may be denied."""


@dataclass(frozen=True, slots=True)
class Event:
    """A type and the words that name it, `start` to `end` in the marked text."""

    kind: str
    start: int
    end: int
    words: str


def find_event(text: str, places: Sequence[Mention], lexicon: Lexicon, *, closing: bool) -> Event | None:
    """The event that counts in `text` (Marked.named); `closing`: a unit ends it by its status.

    A drill wins over whatever is played; then the order of the vocabulary (priority 0 first, a
    cause before its consequence).
    """
    real = real_events(text, places, lexicon, closing=closing)
    drill = [event for event in real if event.kind == DRILL]
    return min(drill or real, key=lambda event: _rank(event, lexicon), default=None)


def real_events(text: str, places: Sequence[Mention], lexicon: Lexicon, *, closing: bool) -> Sequence[Event]:
    """Every event in `text` that is neither denied nor over."""
    found = _outermost(list(_hits(text, places, lexicon)), lexicon)
    denied = _denied(text, found, lexicon)
    real = [event for event in found if event.kind and event not in denied]
    real = [event for event in real if closing or not ended(text, event.start, event.end, places, lexicon)]
    return [event for event in real if not any(_takes_back(other, event, text, lexicon) for other in denied)]


def denied_events(text: str, places: Sequence[Mention], lexicon: Lexicon) -> Sequence[Event]:
    """Every event in `text` that is said not to be, straight before it is named."""
    return _denied(text, _outermost(list(_hits(text, places, lexicon)), lexicon), lexicon)


def names_an_event(text: str, lexicon: Lexicon) -> bool:
    """Whether any event, denied or over as it may be, or a thing that only sounds like one, is named."""
    return any(pattern.search(text) for pattern in (*lexicon.events.values(), lexicon.no_event))


def _hits(text: str, places: Sequence[Mention], lexicon: Lexicon) -> Iterator[Event]:
    for kind, pattern in (*lexicon.events.items(), ("", lexicon.no_event)):
        for match in pattern.finditer(text):
            if not any(place.start <= match.start() and match.end() <= place.end for place in places):
                yield Event(kind, match.start(), match.end(), match[0].strip())


def _outermost(events: list[Event], lexicon: Lexicon) -> list[Event]:
    """Without those inside a longer one: "fire extinguisher" is no fire, "kicking the machine" no fight.

    An event that drops everything else stays, whatever it stands in, unless that is no event at all.
    """
    return [one for one in events if not any(_inside(one, other, lexicon) for other in events)]


def _inside(one: Event, other: Event, lexicon: Lexicon) -> bool:
    if one.kind == other.kind or not (other.start <= one.start and one.end <= other.end):
        return False
    longer = other.end - other.start > one.end - one.start
    if not other.kind:
        return True
    return longer and (not one.kind or one.kind not in lexicon.urgent)


def _takes_back(denied: Event, event: Event, text: str, lexicon: Lexicon) -> bool:
    """Whether `denied` means `event` too: "the fire alarm was set off by steam, no fire".

    Said before it, it does where `event` is what there was instead: "no weapon, it was a pair of scissors".
    """
    if denied.kind != event.kind:
        return False
    if denied.start > event.start:
        return True
    return lexicon.says["instead"].search(text, denied.end, event.start) is not None


def _denied(text: str, found: Sequence[Event], lexicon: Lexicon) -> list[Event]:
    return [event for event in found if event.kind and _denied_before(text, event, lexicon)]


def _denied_before(text: str, event: Event, lexicon: Lexicon) -> bool:
    return lexicon.says["before"].search(text[max(0, event.start - _NEAR) : event.start]) is not None


def _rank(event: Event, lexicon: Lexicon) -> tuple[int, int]:
    order = lexicon.event_order
    return (order.index(event.kind) if event.kind in order else len(order), event.start)
