"""What correlation knows of a report, and what it says of a pair of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Code = Literal[
    "same-zone",
    "same-zone-restored",
    "other-zone",
    "same-radio",
    "same-place",
    "place-within",
    "metres-apart",
    "minutes-apart",
    "same-type",
    "kin-type",
    "smoke-or-heat",
    "other-matter",
    "shared-words",
    "contradicting-words",
    "institution",
    "across-sources",
]

IDENTITY: Final[frozenset[str]] = frozenset({"same-zone", "same-zone-restored", "same-radio"})
"""Codes that say both reports came from one and the same source."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, whoever sent it; `at` is when it was said, by a clock that can be trusted.

    `source` is panel, radio, manual or system; `place` and `type` are ids of the site file; `account` names
    box and account of a panel, `radio` the radio or unit that called. `restored_at` is when its panel last
    said that it is over.
    """

    id: str
    source: str
    at: datetime
    type: str | None = None
    place: str | None = None
    account: str | None = None
    zone: str | None = None
    radio: str | None = None
    text: str = ""
    restored_at: datetime | None = None


class Reason(BaseModel):
    """One term of a score: its code, its points, and the value it rests on (a place, minutes, words)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two reports look like one event; the score is the sum of the reasons' points."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def same_source(self) -> bool:
        """Whether one and the same zone or radio sent both."""
        return any(reason.code in IDENTITY for reason in self.reasons)

    @property
    def across_sources(self) -> bool:
        """Whether a panel and people tell of the same place within ten minutes of each other."""
        return any(reason.code == "across-sources" for reason in self.reasons)
