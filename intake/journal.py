"""The centre's memory: events, append only, hash-chained, on disk before anybody hears of them.

One writer appends (intake/writer.py); readers come and go. Tables beside `entry` are looked up from it:
`cause` answers "has this message or request been dealt with?", `mention` "what happened to this incident?".
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite

from intake.errors import JournalTooNew, JournalUnreadable, JournalUnwritable
from intake.hash_chain import GENESIS, Link, chain

VERSION = 1
"""`PRAGMA user_version` of the files this program writes."""

_SCHEMA = f"""
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TABLE cause (id TEXT PRIMARY KEY, answer TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE mention (
  object TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (object, seq)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""
_READ_AT_ONCE = 1000
_ANSWERS = "SELECT id, answer FROM cause WHERE id IN"
_MENTIONING = (
    "SELECT seq, recorded_at, kind, body FROM entry WHERE seq IN (SELECT seq FROM mention WHERE object IN"
)


@dataclass(frozen=True)
class Entry:
    """One event on its way in. `mentions` are the ids of the objects it is about."""

    at: datetime
    kind: str
    body: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """What one message or request led to; `answer` is kept so that its repeat gets the same one."""

    cause: str
    entries: tuple[Entry, ...]
    answer: str | None = None


@dataclass(frozen=True)
class StoredEntry:
    """One event on its way out."""

    seq: int
    at: datetime
    kind: str
    body: str


class Journal:
    """One SQLite file: WAL, `synchronous=FULL`. Open with `Journal.open`, end with `close`."""

    def __init__(self, path: Path, db: aiosqlite.Connection, last: int, last_hash: bytes) -> None:
        self.path = path
        self._db = db
        self._last = last
        self._last_hash = last_hash
        self._lock = asyncio.Lock()
        self._commit: asyncio.Task[int] | None = None

    @classmethod
    async def open(cls, path: Path) -> "Journal":
        """Open or create.

        Raises `JournalTooNew` (file untouched), `JournalUnreadable` or `JournalUnwritable`.
        """
        await asyncio.to_thread(refuse_newer, path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = await aiosqlite.connect(path, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise JournalUnwritable(_not_opened(path, error)) from error
        try:
            await _prepare(db)
            last, last_hash = await _tail(db)
        except sqlite3.Error as error:
            await db.close()
            raise JournalUnreadable(f"the journal {path} cannot be read: {error}") from error
        return cls(path, db, last, last_hash)

    @property
    def last(self) -> int:
        """Number of the newest entry; 0 in a new journal."""
        return self._last

    async def append(self, batches: Sequence[Batch]) -> int:
        """Commit all of `batches` or none; gives the number of the newest entry.

        Raises `JournalUnwritable`; then nothing of them is in the file and the same call may be tried again.
        A cancelled caller does not cut a commit in half.
        """
        self._commit = asyncio.create_task(self._append(batches), name="journal.append")
        return await asyncio.shield(self._commit)

    async def _append(self, batches: Sequence[Batch]) -> int:
        rows, mentions = self._rows(batches)
        causes = [(batch.cause, batch.answer) for batch in batches]
        async with self._lock:
            try:
                await self._db.execute("BEGIN IMMEDIATE")
                await self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
                await self._db.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?)", mentions)
                await self._db.executemany("INSERT INTO cause VALUES (?, ?)", causes)
                await self._db.commit()
            except sqlite3.Error as error:
                await _roll_back(self._db)
                raise JournalUnwritable(f"the journal {self.path} cannot be written: {error}") from error
        if rows:
            self._last, self._last_hash = rows[-1][0], rows[-1][4]
        return self._last

    def _rows(
        self, batches: Iterable[Batch]
    ) -> tuple[list[tuple[int, int, str, str, bytes]], list[tuple[str, int]]]:
        rows: list[tuple[int, int, str, str, bytes]] = []
        mentions: list[tuple[str, int]] = []
        seq, previous = self._last, self._last_hash
        for entry in (entry for batch in batches for entry in batch.entries):
            seq += 1
            link = Link(seq, _to_epoch_ms(entry.at), entry.kind, entry.body)
            previous = chain(previous, link)
            rows.append((seq, link.recorded_at, link.kind, link.body, previous))
            mentions.extend((name, seq) for name in entry.mentions)
        return rows, mentions

    async def answers(self, causes: Sequence[str]) -> dict[str, str | None]:
        """Those of `causes` that have been dealt with, each with its answer. Raises `JournalUnreadable`."""
        marks = ",".join("?" * len(causes))
        return {row[0]: row[1] for row in await self._fetch(f"{_ANSWERS} ({marks})", causes)}

    async def entries(self, after: int = 0) -> AsyncIterator[StoredEntry]:
        """Every entry behind number `after`, oldest first. Raises `JournalUnreadable`."""
        while True:
            rows = await self._fetch(
                "SELECT seq, recorded_at, kind, body FROM entry WHERE seq > ? ORDER BY seq LIMIT ?",
                (after, _READ_AT_ONCE),
            )
            for row in rows:
                yield StoredEntry(row[0], _from_epoch_ms(row[1]), row[2], row[3])
            if len(rows) < _READ_AT_ONCE:
                return
            after = rows[-1][0]

    async def mentioning(self, objects: Sequence[str], kind: str | None = None) -> list[StoredEntry]:
        """The entries about any of `objects`, of one kind or of all, oldest first.

        Raises `JournalUnreadable`.
        """
        marks = ",".join("?" * len(objects))
        query = f"{_MENTIONING} ({marks})) AND coalesce(?, kind) = kind ORDER BY seq"
        rows = await self._fetch(query, (*objects, kind))
        return [StoredEntry(row[0], _from_epoch_ms(row[1]), row[2], row[3]) for row in rows]

    async def close(self) -> None:
        """End the file, after a commit that is under way; a forgotten close keeps the process alive."""
        if self._commit is not None:
            await asyncio.wait({self._commit})
        await self._db.close()

    async def _fetch(self, query: str, values: Sequence[object]) -> list[sqlite3.Row]:
        # On this one connection a reader would see a group before it is committed: readers wait for it.
        async with self._lock:
            try:
                return list(await self._db.execute_fetchall(query, values))
            except sqlite3.Error as error:
                raise JournalUnreadable(f"the journal {self.path} cannot be read: {error}") from error


def refuse_newer(path: Path) -> None:
    """Look without touching. Raises `JournalTooNew` or `JournalUnreadable`."""
    if not path.exists():
        return
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (found,) = db.execute("PRAGMA user_version").fetchone()
            (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            db.close()
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            raise JournalUnwritable(_not_opened(path, error)) from error
        raise JournalUnreadable(
            f"{path} is not a journal, or damaged ({error}): name another file, or restore it from its backup"
        ) from error
    if found == 0 and tables:
        raise JournalUnreadable(f"{path} is a database of another program: name another file")
    if found > VERSION:
        raise JournalTooNew(
            f"the journal {path} was written by a later version of tongpin (format {found}, "
            f"this program reads up to {VERSION}): install that version; the file was not touched"
        )


def _not_opened(path: Path, error: Exception) -> str:
    return f"the journal {path} cannot be opened ({error}): make its folder writable, or name another"


async def _prepare(db: aiosqlite.Connection) -> None:
    await db.execute("PRAGMA journal_mode = WAL")
    await db.execute("PRAGMA synchronous = FULL")
    await db.execute("PRAGMA busy_timeout = 5000")
    ((version,),) = await db.execute_fetchall("PRAGMA user_version")
    if version == 0:
        await db.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
    ((level,),) = await db.execute_fetchall("PRAGMA synchronous")
    if level != 2:  # noqa: PLR2004 - SQLite's number for FULL
        raise sqlite3.OperationalError("this SQLite refuses synchronous=FULL")


async def _tail(db: aiosqlite.Connection) -> tuple[int, bytes]:
    rows = list(await db.execute_fetchall("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"))
    return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)


async def _roll_back(db: aiosqlite.Connection) -> None:
    try:
        await db.rollback()
    except sqlite3.Error:
        # A full disk has already rolled back by itself; the commit's own error is the one to tell.
        return


def _to_epoch_ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _from_epoch_ms(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
