"""The index of overs: an SQLite file beside the journal that may be lost at any time and is built again.

It holds ids, never truth: what a row says is looked up in the state. One lock, for several threads use it.
An over's key grows with the moment it was said, so that every table is read in the order that is asked for.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from bus.messages.verbs import Find
from intake.dispatch.events import event_from_json
from intake.dispatch.source_events import OverAccepted, OverTranscribed
from intake.errors import SearchUnavailable
from intake.finding.words import as_asked, as_indexed
from intake.journal import StoredEntry
from intake.journal_reader import JournalReader, Mark

VERSION = 2
"""`PRAGMA user_version`; a file of another version is thrown away and built again."""

STEP = 5_000
"""Entries of the journal taken in one transaction: a search waits for no more than these."""

SAME_MS = 20
"""Bits of a key below the milliseconds: the entry's number tells apart what was said in the same one."""

_FURTHEST = 2**63 - 1

KINDS = ("over.accepted", "over.transcribed")

_SCHEMA = """
CREATE TABLE over (
  key INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL,
  gated INTEGER, place TEXT
) STRICT;
CREATE INDEX over_place ON over (place) WHERE place IS NOT NULL;
CREATE TABLE who (name TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE said USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE mark (seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO mark VALUES (0, x'');
"""


class OverIndex:
    """Open with a path, or with None for one in memory. Raises `SearchUnavailable`."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._db = _opened(path)
        except (sqlite3.Error, OSError):
            self._db = self._afresh()

    def close(self) -> None:
        """End the file."""
        with self._lock:
            self._db.close()

    def follow(self, journal: JournalReader) -> bool:
        """Take up to `STEP` more entries of the journal; whether there are more.

        An index of another journal, or one ahead of a restored journal, begins again.
        """
        with self._told() as db:
            mark = Mark(*db.execute("SELECT seq, hash FROM mark").fetchone())
        if not journal.holds(mark):
            with self._lock:
                self._db.close()
                self._db = self._afresh()
            mark = Mark()
        newest = journal.newest()
        upto = newest if newest.seq <= mark.seq + STEP else journal.at(mark.seq + STEP)
        self.add(journal.entries(mark.seq, upto.seq, KINDS), upto)
        return upto.seq < newest.seq

    def add(self, entries: Iterable[StoredEntry], upto: Mark) -> None:
        """Take these entries, all or none."""
        with self._told() as db, db:
            for entry in entries:
                _take(db, entry)
            db.execute("UPDATE mark SET seq = ?, hash = ?", (upto.seq, upto.hash))

    def find(self, asked: Find, names: Iterable[str] = ()) -> list[str]:
        """Ids of overs, newest first: at most one more than `asked.limit`, which tells that there are more.

        `names` are all that stand for the unit asked for: its id and its radios' keys.
        """
        with self._told() as db:
            return _page(db, asked, names)

    def first(self, asked: Find, names: Iterable[str] = ()) -> tuple[list[str], int, int]:
        """The same, how many there are in all, and what `upto` has further pages be of these."""
        with self._told() as db:
            (newest,) = db.execute("SELECT coalesce(max(seq), 0) FROM over").fetchone()
            return _page(db, asked, names), _count(db, asked, names), newest

    def _afresh(self) -> sqlite3.Connection:
        try:
            for end in ("", "-wal", "-shm") if self._path else ():
                Path(f"{self._path}{end}").unlink(missing_ok=True)
            return _opened(self._path)
        except (sqlite3.Error, OSError) as error:
            raise SearchUnavailable(f"the search index {self._path} cannot be opened: {error}") from error

    @contextlib.contextmanager
    def _told(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as error:
                raise SearchUnavailable(f"the search index {self._path} does not work: {error}") from error


def _opened(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        # What a power cut takes from a projection is read from the journal again.
        db.execute("PRAGMA synchronous = NORMAL")
        ((version,),) = db.execute("PRAGMA user_version")
        if version == 0:
            db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise sqlite3.DatabaseError("of another version")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _take(db: sqlite3.Connection, entry: StoredEntry) -> None:
    match event_from_json(entry.body):
        case OverAccepted(meta=meta, heard=heard):
            key = _key(meta.said_at, entry.seq)
            row = (key, entry.seq, meta.id, meta.channel)
            db.execute("INSERT OR IGNORE INTO over (key, seq, id, channel) VALUES (?, ?, ?, ?)", row)
            _spoke(db, key, (*heard, *meta.radios))
        case OverTranscribed(over_id=over, transcript=heard_as, heard=heard):
            found = db.execute("SELECT key FROM over WHERE id = ?", (over,)).fetchone()
            if found is None:
                return
            said = heard_as.understanding
            row_ = (heard_as.gated is not None, said.place, found[0])
            db.execute("UPDATE over SET gated = ?, place = ? WHERE key = ?", row_)
            db.execute(
                "INSERT OR REPLACE INTO said (rowid, text) VALUES (?, ?)",
                (found[0], as_indexed(heard_as.text)),
            )
            _spoke(db, found[0], (*heard, *said.units))


def _spoke(db: sqlite3.Connection, key: int, names: Iterable[str]) -> None:
    db.executemany("INSERT OR IGNORE INTO who VALUES (?, ?)", [(name, key) for name in names])


def _page(db: sqlite3.Connection, asked: Find, names: Iterable[str]) -> list[str]:
    source, key, values = _asked_for(asked, tuple(names), counted=False)
    query = f"SELECT over.id FROM {source} ORDER BY {key} DESC LIMIT ? OFFSET ?"  # noqa: S608 - made of constants
    return [row[0] for row in db.execute(query, (*values, asked.limit + 1, asked.skip))]


def _count(db: sqlite3.Connection, asked: Find, names: Iterable[str]) -> int:
    source, _, values = _asked_for(asked, tuple(names), counted=True)
    (count,) = db.execute(f"SELECT count(*) FROM {source}", values).fetchone()  # noqa: S608 - made of constants
    return int(count)


def _asked_for(asked: Find, names: tuple[str, ...], *, counted: bool) -> tuple[str, str, list[object]]:
    """What to read from and on which conditions, what orders it, and the values.

    Words are read in the order of the keys by FTS5 itself, and where nothing else is asked for are counted
    without a look at the overs.
    """
    words, conditions = as_asked(asked.words), _conditions(asked, names)
    parts = ["said MATCH ?"] if words else []
    parts += [condition for condition, values in conditions.items() if values]
    values = [words] if words else []
    where = f" WHERE {' AND '.join(parts)}" if parts else ""
    alone = counted and not any(conditions.values())
    source = "said" if alone else "said CROSS JOIN over ON over.key = said.rowid"
    return (
        (source if words else "over") + where,
        "said.rowid" if words else "over.key",
        [*values, *(value for some in conditions.values() for value in some)],
    )


def _conditions(asked: Find, names: tuple[str, ...]) -> Mapping[str, tuple[object, ...]]:
    """Each with its values; one nobody asked for has none."""
    listed = (json.dumps(names),) if names else ()
    return {
        "over.key IN (SELECT key FROM who WHERE name IN (SELECT value FROM json_each(?)))": listed,
        "place = ?": (asked.place,) if asked.place else (),
        "channel = ?": (asked.channel,) if asked.channel else (),
        "over.key >= ?": (_key(asked.since),) if asked.since else (),
        "over.key < ?": (_key(asked.until),) if asked.until else (),
        "gated IS ?": () if asked.gated is None else (int(asked.gated),),
        "seq <= ?": () if asked.upto is None else (asked.upto,),
    }


def _key(at: datetime, seq: int = 0) -> int:
    key = round(at.timestamp() * 1000) << SAME_MS | seq % (1 << SAME_MS)
    # A time beyond what SQLite counts to, as an open end may be given, is before or after every over.
    return max(-_FURTHEST, min(key, _FURTHEST))
