"""The little language of the vocabulary files, compiled to regular expressions over normal text.

fight                a word (English) or characters (Chinese)
fight*               an English word beginning so
(ran|went off)       one of several; `(the)?` may be missing, `(the)*` may be repeated
@person down         any entry of the class `person`
man .. knife         up to five words (eight characters) in between
clear !(the|a)       not followed by
<!(the|a) clear      not straight after one of these plain words
^ $                  the start and the end of the utterance
<u> <c> <e> <p>      a call sign, the centre, everybody, a place
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.understanding.model import Lang

_GAP = {"en": r"(?: [^ ]+){0,5}?", "zh": r".{0,8}?"}
_PIECE = re.compile(r"\.\.|<!\([^()]*\)|[\^$|]|!?\(|\)[?*+]?|@[a-z]+|[^\s()|@^$!]+")
_OPENING = {"(": "(?:", "!(": "(?!"}
NEVER = re.compile(r"(?!)")
_BESIDE = re.compile(r"<?!\((?:[^()]|\([^()]*\))*\)")
_GROUP = re.compile(r"\(([^()]*)\)[?*+]?")
_NO_TEXT = str.maketrans("", "", " ^$")
_GAP_COUNTS = 4
"""Characters a gap counts for when phrases are ordered."""


@dataclass(frozen=True)
class Grammar:
    """A language and its classes of words."""

    lang: Lang
    classes: Mapping[str, tuple[str, ...]]

    def compile(self, phrases: Iterable[str], around: str = "{}") -> re.Pattern[str]:
        """One expression for all `phrases`, the longest plain text first, set into `around` at its `{}`.

        Raises re.error for a phrase whose brackets do not match.
        """
        ordered = sorted(set(phrases), key=lambda phrase: (-_most_text(phrase), phrase))
        if not ordered:
            return NEVER
        inner = "|".join(self.source(phrase) for phrase in ordered)
        return re.compile(around.replace("{}", f"(?:{inner})"))

    def source(self, phrase: str) -> str:
        """The expression of one phrase."""
        return "".join(self._part(piece) for piece in _PIECE.findall(phrase.lower()))

    def _part(self, piece: str) -> str:
        if piece in {"^", "$", "|"} or piece.startswith(")"):
            return piece
        if piece == "..":
            return _GAP[self.lang]
        if piece.startswith("<!"):
            return "".join(f"(?<!{self.source(word)})" for word in piece[3:-1].split("|"))
        if piece in _OPENING:
            return _OPENING[piece]
        if piece.startswith("@"):
            entries = sorted(self.classes.get(piece[1:], ()), key=len, reverse=True)
            return f"(?:{'|'.join(self.source(entry) for entry in entries)})" if entries else NEVER.pattern
        return self._literal(piece)

    def _literal(self, word: str) -> str:
        if self.lang == "zh":
            return re.escape(word)
        return f" {re.escape(word)}(?![^ ])".replace(r"\*(?![^ ])", "[^ ]*")


def _most_text(phrase: str) -> int:
    """The characters a phrase takes at most; what must not stand beside it takes none."""
    text = _BESIDE.sub("", phrase.translate(_NO_TEXT).replace("..", _GAP_COUNTS * "."))
    while (plain := _GROUP.sub(_longest_branch, text)) != text:
        text = plain
    return len(text)


def _longest_branch(group: re.Match[str]) -> str:
    return max(group[1].split("|"), key=len)
