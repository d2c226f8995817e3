"""Snapshots: a convenience, never the truth. Whatever is wrong with one, the events are added up instead."""

import asyncio
import hashlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.dispatch.commands import NewIncident
from intake.dispatch.evolve import evolve
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.errors import SnapshotUnusable
from intake.journal import Journal
from intake.journal_reader import JournalReader, Mark
from intake.rebuild import Resumed, event_of, policy_of, rebuild, resume
from intake.site import example_site_path, load_site
from intake.snapshot.file import Snapshot, read_snapshot, snapshot_beside, write_snapshot
from intake.snapshot.keeper import SnapshotKeeper, keep
from intake.snapshot.parts import lines_of, state_of
from intake.snapshot.rules import fingerprint
from intake.writer import Writer
from tests.support.dispatch_board import LI
from tongpin.bench.long_journal import BEGINNING, Story, write_long_journal

SITE = load_site(example_site_path())
POLICY = policy_of(SITE)
MARK = Mark(7, bytes(range(32)))


def told(events: int) -> Story:
    """A centre after so many events."""
    story = Story(SITE)
    while story.events < events:
        story.tell()
    return story


STATE = told(300).state


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a good snapshot."""
    path = tmp_path_factory.mktemp("whole") / "journal.snapshot"
    write_snapshot(path, Snapshot(STATE, MARK))
    return path.read_bytes()


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    """Of a thousand events."""
    await write_long_journal(tmp_path / "journal.db", SITE, 1000)
    opened = await Journal.open(tmp_path / "journal.db")
    yield opened
    await opened.close()


def test_a_state_comes_back_equal() -> None:
    """Every map, index and counter; what undo needs too."""
    lines = list(lines_of(STATE))

    assert state_of(lines, POLICY) == STATE
    assert STATE.recent
    assert {line.partition(b" ")[0] for line in lines} > {b"reports", b"latest", b"recent", b"numbering"}


def test_a_snapshot_comes_back_from_its_file(tmp_path: Path) -> None:
    """With the entry it was made after; nothing else is left behind."""
    path = tmp_path / "journal.snapshot"
    write_snapshot(path, Snapshot(STATE, MARK))
    write_snapshot(path, Snapshot(STATE, MARK))

    assert read_snapshot(path, POLICY) == Snapshot(STATE, MARK)
    assert list(tmp_path.iterdir()) == [path]


def test_no_file_is_no_snapshot(tmp_path: Path) -> None:
    """A new journal has none."""
    assert read_snapshot(tmp_path / "journal.snapshot", POLICY) is None


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_anywhere_is_noticed(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Head, parts or seal."""
    at = data.draw(st.integers(0, len(whole) - 1) | st.integers(0, 200))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    with pytest.raises(SnapshotUnusable):
        read(tmp_path, whole[:at] + bytes([other]) + whole[at + 1 :])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_anywhere_is_noticed(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Even an empty file."""
    with pytest.raises(SnapshotUnusable):
        read(tmp_path, whole[: data.draw(st.integers(0, len(whole) - 1))])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary())
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in its place."""
    with pytest.raises(SnapshotUnusable):
        read(tmp_path, content)


def read(folder: Path, content: bytes) -> Snapshot | None:
    """A file of this content, read as a snapshot."""
    path = folder / "journal.snapshot"
    path.write_bytes(content)
    return read_snapshot(path, POLICY)


@pytest.mark.parametrize("format_", [0, 2, None, "1"])
def test_another_format_is_refused(whole: bytes, tmp_path: Path, format_: object) -> None:
    """Older or newer."""
    head, _, rest = whole.partition(b"\n")
    other = json.dumps(json.loads(head) | {"format": format_}).encode()
    with pytest.raises(SnapshotUnusable, match="format"):
        read(tmp_path, other + b"\n" + rest)


def test_what_stands_in_its_place_and_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, say."""
    (tmp_path / "journal.snapshot").mkdir()
    with pytest.raises(SnapshotUnusable, match="cannot be read"):
        read_snapshot(tmp_path / "journal.snapshot", POLICY)


def test_other_rules_make_another_sum(whole: bytes, tmp_path: Path) -> None:
    """A site that changes what belongs together gets its state from the events."""
    (tmp_path / "journal.snapshot").write_bytes(whole)
    rules = replace(POLICY.correlation, institutions=frozenset({"north-square"}))

    with pytest.raises(SnapshotUnusable, match="site file or this program"):
        read_snapshot(tmp_path / "journal.snapshot", replace(POLICY, correlation=rules))


def test_equal_policies_have_one_fingerprint() -> None:
    """However their sets and mappings happen to be ordered, and in whatever process."""
    again = policy_of(load_site(example_site_path()))
    assert fingerprint(again) == fingerprint(POLICY) != fingerprint(Policy())
    program = (
        "from intake.rebuild import policy_of; from intake.site import example_site_path, load_site;"
        "from intake.snapshot.rules import fingerprint;"
        "print(fingerprint(policy_of(load_site(example_site_path()))))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == fingerprint(POLICY)


async def state_after(journal: Journal, seq: int) -> State:
    """The sum of the first events."""
    state = State(policy=POLICY)
    async for stored in journal.entries():
        state = evolve(state, event_of(stored))
        if stored.seq == seq:
            break
    return state


async def test_a_start_from_a_snapshot_is_where_the_events_lead(journal: Journal) -> None:
    """Snapshot and what came after it are the sum of all events."""
    keep(journal.path, await state_after(journal, 600), 600)

    resumed = await resume(journal, SITE)

    assert resumed.began_at == 600
    assert resumed.state == await rebuild(journal, SITE)


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "of another journal": (lambda whole: resealed(whole, hash="00" * 32), "of another journal"),
    "ahead of a restored journal": (lambda whole: resealed(whole, seq=10**6), "of entries this one has not"),
    "of other rules": (lambda whole: resealed(whole, rules="00"), "site file or this program"),
    "without its entry": (lambda whole: resealed(whole, seq=None), "of another journal"),
    "of a later program": (lambda whole: resealed(whole, format=99), "format 99"),
    "cut": (lambda whole: whole[: len(whole) // 2], "damaged or cut short"),
    "empty": (lambda _: b"", "no snapshot, or damaged"),
}


def resealed(whole: bytes, **head: object) -> bytes:
    """The same snapshot with another head, and the seal that fits."""
    first, _, rest = whole.rpartition(b"\n")[0].partition(b"\n")
    text = json.dumps(json.loads(first) | head).encode() + b"\n" + rest + b"\n"
    return text + json.dumps({"sealed": hashlib.sha256(text).hexdigest()}).encode()


@pytest.mark.parametrize("what", DAMAGES)
async def test_a_snapshot_that_is_of_no_use_is_told_of_and_passed_over(journal: Journal, what: str) -> None:
    """The state is the sum of the events, as without one."""
    damaged, why = DAMAGES[what]
    keep(journal.path, await state_after(journal, 600), 600)
    path = snapshot_beside(journal.path)
    path.write_bytes(damaged(path.read_bytes()))

    with structlog.testing.capture_logs() as logs:
        resumed = await resume(journal, SITE)

    assert [log["event"] for log in logs] == ["the snapshot is not used, every event is read instead"]
    assert why in logs[0]["why"]
    assert resumed == Resumed(await rebuild(journal, SITE), 0)


async def test_without_a_snapshot_every_event_is_read(journal: Journal) -> None:
    """And nothing is complained of."""
    with structlog.testing.capture_logs() as logs:
        assert await resume(journal, SITE) == Resumed(await rebuild(journal, SITE), 0)
    assert logs == []


async def test_a_snapshot_is_written_behind_the_commits(journal: Journal) -> None:
    """When the journal has grown enough, of the state as it was at one of its entries."""
    writer = Writer(journal, await rebuild(journal, SITE))
    keeper = SnapshotKeeper(journal.path, writer.state, last=journal.last, kept=journal.last, every=2)
    writer.on_commit = keeper.committed
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(writer.run())
        next_ = tasks.create_task(keeper.next())
        for n in range(3):
            note = NewIncident(
                id=f"n{n}", at=BEGINNING, by=LI, incident_id=f"i{n}", type="theft", place="north-square"
            )
            await writer.request(note.id, note)
        seq = await next_
        running.cancel()

    snapshot = read_snapshot(snapshot_beside(journal.path), POLICY)
    assert snapshot == Snapshot(await state_after(journal, seq), JournalReader(journal.path).at(seq))


async def test_a_journal_that_grew_long_without_one_gets_one_at_the_start(journal: Journal) -> None:
    """After the first start on an old journal the next is quick."""
    resumed = await resume(journal, SITE)
    keeper = SnapshotKeeper(journal.path, resumed.state, last=journal.last, kept=resumed.began_at, every=500)

    assert await keeper.next() == journal.last
    assert await resume(journal, SITE) == replace(resumed, began_at=journal.last)


async def test_a_snapshot_that_cannot_be_written_is_told_of(journal: Journal) -> None:
    """The one before stays, and the next is tried when it is due."""
    state = await rebuild(journal, SITE)
    snapshot_beside(journal.path).with_name("journal.snapshot.part").mkdir()
    keeper = SnapshotKeeper(journal.path, state, last=journal.last, kept=0, every=500)

    with pytest.raises(OSError, match="directory"):
        await keeper.next()
    assert not snapshot_beside(journal.path).exists()


WRITES_FOR_EVER = """
import sys
from pathlib import Path
from intake.journal_reader import Mark
from intake.snapshot.file import Snapshot, write_snapshot
from tests.intake.test_snapshot import STATE
for n in range(1, 10**6):
    print(n, flush=True)
    write_snapshot(Path(sys.argv[1]), Snapshot(STATE, Mark(n, bytes(32))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("writes", [1, 2, 3, 5])
def test_killed_while_it_is_written_the_one_before_stands(tmp_path: Path, writes: int) -> None:
    """A kill -9 right after the n-th was begun: there is the one before it, whole, or for the first none."""
    path = tmp_path / "journal.snapshot"
    program = [sys.executable, "-c", WRITES_FOR_EVER, str(path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for _ in range(writes):
            process.stdout.readline()
        process.kill()

    snapshot = read_snapshot(path, POLICY)
    begun = {Mark(n, bytes(32)) for n in (writes - 1, writes)}
    assert (snapshot.mark if snapshot else Mark(0, bytes(32))) in begun
    write_snapshot(path, Snapshot(STATE, MARK))
    assert read_snapshot(path, POLICY) == Snapshot(STATE, MARK)
