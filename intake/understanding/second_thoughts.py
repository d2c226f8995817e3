"""`gate two, sorry, gate three`: one name or step straight after another of its kind replaces it."""

import re
from itertools import islice

from intake.understanding.lexicon import Lexicon
from intake.understanding.reading import Hints, Reading, read

_MOST = 3
"""Places looked at in one utterance, so that a long text costs no more than a few readings."""
_ENDS_WITH = re.compile(r"<([up])>$")
_BEGINS_WITH = re.compile(r"^(?: (?:at|in|to|the|for))* ?<([up])>")


def second_thought(text: str, lexicon: Lexicon, hints: Hints) -> tuple[Reading, Reading] | None:
    """What was said and what was meant instead; None where nothing is taken back.

    The words between, "sorry" or "no", mean much else, so they count only between two of a kind.
    """
    for match in islice(lexicon.says["second_thought"].finditer(text), _MOST):
        said = read(text[: match.start()], lexicon, hints)
        meant = read(text[match.end() :], lexicon, hints)
        if _another_name(said, meant, match[0], lexicon) or _another_step(said, meant):
            return said, meant
    return None


def _another_name(said: Reading, meant: Reading, between: str, lexicon: Lexicon) -> bool:
    """Whether a name ends the one and begins the other; "no patrol three" is not there, and corrects none."""
    before, after = _ENDS_WITH.search(said.marked.acts), _BEGINS_WITH.match(meant.marked.acts)
    if before is None or after is None or before[1] != after[1]:
        return False
    return after[1] == "p" or lexicon.says["before"].search(between) is None


def _another_step(said: Reading, meant: Reading) -> bool:
    both = said.finding.intent == meant.finding.intent == "status"
    return both and said.status != meant.status and meant.named in {(), said.named}
