"""`… correction, gate twelve`: what is said after the word replaces what was said before it."""

from intake.understanding.lexicon import Lexicon


def split_correction(text: str, lexicon: Lexicon) -> tuple[str, str | None]:
    """Normal text before the last correction, and after it (None where nothing is corrected)."""
    last = None
    for match in lexicon.says["correction"].finditer(text):
        last = match
    if last is None or last.end() == len(text):
        return text, None
    return text[: last.start()], text[last.end() :]
