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
_ENTRIES = "SELECT seq, recorded_at, kind, body, hash FROM entry"


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
    done, previous = 0, GENESIS
    try:
        for seq, recorded_at, kind, body, stored in db.execute(f"{_ENTRIES} ORDER BY seq"):
            if seq != done + 1 or chain(previous, Link(seq, recorded_at, kind, body)) != stored:
                return Verdict(done, done + 1, _wrong(db, done, previous))
            done, previous = seq, stored
            if seq % _TELL_EVERY == 0:
                progress(seq)
    except sqlite3.DatabaseError:
        return Verdict(done, done + 1, _wrong(db, done, previous))
    return Verdict(done, None)


def _wrong(db: sqlite3.Connection, done: int, previous: bytes) -> str:
    """What is wrong with the entry after `done`, looked at once more, together with the one behind it."""
    # A byte that is no UTF-8 any more is a changed entry, not an unreadable journal.
    db.text_factory = partial(str, encoding="utf-8", errors="replace")
    wrong = done + 1
    try:
        rows = db.execute(f"{_ENTRIES} WHERE seq > ? ORDER BY seq LIMIT 2", (done,)).fetchall()
    except sqlite3.DatabaseError as error:
        return f"entry {wrong} cannot be read: {error}"
    entries: list[Row] = [(Link(*said), stored) for *said, stored in rows]
    if not entries or entries[0][0].seq != wrong:
        return f"entry {wrong} is missing"
    return what_differs(previous, entries[0], entries[1] if entries[1:] else None)
