"""What recognisers write → what was said: known slips, and Chinese phrases written by their sound."""

from intake.understanding import numbers
from intake.understanding.lexicon import Lexicon
from intake.understanding.sounds import chinese_key


def mend(text: str, lexicon: Lexicon) -> str:
    """Normal text with the vocabulary's known slips put right."""
    for wrong, right in lexicon.heard:
        text = wrong.sub(right, text)
    for key, phrase in lexicon.alike.items():
        text = _mend_phrase(text, key, phrase, lexicon)
    return text


def without_sounds(text: str, lexicon: Lexicon) -> str:
    """Normal text without the sounds between words; all of it where it is nothing else."""
    return lexicon.sounds.sub("", text) or text


def _mend_phrase(text: str, key: tuple[str, ...], phrase: str, lexicon: Lexicon) -> str:
    """Writes `phrase` wherever the characters sound like it; a digit is never a slip (处突一到位).

    Nor is the first half of an event: 已到打架现场 is no slip of 已到达.
    """
    sounds = chinese_key(text, loose=True)
    length = len(key)
    for at in range(len(text) - length + 1):
        end = at + length
        if sounds[at:end] != key or numbers.CHINESE_DIGITS.keys() & set(text[at:end]) - set(phrase):
            continue
        if not _cuts_an_event(text, end, lexicon):
            text = text[:at] + phrase + text[end:]
    return text


def _cuts_an_event(text: str, at: int, lexicon: Lexicon) -> bool:
    patterns = lexicon.events.values()
    return any(match.start() < at < match.end() for each in patterns for match in each.finditer(text))
