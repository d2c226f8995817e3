"""What a long journal costs: to start on, to add up again, to walk, and to find a changed byte in."""

import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import structlog

from intake.board import Board
from intake.dispatch.state import State
from intake.journal import Journal
from intake.names import names_of
from intake.rebuild import rebuild, resume
from intake.site import Site, example_site_path, load_site
from intake.snapshot.file import snapshot_beside
from intake.snapshot.keeper import EVERY, keep
from intake.verify import verify
from tongpin.bench.long_journal import Story, write_long_journal
from tongpin.bench.resources import sample


@dataclass(frozen=True)
class JournalFigures:
    """Of one journal. `start_s` is from opening it to the first board, with `behind` events to add up.

    `start_mb` is the memory of a process that started so, `tenths_mb` that of the one that wrote, after each
    tenth of it.
    """

    events: int
    hours: float
    journal_mb: float
    write_events_s: int
    snapshot_mb: float
    snapshot_s: float
    behind: int
    start_s: float
    start_mb: float
    tenths_mb: tuple[float, ...]
    rebuild_s: float
    rebuild_events_s: int
    equal: bool
    verify_s: float
    verify_events_s: int
    chain_holds: bool
    changed: int
    found: int | None
    reason: str

    @property
    def ok(self) -> bool:
        """Whether snapshot and events agree, the chain holds, and the changed entry was found."""
        return self.equal and self.chain_holds and self.changed == self.found


def measure_journal(events: int, told: Callable[[str], None] = lambda _: None) -> JournalFigures:
    """Write, start, add up, verify and damage a journal of at least so many events in a folder of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    site = load_site(example_site_path())
    with tempfile.TemporaryDirectory(prefix="tongpin-bench-") as folder:
        return asyncio.run(_measure(Path(folder) / "journal.db", site, events, told))


async def _measure(path: Path, site: Site, events: int, told: Callable[[str], None]) -> JournalFigures:
    watch = _Watch()
    keeping = _Keeping(path, events)
    hours = await write_long_journal(path, site, events, lambda story: _written(story, keeping, told))
    write_s = watch.lap() - keeping.seconds

    told("starting from the snapshot …")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as other:
        start_s, start_mb = await asyncio.get_running_loop().run_in_executor(other, _timed_start, path)
    state, last, began_at = await _start(path, site)
    watch.lap()

    told("adding every event up …")
    journal = await Journal.open(path)
    equal = await rebuild(journal, site) == state
    await journal.close()
    rebuild_s = watch.lap()

    told("walking the chain …")
    whole = verify(path)
    verify_s = watch.lap()
    changed = _change_a_byte(path, last // 2)
    broken = verify(path)
    return JournalFigures(
        events=last,
        hours=round(hours, 1),
        journal_mb=round(_megabytes(path), 1),
        write_events_s=round(last / write_s),
        snapshot_mb=round(_megabytes(snapshot_beside(path)), 2),
        snapshot_s=round(keeping.seconds, 2),
        behind=last - began_at,
        start_s=round(start_s, 2),
        start_mb=start_mb,
        tenths_mb=tuple(keeping.memory_mb),
        rebuild_s=round(rebuild_s, 1),
        rebuild_events_s=round(last / rebuild_s),
        equal=equal,
        verify_s=round(verify_s, 2),
        verify_events_s=round(last / verify_s),
        chain_holds=whole.ok and whole.entries == last,
        changed=changed,
        found=broken.broken_at,
        reason=broken.reason,
    )


@dataclass
class _Keeping:
    """Writes one snapshot, as far behind the end of the journal as the centre's may ever be."""

    path: Path
    events: int
    seconds: float = 0.0
    memory_mb: list[float] = field(default_factory=list)

    def look(self, story: Story) -> None:
        if story.events * 10 >= self.events * (len(self.memory_mb) + 1):
            self.memory_mb.append(_memory_mb())
        if self.seconds or story.events < self.events - EVERY:
            return
        began = time.perf_counter()
        keep(self.path, story.state, story.events)
        self.seconds = time.perf_counter() - began


class _Watch:
    def __init__(self) -> None:
        self._at = time.perf_counter()

    def lap(self) -> float:
        """Seconds since the last call."""
        before, self._at = self._at, time.perf_counter()
        return self._at - before


def _written(story: Story, keeping: _Keeping, told: Callable[[str], None]) -> None:
    keeping.look(story)
    told(f"{story.events} events written …")


async def _start(path: Path, site: Site) -> tuple[State, int, int]:
    """As the centre does: the state, the newest entry, and the one of the snapshot."""
    journal = await Journal.open(path)
    resumed = await resume(journal, site)
    Board("bench", names_of(site), resumed.state)
    last = journal.last
    await journal.close()
    return resumed.state, last, resumed.began_at


def _timed_start(path: Path) -> tuple[float, float]:
    """Seconds and MiB, in a process of its own, as the centre starts: nothing else lies in its memory."""
    site = load_site(example_site_path())

    async def start() -> tuple[float, float]:
        watch = _Watch()
        kept = await _start(path, site)
        return watch.lap(), _memory_mb() if kept else 0.0

    return asyncio.run(start())


def _memory_mb() -> float:
    return round(sample(os.getpid()).rss_mb, 1)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


def _change_a_byte(path: Path, seq: int) -> int:
    with closing(sqlite3.connect(path)) as db, db:
        (body,) = db.execute("SELECT body FROM entry WHERE seq = ?", (seq,)).fetchone()
        at = len(body) // 2
        other = "x" if body[at] != "x" else "y"
        db.execute("UPDATE entry SET body = ? WHERE seq = ?", (body[:at] + other + body[at + 1 :], seq))
    return seq
