"""The journal: all or nothing, in order, chained, and never touched by a version that cannot read it."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import JournalTooNew, JournalUnreadable, JournalUnwritable
from intake.hash_chain import GENESIS, Link, chain
from intake.journal import Batch, Entry, Journal, StoredEntry
from intake.verify import verify

AT = datetime(2026, 3, 1, 14, 3, 22, 120_000, UTC)


def batch(cause: str, *bodies: str, answer: str | None = None, mentions: tuple[str, ...] = ()) -> Batch:
    """A batch of entries that say `bodies`."""
    return Batch(cause, tuple(Entry(AT, "noted", body, mentions) for body in bodies), answer)


async def all_of(journal: Journal, after: int = 0) -> list[StoredEntry]:
    """Every entry behind `after`."""
    return [entry async for entry in journal.entries(after)]


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    """An empty journal, closed afterwards."""
    opened = await Journal.open(tmp_path / "journal.db")
    yield opened
    await opened.close()


async def test_what_is_appended_is_read_back_in_order(journal: Journal) -> None:
    """Entries come back numbered from 1 with their times to the millisecond."""
    await journal.append([batch("m1", "a", "b"), batch("m2", "c")])

    assert [(entry.seq, entry.body) for entry in await all_of(journal)] == [(1, "a"), (2, "b"), (3, "c")]
    assert {AT} == {entry.at for entry in await all_of(journal)}
    assert [entry.body for entry in await all_of(journal, after=2)] == ["c"]


async def test_a_reopened_journal_goes_on_where_it_ended(tmp_path: Path) -> None:
    """Numbers and the chain continue over a restart."""
    for cause in ("m1", "m2", "m3"):
        journal = await Journal.open(tmp_path / "journal.db")
        await journal.append([batch(cause, cause)])
        await journal.close()

    verdict = verify(tmp_path / "journal.db")
    assert (verdict.ok, verdict.entries) == (True, 3)


async def test_a_group_with_a_known_cause_is_refused_whole(journal: Journal) -> None:
    """The same message cannot be journaled twice, and what came with it is not half stored."""
    await journal.append([batch("m1", "a")])

    with pytest.raises(JournalUnwritable):
        await journal.append([batch("m2", "b"), batch("m1", "again")])

    assert [entry.body for entry in await all_of(journal)] == ["a"]
    await journal.append([batch("m2", "b")])
    assert [entry.body for entry in await all_of(journal)] == ["a", "b"]


async def test_a_cause_remembers_its_answer(journal: Journal) -> None:
    """A repeated request can be given the first answer."""
    await journal.append([batch("m1", answer='{"no": 1001}'), batch("m2")])

    assert await journal.answers(["m1", "m2", "m3"]) == {"m1": '{"no": 1001}', "m2": None}


async def test_entries_are_found_by_the_objects_they_mention(journal: Journal) -> None:
    """The timeline of an incident is every entry about it or its alarms, once each, oldest first."""
    await journal.append(
        [batch("m1", "a", mentions=("alarm-1",)), batch("m2", "b", mentions=("alarm-1", "incident-1"))]
    )

    assert [entry.body for entry in await journal.mentioning(["alarm-1", "incident-1"])] == ["a", "b"]


async def test_a_full_disk_stores_nothing_and_recovers(journal: Journal) -> None:
    """When the file may not grow the append fails whole; when it may, the same append succeeds."""
    await journal.append([batch("m0", "x")])
    ((pages,),) = await journal._db.execute_fetchall("PRAGMA page_count")
    await journal._db.execute(f"PRAGMA max_page_count = {pages}")
    big = batch("m1", "x" * 100_000)

    with pytest.raises(JournalUnwritable, match="full"):
        await journal.append([big])
    assert len(await all_of(journal)) == 1

    await journal._db.execute("PRAGMA max_page_count = 1000000")
    await journal.append([big])
    assert len(await all_of(journal)) == 2


async def test_a_newer_journal_is_refused_and_untouched(tmp_path: Path) -> None:
    """A file of a later format is named in one sentence and keeps every byte."""
    path = tmp_path / "journal.db"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()

    with pytest.raises(JournalTooNew, match="format 99"):
        await Journal.open(path)

    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


async def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    """A stray file in the journal's place is an error, not an empty journal."""
    path = tmp_path / "journal.db"
    path.write_bytes(b"not a database, by any means" * 100)

    with pytest.raises(JournalUnreadable):
        await Journal.open(path)


