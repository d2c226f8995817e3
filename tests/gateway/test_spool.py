import asyncio
import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bus.ids import new_id
from gateway.errors import SpoolBroken, SpoolError, SpoolFull, SpoolTooNew
from gateway.spool.rows import Batch, Build, Draft, Row, SourceState, SpoolLimits
from gateway.spool.spool import Spool

NO_RESERVE = SpoolLimits(reserve_mb=0)
AT = datetime(2026, 3, 1, 14, 3, 22, 120_000, tzinfo=UTC)


def drafts(*payloads: bytes) -> Build:
    """A build that stores these payloads and remembers how many the source has said."""

    def build(state: SourceState) -> Batch:
        made = tuple(Draft(new_id(), "signal", "t", payload, AT, {"a": "甲"}) for payload in payloads)
        return Batch(made, memory=f"{int(state.memory or 0) + len(payloads)}")

    return build


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """An open spool in an empty folder."""
    made = Spool(tmp_path / "spool.db", NO_RESERVE)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return filler


async def test_rows_come_back_in_order_as_they_were_put(spool: Spool) -> None:
    """What is read is what was stored, oldest first, one source at a time."""
    first = await spool.put("line-1", drafts(b"a", b"b"))
    await spool.put("line-2", drafts(b"x"))
    third = await spool.put("line-1", drafts(b"c"))

    found = await spool.oldest(10, source="line-1")

    assert found == [*first, *third]
    assert await spool.oldest(10, source="line-1", after=first[0].n) == [first[1], *third]
    assert await spool.oldest(1, source="line-1") == [first[0]]


async def test_durability_is_set_and_read_back(spool: Spool) -> None:
    """The file is in WAL mode and every commit is synced."""
    db = spool._store._db
    assert db is not None
    modes = await spool._read(
        lambda: (
            db.execute("PRAGMA journal_mode").fetchone()[0],
            db.execute("PRAGMA synchronous").fetchone()[0],
        )
    )
    assert modes == ("wal", 2)


async def test_numbers_go_on_after_a_restart_with_nothing_left(tmp_path: Path) -> None:
    """`seq` has no gaps and does not start again when the rows are freed and the box restarted."""
    path = tmp_path / "spool.db"
    before = Spool(path, NO_RESERVE)
    await before.open()
    rows = await before.put("line-1", drafts(b"a", b"b"))
    await before.free([row.id for row in rows])
    await before.close()

    after = Spool(path, NO_RESERVE)
    await after.open()
    (row,) = await after.put("line-1", drafts(b"c"))
    states = await after.sources()
    await after.close()

    assert (row.seq, row.n) == (3, 3)
    assert states == {"line-1": SourceState(3, "3")}


async def test_a_build_that_fails_leaves_nothing_and_harms_nobody(spool: Spool) -> None:
    """A batch is all or nothing, its error reaches its own caller, its neighbours in the group are stored."""

    def broken(state: SourceState) -> Batch:
        raise ValueError(f"no batch after {state.seq}")

    puts = [spool.put("line-1", drafts(b"a")), spool.put("line-1", broken), spool.put("line-1", drafts(b"b"))]
    first, error, second = await asyncio.gather(*puts, return_exceptions=True)

    assert isinstance(error, ValueError)
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert [row.seq for row in (*first, *second)] == [1, 2]


async def test_depth_tells_how_many_and_how_old(spool: Spool) -> None:
    """Depth counts what waits; freeing unknown ids changes nothing."""
    rows = await spool.put("line-1", drafts(b"a", b"b"))
    await spool.free(["never-seen", rows[0].id])

    depth = await spool.depth()

    assert (depth.rows, depth.oldest) == (1, AT)


async def test_a_later_format_is_refused_and_left_untouched(tmp_path: Path) -> None:
    """A spool of a newer version keeps every byte."""
    path = tmp_path / "spool.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    spool = Spool(path, NO_RESERVE)

    with pytest.raises(SpoolTooNew, match="later version"):
        await spool.open()
    await spool.close()

    assert path.read_bytes() == before


