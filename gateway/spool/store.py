"""The spool's SQLite file. Synchronous, and owned by one thread.

Every error closes the connection: the next call opens the file afresh, so that a disk that was full,
read-only or gone is used again as soon as it is back.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from gateway.errors import SpoolBroken, SpoolError, SpoolFull, SpoolTooNew
from gateway.spool.rows import Build, Depth, Draft, Row, SourceState, SpoolLimits

T = TypeVar("T")

VERSION = 1
_PAGE = 4096
_CHECKPOINT_PAGES = 256
"""1 MiB: a short log leaves the room to the rows themselves, and to deleting them."""
_FULL = 2

_SCHEMA = """
CREATE TABLE source (
    name TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    memory TEXT NOT NULL
) STRICT;
CREATE TABLE row (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    seq INTEGER NOT NULL,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL,
    user TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (source, seq)
) STRICT;
CREATE TABLE pulse (beats INTEGER NOT NULL) STRICT;
INSERT INTO pulse VALUES (0);
"""


class SpoolStore:
    """Rows and source states in one file. All methods raise `SpoolError` and nothing else."""

    def __init__(self, path: Path, limits: SpoolLimits) -> None:
        self.path = path
        self._limits = limits
        self._db: sqlite3.Connection | None = None
        self._inode = 0

    def open(self) -> None:
        """Open or create the file; does nothing when it is open."""
        with _storage_errors(self):
            self._connection()

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        if self._db is not None:
            with closing(self._db):
                self._db = None

    def write(self, steps: Sequence[Callable[[], T]]) -> list[T]:
        """Run all steps in one transaction, durable on return."""
        with _storage_errors(self):
            db = self._connection()
            with _transaction(db):
                return [step() for step in steps]

    def check_room(self, *, bulky: bool) -> None:
        """Raise `SpoolFull` when too little of the disk is left, `SpoolBroken` when the file is gone."""
        with _storage_errors(self):
            if self.path.stat().st_ino != self._inode:
                # Moved or replaced: it would go on taking rows that nobody will ever read again.
                raise FileNotFoundError(f"{self.path.name} is not the file it was")
            free = shutil.disk_usage(self.path.parent).free + self._freed_bytes()
        if free < self._limits.reserve_bytes(bulky=bulky):
            raise SpoolFull(f"the disk of the spool {self.path} is full: {free // 2**20} MiB left")

    def put(self, source: str, build: Build) -> tuple[Row, ...]:
        """Within `write`: store what `build` makes of the source's state."""
        db = self._connection()
        state = self._state(source)
        batch = build(state)
        rows = tuple(self._insert(source, state.seq + 1 + i, draft) for i, draft in enumerate(batch.drafts))
        db.execute(
            "INSERT INTO source (name, seq, memory) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, memory = excluded.memory",
            (source, state.seq + len(rows), batch.memory),
        )
        return rows

    def free(self, ids: Sequence[str]) -> None:
        """Within `write`: forget these rows; unknown ids do no harm."""
        self._connection().executemany("DELETE FROM row WHERE id = ?", [(row_id,) for row_id in ids])

    def pulse(self) -> None:
        """Within `write`: change something, so that the commit proves the disk takes it."""
        self._connection().execute("UPDATE pulse SET beats = beats + 1")

    def sources(self) -> dict[str, SourceState]:
        """The state of every source ever seen."""
        with _storage_errors(self):
            rows = self._connection().execute("SELECT name, seq, memory FROM source").fetchall()
        return {name: SourceState(seq, memory) for name, seq, memory in rows}

    def oldest(self, limit: int, source: str, after: int) -> list[Row]:
        """The first rows of `source` with `n > after`, oldest first."""
        query = (
            "SELECT n, source, seq, id, kind, topic, payload, made_at, user FROM row"
            " WHERE source = ? AND n > ? ORDER BY seq LIMIT ?"
        )
        with _storage_errors(self):
            found = self._connection().execute(query, (source, after, limit)).fetchall()
        return [_row(columns) for columns in found]

    def depth(self) -> Depth:
        """How many rows wait, and since when."""
        with _storage_errors(self):
            db = self._connection()
            (count,) = db.execute("SELECT count(*) FROM row").fetchone()
            first = db.execute("SELECT made_at FROM row ORDER BY n LIMIT 1").fetchone()
        return Depth(count, datetime.fromisoformat(first[0]) if first else None)

    def _freed_bytes(self) -> int:
        """Pages of freed rows: room inside the file, which never shrinks."""
        (pages,) = self._connection().execute("PRAGMA freelist_count").fetchone()
        return int(pages) * _PAGE

    def _state(self, source: str) -> SourceState:
        found = (
            self._connection().execute("SELECT seq, memory FROM source WHERE name = ?", (source,)).fetchone()
        )
        return SourceState(*found) if found else SourceState()

    def _insert(self, source: str, seq: int, draft: Draft) -> Row:
        cursor = self._connection().execute(
            "INSERT INTO row (id, kind, source, seq, topic, payload, user, made_at) VALUES (?,?,?,?,?,?,?,?)",
            (
                draft.id,
                draft.kind,
                source,
                seq,
                draft.topic,
                draft.payload,
                json.dumps(dict(draft.user), ensure_ascii=False),
                draft.made_at.isoformat(),
            ),
        )
        return Row(cursor.lastrowid or 0, source, seq, draft)

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = _connect(self.path, self._limits)
            self._inode = self.path.stat().st_ino
        return self._db


def _row(columns: Sequence[Any]) -> Row:
    n, source, seq, row_id, kind, topic, payload, made_at, user = columns
    draft = Draft(row_id, kind, topic, payload, datetime.fromisoformat(made_at), json.loads(user))
    return Row(n, source, seq, draft)


def _connect(path: Path, limits: SpoolLimits) -> sqlite3.Connection:
    _refuse_newer(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
    try:
        _prepare(db, path, limits)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_newer(path: Path) -> None:
    if not path.exists():
        return
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if version == 0 and tables:
        raise SpoolBroken(f"{path} is a database of another program: name another spool file")
    if version > VERSION:
        raise SpoolTooNew(
            f"the spool {path} was made by a later version of tongpin (format {version}, this one"
            f" knows {VERSION}); it was left untouched: start the later version, or name another spool file"
        )


def _prepare(db: sqlite3.Connection, path: Path, limits: SpoolLimits) -> None:
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    db.execute("PRAGMA synchronous = FULL")
    (level,) = db.execute("PRAGMA synchronous").fetchone()
    if (mode, level) != ("wal", _FULL):
        raise SpoolBroken(f"the file system of {path} cannot keep a durable spool: choose a local disk")
    db.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    db.execute(f"PRAGMA max_page_count = {limits.max_mb * 2**20 // _PAGE}")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == 0:
        db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def _storage_errors(store: SpoolStore) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        store.close()
        raise _spool_error(store.path, error) from error


def _spool_error(path: Path, error: Exception) -> SpoolError:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return SpoolFull(f"no room left in the spool {path}: free the disk or raise its limit")
    return SpoolBroken(f"the spool {path} cannot be used: {error}")
