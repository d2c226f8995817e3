"""What a recogniser writes when nobody speaks: nothing, set phrases, loops, beeps."""

import re

from intake.understanding.events import names_an_event
from intake.understanding.lexicon import Lexicon

_LOOP_WORDS = re.compile(r"^((?: [^ ]+){1,5}?)\1{2,}(?: [^ ]+){0,2}$")
_LOOP_CHARACTERS = re.compile(r"^(.{1,6}?)\1{2,}.{0,2}$")


def noise_reason(text: str, lexicon: Lexicon) -> str | None:
    """Why normal `text` is no speech, or None.

    Repeated it may be an engine's loop, but "mayday mayday mayday" is said just so.
    """
    if not text:
        return "no words"
    if lexicon.noise_whole.search(text):
        return "only noise words"
    found = lexicon.noise_within.search(text)
    if found:
        return f"set phrase of recognisers: {found[0].strip()}"
    loop = (_LOOP_CHARACTERS if lexicon.lang == "zh" else _LOOP_WORDS).match(text)
    if loop is None or names_an_event(text, lexicon) or lexicon.says["distress"].search(text):
        return None
    return f"the same again and again: {loop[1].strip()}"
