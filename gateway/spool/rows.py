"""What the spool holds: rows, and what is remembered of each source of rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

RowKind = Literal["signal", "recording", "call", "progress"]


@dataclass(frozen=True)
class Draft:
    """A message to be stored; the spool adds its place in the order."""

    id: str
    kind: RowKind
    topic: str
    payload: bytes
    made_at: datetime
    user: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A stored message. `n` orders all rows of the spool; `seq` counts those of one source without gaps."""

    n: int
    source: str
    seq: int
    draft: Draft

    @property
    def id(self) -> str:
        """The message's own id."""
        return self.draft.id


@dataclass(frozen=True)
class SourceState:
    """What outlives a row and a restart: the last `seq` used, and a memory only the source can read."""

    seq: int = 0
    memory: str = ""


@dataclass(frozen=True)
class Batch:
    """What one frame or one over leaves in the spool, all or nothing: its drafts and the new memory."""

    drafts: tuple[Draft, ...]
    memory: str = ""


Build = Callable[[SourceState], Batch]
"""Makes a batch from the state of its source, inside the transaction that stores it.

Draft `i` will have `seq = state.seq + 1 + i`. Runs in the spool's thread and may run twice: it must be pure.
"""


@dataclass(frozen=True)
class Depth:
    """How much waits for the centre."""

    rows: int
    oldest: datetime | None


@dataclass(frozen=True)
class SpoolLimits:
    """How much room the spool may take.

    `reserve_mb` of the disk are never filled with new rows, because deleting needs room as well: a disk
    filled to its last page by a write-ahead log could not even be emptied. Recordings stop at four times
    that: voice gives way to alarms.
    """

    max_mb: int = 4096
    reserve_mb: float = 16.0

    def reserve_bytes(self, *, bulky: bool) -> int:
        """Bytes of free disk below which a put is refused."""
        return int(self.reserve_mb * 2**20) * (4 if bulky else 1)
