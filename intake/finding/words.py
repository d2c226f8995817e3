"""Words as the index keeps them and as people look for them, in Chinese and English.

FTS5's `unicode61` takes a run of Chinese for one word, and its trigram tokeniser finds nothing shorter than
three characters. So every CJK character stands alone in the index, and a run of them is looked for as a
phrase: one character up is found.
"""

import re

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0002ffff"
_ONE_CJK = re.compile(f"([{_CJK}])")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')


def as_indexed(text: str) -> str:
    """`text` with a space around each CJK character."""
    return " ".join(_ONE_CJK.sub(r" \1 ", text).split())


def as_asked(words: str) -> str:
    """An FTS5 expression: every word, each as a beginning, or every "quoted phrase"; empty for no words.

    Never a syntax error, whatever is typed: what is not a letter or digit is left out.
    """
    phrases = (quoted or word for quoted, word in _ASKED.findall(words))
    parts = (re.sub(r"[^\w\s]|_", " ", as_indexed(phrase)).split() for phrase in phrases)
    return " ".join(f'"{" ".join(part)}"*' for part in parts if part)
