"""What was looked for and is not there: "nothing showing", "no smoke", 未见异常, 没有明火."""

import re
import tomllib
from functools import cache
from importlib import resources

from intake.understanding.events import denied_events, real_events
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import ANYTHING, Lang
from intake.understanding.patterns import Grammar
from intake.understanding.reading import Reading

_TELLING = frozenset({"report", "status"})


def absent(reading: Reading, lexicon: Lexicon) -> str | None:
    """The incident type that is said not to be there, or ANYTHING; None where something is.

    An event beside a unit's own step is what it was sent to, not what it sees.
    """
    marked, intent = reading.marked, reading.finding.intent
    if intent not in _TELLING:
        return None
    if intent == "report" and real_events(marked.named, marked.places, lexicon, closing=False):
        return None
    if saw_nothing(lexicon.lang).search(marked.named):
        return ANYTHING
    denied = denied_events(marked.named, marked.places, lexicon)
    return denied[0].kind if denied else None


@cache
def saw_nothing(lang: Lang) -> re.Pattern[str]:
    """The phrases of one language, over normal text with call signs marked."""
    file = resources.files("intake.understanding") / "absence.toml"
    phrases = tomllib.loads(file.read_text(encoding="utf-8"))[lang]
    return Grammar(lang, {}).compile(phrases)