async def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    """Something that is no database is said so, not raised through."""
    path = tmp_path / "spool.db"
    path.write_bytes(b"this was a spool once" * 500)
    spool = Spool(path, NO_RESERVE)

    with pytest.raises(SpoolBroken, match="cannot be used"):
        await spool.open()
    await spool.close()


async def test_a_full_disk_refuses_and_recovers_by_itself(small_disk: Path) -> None:
    """ENOSPC: puts and probes fail and say so; when there is room again, the next put works."""
    problems: list[str | None] = []
    spool = Spool(small_disk / "spool.db", NO_RESERVE, problems.append)
    await spool.open()
    await spool.put("line-1", drafts(b"a"))
    filler = fill(small_disk)

    stored, error = await put_until_refused(spool)
    with pytest.raises(SpoolError):
        await spool.probe()
    filler.unlink()
    (row,) = await spool.put("line-1", drafts(b"b"))
    found = await spool.oldest(1000, source="line-1")
    await spool.close()

    assert isinstance(error, SpoolFull | SpoolBroken)
    assert row.seq == stored + 2
    assert [one.seq for one in found] == list(range(1, stored + 3))
    assert problems[-1] is None
    assert problems[0] in {"spool_full", "spool_broken"}


async def test_a_disk_filled_by_the_spool_can_be_emptied_again(small_disk: Path) -> None:
    """The reserve leaves room to delete: receipts are enough to come back from a full disk."""
    spool = Spool(small_disk / "spool.db", SpoolLimits(reserve_mb=0.5))
    await spool.open()

    stored, error = await put_until_refused(spool, size=20_000)
    rows = await spool.oldest(stored, source="line-1")
    await spool.free([row.id for row in rows])
    await spool.put("line-1", drafts(bytes(20_000)))
    await spool.close()

    assert isinstance(error, SpoolFull)
    assert stored > 10


async def test_the_spool_keeps_to_its_own_limit(tmp_path: Path) -> None:
    """A spool at its size limit refuses, and goes on as soon as rows are freed."""
    spool = Spool(tmp_path / "spool.db", SpoolLimits(max_mb=1, reserve_mb=0))
    await spool.open()

    stored, error = await put_until_refused(spool, size=50_000)
    await spool.free([row.id for row in await spool.oldest(5, source="line-1")])
    await spool.put("line-1", drafts(bytes(50_000)))
    await spool.close()

    assert isinstance(error, SpoolFull)
    assert 15 < stored < 21


async def test_voice_gives_way_to_alarms(small_disk: Path) -> None:
    """With little room left a recording is refused while a panel's frame is still taken."""
    spool = Spool(small_disk / "spool.db", SpoolLimits(reserve_mb=0.49))
    await spool.open()

    with pytest.raises(SpoolFull):
        await spool.put("channel-1", drafts(b"sound"), bulky=True)
    await spool.put("line-1", drafts(b"alarm"))
    await spool.close()

    assert spool.problem is None


async def test_a_deleted_file_takes_no_more_rows(spool: Spool, tmp_path: Path) -> None:
    """Rows written to an unlinked file would be lost unseen: the put is refused."""
    await spool.put("line-1", drafts(b"a"))
    (tmp_path / "spool.db").unlink()

    with pytest.raises(SpoolBroken):
        await spool.put("line-1", drafts(b"b"))


async def put_until_refused(spool: Spool, size: int = 4000) -> tuple[int, SpoolError]:
    """How many puts worked, and the error that ended them."""
    for count in range(100_000):
        try:
            await spool.put("line-1", drafts(bytes(size)))
        except SpoolError as error:
            return count, error
    raise AssertionError("the disk never filled")


async def test_many_lines_share_one_sync(spool: Spool) -> None:
    """Puts that wait together are committed together, each with its own gapless numbers."""
    count: Callable[[int], str] = lambda i: f"line-{i % 4}"  # noqa: E731 (a name for the pattern)
    rows = await asyncio.gather(*(spool.put(count(i), drafts(b"x")) for i in range(200)))

    by_source: dict[str, list[Row]] = {}
    for (row,) in rows:
        by_source.setdefault(row.source, []).append(row)

    assert {name: [row.seq for row in kept] for name, kept in by_source.items()} == {
        f"line-{i}": list(range(1, 51)) for i in range(4)
    }
