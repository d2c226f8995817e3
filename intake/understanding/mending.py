"""What recognisers write → what was said: known slips, and Chinese phrases written by their sound."""

from intake.understanding import numbers
from intake.understanding.lexicon import Lexicon
from intake.understanding.sounds import chinese_key


def mend(text: str, lexicon: Lexicon) -> str:
    """Normal text with the vocabulary's known slips put right."""
    for wrong, right in lexicon.heard:
        text = wrong.sub(right, text)
    for key, phrase in lexicon.alike.items():
        text = _mend_phrase(text, key, phrase)
    return text


def without_sounds(text: str, lexicon: Lexicon) -> str:
    """Normal text without the sounds between words; all of it where it is nothing else."""
    return lexicon.sounds.sub("", text) or text


def _mend_phrase(text: str, key: tuple[str, ...], phrase: str) -> str:
    """Writes `phrase` wherever the characters sound like it; a digit is never a slip (处突一到位)."""
    sounds = chinese_key(text, loose=True)
    length = len(key)
    for at in range(len(text) - length + 1):
        heard = text[at : at + length]
        if sounds[at : at + length] == key and not numbers.CHINESE_DIGITS.keys() & set(heard) - set(phrase):
            text = text[:at] + phrase + text[at + length :]
    return text
