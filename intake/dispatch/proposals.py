"""What the machine believes belongs together, until people decide."""

from typing import Literal

from pydantic import AwareDatetime

from intake.correlation.report import Reason
from intake.dispatch.base import Frozen

Certainty = Literal["possible", "likely", "observed"]
"""How sure it is that something happens (CAP 1.2 `certainty`, its three positive values)."""

WhySighted = Literal["nothing-showing", "seen"]
"""What a unit said from a scene: that there is nothing to be seen, or that it sees what was reported."""


class Sighting(Frozen):
    """What was said of an open incident makes it more or less certain: `certainty` is proposed, a step away.

    `unit` is who said it, where that is known; `text` are the words, `clip` their recording.
    """

    certainty: Certainty
    why: WhySighted
    unit: str | None = None
    clip: str
    text: str
    at: AwareDatetime


class LinkProposal(Frozen):
    """An alarm and another alarm, or an incident (`target`), look like one event, and why.

    `repeat` is true for the same signal of the same source once more: it shares the row of its target. A
    proposal is never taken back: it stands as long as both sides wait or are open (`links.standing`).
    """

    target: str
    target_kind: Literal["alarm", "incident"]
    score: int
    reasons: tuple[Reason, ...]
    at: AwareDatetime
    repeat: bool = False
    ended: bool = False
    """The incident had been closed shortly before: joining it opens it again."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its reasons."""
        return frozenset(reason.code for reason in self.reasons)
