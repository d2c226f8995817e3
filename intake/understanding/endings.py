"""Whether an event is said to have ended, and not something else that is told of beside it."""

import re
from collections.abc import Sequence

from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention

_NEAR = 120
"""Characters before an event, and after an ending, that are looked at."""
_FAR = 400
"""Characters after an event in which it may be said to be over; a bound keeps long texts cheap."""
_PLACE = {"en": " <p>", "zh": "<p>"}


def ended(text: str, start: int, end: int, places: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Whether the event from `start` to `end` of `text` (Marked.named) is afterwards said to be over.

    What is awaited has not ended ("when the fire is out"), and an ending that wants a subject has the event's
    own: "smoke in hall a, the north exit is closed" is still smoke.
    """
    if lexicon.says["awaited"].search(text[max(0, start - _NEAR) : start]):
        return False
    ends = lexicon.says["over"].finditer(text, end, end + _FAR)
    return any(_is_of_it(text, end, found, places, lexicon) for found in ends)


def _is_of_it(
    text: str, since: int, ending: re.Match[str], places: Sequence[Mention], lexicon: Lexicon
) -> bool:
    if lexicon.says["asked_after"].match(text[ending.end() : ending.end() + _NEAR]):
        return False
    between = _with_marks(text, since, ending.start(), places, lexicon)
    if lexicon.says["unended"].search(between):
        return False
    return lexicon.says["wants_subject"].match(ending[0]) is None or bool(lexicon.of_event.search(between))


def _with_marks(text: str, since: int, until: int, places: Sequence[Mention], lexicon: Lexicon) -> str:
    """The text from `since` to `until` with its places marked."""
    inside = [place for place in places if since <= place.start and place.end <= until]
    for place in reversed(inside):
        text = text[: place.start] + _PLACE[lexicon.lang] + text[place.end :]
        until += len(_PLACE[lexicon.lang]) - (place.end - place.start)
    return text[since:until]
