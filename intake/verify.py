"""Walk a journal's hash chain from the first entry to the last."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake.errors import JournalUnreadable
from intake.hash_chain import GENESIS, Link, chain
from intake.journal import refuse_newer

_TELL_EVERY = 10_000


@dataclass(frozen=True)
class Verdict:
    """`broken_at` is the first entry that does not follow from the one before it."""

    entries: int
    broken_at: int | None
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether every link holds."""
        return self.broken_at is None


def verify(path: Path, progress: Callable[[int], None] = lambda _: None) -> Verdict:
    """Read only. `progress` hears how many entries are done. Raises `JournalUnreadable`, `JournalTooNew`."""
    if not path.exists():
        raise JournalUnreadable(f"there is no journal at {path}")
    refuse_newer(path)
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return _walk(db, progress)
    except sqlite3.Error as error:
        raise JournalUnreadable(f"the journal {path} cannot be read: {error}") from error
    finally:
        db.close()


def _walk(db: sqlite3.Connection, progress: Callable[[int], None]) -> Verdict:
    expected, previous = 1, GENESIS
    for seq, recorded_at, kind, body, stored in db.execute(
        "SELECT seq, recorded_at, kind, body, hash FROM entry ORDER BY seq"
    ):
        if seq != expected:
            return Verdict(expected - 1, expected, f"entry {expected} is missing")
        previous = chain(previous, Link(seq, recorded_at, kind, body))
        if previous != stored:
            return Verdict(
                expected - 1, seq, f"entry {seq} was changed after it was written, or the one before it"
            )
        if seq % _TELL_EVERY == 0:
            progress(seq)
        expected += 1
    return Verdict(expected - 1, None)
