"""Call signs in normal text: the family's name, or its like in sound, and a number the site has."""

from intake.understanding.callsigns_chinese import chinese_callsigns
from intake.understanding.callsigns_english import english_callsigns
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention


def find_callsigns(text: str, lexicon: Lexicon) -> list[Mention]:
    """Every call sign in `text`, left to right, none overlapping."""
    find = chinese_callsigns if lexicon.lang == "zh" else english_callsigns
    return list(find(text, lexicon))
