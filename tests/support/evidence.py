"""What a centre's journal and a box's spool hold, read from their files."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from intake.dispatch.events import Event, event_from_json
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, AlarmRepeated, OverAccepted
from intake.dispatch.speech import OverMeta
from intake.journal import Journal


@dataclass(frozen=True)
class Journaled:
    """In the order of the journal."""

    frames: tuple[str, ...]
    """Bytes in hex, without the end mark: of new alarms, and of restores."""
    overs: tuple[OverMeta, ...]
    repeats: int
    """Frames that were said again and counted with the alarm they are."""


async def journaled(path: Path) -> Journaled:
    """Read a journal nobody writes any more."""
    frames: list[str] = []
    overs: list[OverMeta] = []
    repeats = 0
    journal = await Journal.open(path)
    try:
        async for stored in journal.entries():
            match event_from_json(stored.body):
                case AlarmQueued(content=content) if content.raw:
                    frames.append(content.raw)
                case AlarmAnnotated(annotation=note) if note.raw:
                    frames.append(note.raw)
                case AlarmRepeated():
                    repeats += 1
                case OverAccepted(meta=meta):
                    overs.append(meta)
                case _:
                    continue
    finally:
        await journal.close()
    return Journaled(tuple(frames), tuple(overs), repeats)


def journaled_events(path: Path, kind: str) -> list[Event]:
    """The events of one kind, of a journal that may still be written; none while it is not there."""
    try:
        with closing(_reading(path)) as db:
            bodies = db.execute("SELECT body FROM entry WHERE kind = ? ORDER BY seq", (kind,)).fetchall()
    except sqlite3.OperationalError:
        return []
    return [event_from_json(body) for (body,) in bodies]


def spooled_rows(path: Path) -> int:
    """How many rows still wait for their receipt; -1 while the file is not there or is busy."""
    try:
        with closing(_reading(path)) as db:
            (rows,) = db.execute("SELECT count(*) FROM row").fetchone()
    except sqlite3.OperationalError:
        return -1
    return int(rows)


def ever_spooled(path: Path, source: str) -> int:
    """How many rows of `source` the spool ever committed: it numbers them without a gap."""
    with closing(_reading(path)) as db:
        (seq,) = db.execute("SELECT seq FROM source WHERE name = ?", (source,)).fetchone()
    return int(seq)


def said(log: str, event: str) -> Iterator[dict[str, object]]:
    """The lines of a program's log that tell `event`; a line cut short by a kill tells nothing."""
    for line in log.splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(entry, dict) and entry.get("event") == event:
            yield entry


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
