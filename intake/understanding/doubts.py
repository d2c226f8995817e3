"""Why a step may not be the unit's own: every rule here turns a change into a question for a person."""

from collections.abc import Iterator, Sequence

from intake.understanding.intents import centre_acknowledges
from intake.understanding.lexicon import Lexicon
from intake.understanding.mark import Marked
from intake.understanding.model import Mention
from intake.understanding.speakers import second_unit
from intake.understanding.statuses import Step

SPOKEN_TO = "the unit named may be spoken to"
CENTRE_SPEAKS = "it is the centre that acknowledges"

_MOST_UNKNOWN = 2
"""Words after a step that nothing in the vocabulary knows, before the whole is held for misheard."""


def doubts_about(
    marked: Marked, own: Step | None, lexicon: Lexicon, *, mended: bool, asked: bool
) -> Iterator[str]:
    """One sentence for each rule that speaks against a step; none for what is said plainly.

    `own` is the step found, None for a bare acknowledgement; `mended` tells that words had to be put right,
    `asked` that the text was written with a question mark.
    """
    if centre_acknowledges(marked.acts, own, lexicon):
        yield CENTRE_SPEAKS
    if lexicon.unsure_speaker.search(marked.acts):
        # "copy patrol three" may be patrol three, or the centre that answers it.
        yield SPOKEN_TO
    if second_unit(marked.acts, marked.units, lexicon) == "unclear":
        yield "two units are named side by side, and which of them it is is not said"
    if marked.lead:
        yield f"«{marked.lead}» before the call sign is not understood"
    if _verb_of_many(marked, lexicon):
        # "patrol three are on scene" may have been "patrol three, you're on scene".
        yield "the verb is of several, the unit is one"
    if _ends_as_a_question(marked.acts[own.end if own else 0 :], lexicon, asked=asked):
        yield "it ends like a question"
    if own is not None and _misheard_after(marked, own, lexicon, mended=mended):
        yield "the words after the step are not understood"


def after_another(marked: Marked, own: Step | None, units: Sequence[Mention]) -> Iterator[str]:
    """A doubt, where the last call sign before a step is not of `units`, whose step it would be.

    "patrol one, maybe patrol four is available" tells nothing of patrol one.
    """
    before = marked.acts[: own.start].count("<u>") if own else 0
    if before and marked.units[before - 1].ids not in {unit.ids for unit in units}:
        yield "another unit is named before the step"


def _verb_of_many(marked: Marked, lexicon: Lexicon) -> bool:
    one = len(marked.units) == 1 and len(marked.units[0].ids) < 2  # noqa: PLR2004 - one unit is not several
    return one and lexicon.says["of_many"].search(marked.acts) is not None


def _ends_as_a_question(rest: str, lexicon: Lexicon, *, asked: bool) -> bool:
    """Whether the step itself is what is asked; after "en route, can you repeat the gate?" it is not."""
    other, end = lexicon.says["query"].search(rest), lexicon.says["asked_end"].search(rest)
    if end:
        return other is None or other.start() >= end.start()
    return asked and not (other or lexicon.says["request"].search(rest))


def _misheard_after(marked: Marked, own: Step, lexicon: Lexicon, *, mended: bool) -> bool:
    """Whether what follows a step is so strange that the step may be an invention as well.

    A step that had to be mended, or whose unit was only heard alike, is given less room.
    """
    if lexicon.lang != "en":
        return False
    words = marked.acts[own.end :].split()
    strange = sum(word not in lexicon.known and "<" not in word and not word.isdecimal() for word in words)
    shaky = mended or any(unit.trust < 1 for unit in marked.units)
    return strange > (0 if shaky else _MOST_UNKNOWN)