async def test_a_changed_byte_is_found_and_named(tmp_path: Path) -> None:
    """`verify` says which entry was tampered with, and that a removed one is missing."""
    path = tmp_path / "journal.db"
    journal = await Journal.open(path)
    await journal.append([batch("m1", "a", "b", "c", "d")])
    await journal.close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE entry SET body = 'B' WHERE seq = 2")
    db.close()

    verdict = verify(path)
    assert (verdict.ok, verdict.broken_at) == (False, 2)

    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE entry SET body = 'b' WHERE seq = 2")
    db.execute("DELETE FROM entry WHERE seq = 3")
    db.close()
    assert verify(path).broken_at == 3


EVENT = '{"kind":"noted","at":"2026-03-01T14:03:22.120Z","text":"a man with a knife"}'
OTHERS = {
    "a man with a wife": "what entry 2 says was changed after it was written: its text, of kind noted",
    "its time": "what entry 2 says was changed after it was written: its time is not that of its text",
    "its kind": "its kind is moved, by its text noted",
    "no event": "its text is no event any more",
    "no text": "its text is no event any more",
    "its hash": "the hash of entry 2 was changed; what the entry says was not",
    "the last": "entry 4, the last one, or its hash was changed after it was written: its text",
    "both": "entry 2 was changed after it was written, and the one behind it",
}
"""What is told of each change below."""

DAMAGE = {
    "a man with a wife": "UPDATE entry SET body = replace(body, 'knife', 'wife') WHERE seq = 2",
    "its time": "UPDATE entry SET recorded_at = recorded_at - 1 WHERE seq = 2",
    "its kind": "UPDATE entry SET kind = 'moved' WHERE seq = 2",
    "no event": "UPDATE entry SET body = 'x' || body WHERE seq = 2",
    "no text": "UPDATE entry SET body = CAST(x'ff' || body AS TEXT) WHERE seq = 2",
    "its hash": "UPDATE entry SET hash = zeroblob(32) WHERE seq = 2",
    "the last": "UPDATE entry SET body = replace(body, 'knife', 'wife') WHERE seq = 4",
    "both": "UPDATE entry SET body = replace(body, 'knife', 'wife') WHERE seq IN (2, 3)",
}


@pytest.mark.parametrize("what", OTHERS)
async def test_what_was_changed_is_told(tmp_path: Path, what: str) -> None:
    """Which entry, and which of its parts: its text, kind and time confirm one another."""
    path = tmp_path / "journal.db"
    journal = await Journal.open(path)
    await journal.append([batch("m1", *[EVENT] * 4)])
    await journal.close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(DAMAGE[what])
    db.close()

    verdict = verify(path)
    assert (verdict.broken_at, verdict.entries) == ((4, 3) if what == "the last" else (2, 1))
    assert OTHERS[what] in verdict.reason


async def test_a_journal_that_breaks_off_is_told_from_where(tmp_path: Path) -> None:
    """A page of the file that is no page any more: what is before it holds, and the first behind is named."""
    path = tmp_path / "journal.db"
    journal = await Journal.open(path)
    await journal.append([batch("m1", *[EVENT] * 2000)])
    await journal.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)

    verdict = verify(path)
    assert not verdict.ok
    assert 0 < verdict.entries < 2000
    assert verdict.broken_at == verdict.entries + 1


@given(st.integers(1, 10**9), st.integers(0, 10**13), st.text(), st.text())
def test_any_change_changes_the_hash(seq: int, at: int, kind: str, body: str) -> None:
    """Number, time, kind and body are all under the hash."""
    original = chain(GENESIS, Link(seq, at, kind, body))

    assert original != chain(GENESIS, Link(seq + 1, at, kind, body))
    assert original != chain(GENESIS, Link(seq, at + 1, kind, body))
    assert original != chain(GENESIS, Link(seq, at, kind + "x", body))
    assert original != chain(GENESIS, Link(seq, at, kind, body + "x"))
    assert original != chain(original, Link(seq, at, kind, body))
