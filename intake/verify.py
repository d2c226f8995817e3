"""Walk a journal's hash chain from the first entry to the last."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from intake.damage import Row, what_differs
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
    # A byte that is no UTF-8 any more is a changed entry, not an unreadable journal.
    db.text_factory = partial(str, encoding="utf-8", errors="replace")
    done, previous = 0, GENESIS
    rows = db.execute("SELECT seq, recorded_at, kind, body, hash FROM entry ORDER BY seq")
    try:
        for seq, recorded_at, kind, body, stored in rows:
            if seq != done + 1:
                return Verdict(done, done + 1, f"entry {done + 1} is missing")
            link = Link(seq, recorded_at, kind, body)
            if chain(previous, link) != stored:
                return Verdict(done, seq, what_differs(previous, (link, stored), _next(rows)))
            done, previous = seq, stored
            if seq % _TELL_EVERY == 0:
                progress(seq)
    except sqlite3.DatabaseError as error:
        return Verdict(done, done + 1, f"entry {done + 1} cannot be read: {error}")
    return Verdict(done, None)


def _next(rows: sqlite3.Cursor) -> Row | None:
    row = rows.fetchone()
    return (Link(*row[:4]), row[4]) if row else None
