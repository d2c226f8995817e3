"""Words a site may want in its vocabulary, drawn from what its desk corrected. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from intake.understanding.lexicon import Lexicon
from intake.understanding.mark import mark
from intake.understanding.model import Lang
from intake.understanding.normalise import normalise
from tongpin.lexicon.examples import language_of
from tongpin.lexicon.judgements import Field, Judgement

LEAST = 2
"""Corrections that must share a phrase before it is worth a look."""
_MOSTLY = 0.75
"""Share of a phrase's texts that must be of the right answer it is proposed for."""
_LONGEST: Mapping[Lang, int] = {"en": 3, "zh": 5}
"""Words, or characters, of a phrase."""
_SHORTEST: Mapping[Lang, int] = {"en": 1, "zh": 2}
_EMPTY = frozenset(
    word
    for line in (
        "a an the at in on to of for and is are was it we i he she has have there with his her they you",
        "that this 's by from my our your",
    )
    for word in line.split()
)
"""Words no phrase begins or ends with."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase for the answer `right` of a field: how many corrections hold it, and how many other texts."""

    field: Field
    right: str
    lang: Lang
    phrase: str
    corrections: int
    elsewhere: int


def suggestions(
    found: Iterable[Judgement], lexicons: Mapping[Lang, Lexicon], least: int = LEAST
) -> list[Suggestion]:
    """The best first. Phrases the vocabulary has already, and names of the site, are not among them."""
    judged = list(found)
    return sorted(
        (
            one
            for field in ("type", "place")
            for lang, lexicon in lexicons.items()
            for one in _of_field([each for each in judged if each.field == field], lang, lexicon, least)
        ),
        key=lambda one: (-one.corrections, one.elsewhere, one.phrase),
    )


def _of_field(judged: list[Judgement], lang: Lang, lexicon: Lexicon, least: int) -> Iterator[Suggestion]:
    texts: dict[str, set[str]] = defaultdict(set)
    corrected: dict[str, set[str]] = defaultdict(set)
    for one in judged:
        if one.right is not None and one.text and language_of(one.text) == lang:
            texts[one.right].add(one.text)
            if not one.is_right:
                corrected[one.right].add(one.text)
    counts = {right: Counter(p for t in ts for p in set(phrases(t, lexicon))) for right, ts in texts.items()}
    for right, wrongly_heard in corrected.items():
        mine = Counter(p for text in wrongly_heard for p in set(phrases(text, lexicon)))
        known = lexicon.events.get(right)
        for phrase in _longest(mine, least):
            elsewhere = sum(counts[other][phrase] for other in counts if other != right)
            told_already = known is not None and known.search(_as_text(phrase, lang))
            if not told_already and mine[phrase] >= _MOSTLY * (mine[phrase] + elsewhere):
                field = judged[0].field
                yield Suggestion(field, right, lang, phrase, mine[phrase], elsewhere)


def phrases(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The runs of words in a text between names of the site; none begins or ends with an empty word."""
    lang = lexicon.lang
    for stretch in re.split(r" ?<[ucep]>", mark(normalise(text, lang), lexicon).acts):
        pieces = stretch.split() if lang == "en" else list(stretch)
        for size in range(_SHORTEST[lang], _LONGEST[lang] + 1):
            for at in range(len(pieces) - size + 1):
                run = pieces[at : at + size]
                if not _EMPTY & {run[0], run[-1]}:
                    yield (" " if lang == "en" else "").join(run)


def _longest(counts: Counter[str], least: int) -> Iterator[str]:
    """Phrases that occur often enough, without those that are only ever part of a longer one."""
    often = {phrase: count for phrase, count in counts.items() if count >= least}
    for phrase, count in often.items():
        longer = (other for other in often if phrase != other and phrase in other)
        if not any(often[other] == count for other in longer):
            yield phrase


def _as_text(phrase: str, lang: Lang) -> str:
    return f" {phrase}" if lang == "en" else phrase
