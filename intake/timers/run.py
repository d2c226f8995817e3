"""What the state keeps of a timer: how far it came since its start, and until when it is muted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """`reached` counts rungs since `since`; another start begins at the lowest again."""

    since: datetime | None = None
    reached: int = 0
    muted_until: datetime | None = None
