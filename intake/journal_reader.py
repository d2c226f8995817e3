"""The journal's entries, read beside its writer by a connection that can change and hold up nothing."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from intake.errors import JournalUnreadable
from intake.journal import StoredEntry, refuse_newer

_ENTRIES = """
SELECT seq, recorded_at, kind, body FROM entry
WHERE seq > :after AND seq <= :upto AND (:all OR kind IN (SELECT value FROM json_each(:kinds)))
ORDER BY seq
"""
_NO_END = 2**63 - 1
"""SQLite's largest number."""


@dataclass(frozen=True)
class Mark:
    """A place in one journal: the number of an entry and its hash. Number 0 is before the first."""

    seq: int = 0
    hash: bytes = b""


class JournalReader:
    """Read only; in WAL a reader sees what is committed and waits for nobody. Use it as a context.

    Raises `JournalTooNew` or `JournalUnreadable`, on opening and on reading.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise JournalUnreadable(f"there is no journal at {path}")
        refuse_newer(path)
        self._path = path
        with self._told():
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def newest(self) -> Mark:
        """The last entry."""
        return self.at(_NO_END)

    def at(self, seq: int) -> Mark:
        """The entry of this number; the one before it where it is missing."""
        query = "SELECT seq, hash FROM entry WHERE seq <= ? ORDER BY seq DESC LIMIT 1"
        with self._told():
            row = self._db.execute(query, (seq,)).fetchone()
        return Mark(*row) if row else Mark()

    def recorded_by(self, at: datetime) -> int:
        """The number of the last entry recorded at or before `at`; 0 when there is none."""
        query = "SELECT max(seq) FROM entry WHERE recorded_at <= ?"
        with self._told():
            (seq,) = self._db.execute(query, (at.timestamp() * 1000,)).fetchone()
        return seq or 0

    def holds(self, mark: Mark) -> bool:
        """Whether this is the journal the mark was made in."""
        with self._told():
            row = self._db.execute("SELECT hash FROM entry WHERE seq = ?", (mark.seq,)).fetchone()
        return mark.seq == 0 or (row is not None and row[0] == mark.hash)

    def entries(self, after: int, upto: int, kinds: Sequence[str] = ()) -> Iterator[StoredEntry]:
        """Those behind number `after` up to `upto`, of some kinds or of all, oldest first."""
        values = {"after": after, "upto": upto, "all": not kinds, "kinds": json.dumps(list(kinds))}
        with self._told():
            for seq, at, kind, body in self._db.execute(_ENTRIES, values):
                yield StoredEntry(seq, datetime.fromtimestamp(at / 1000, UTC), kind, body)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise JournalUnreadable(f"the journal {self._path} cannot be read: {error}") from error
