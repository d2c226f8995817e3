"""The moment that random kills hardly ever hit, made long: a kill while the disk takes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import Mosquitto
from tests.support.evidence import journaled, said, spooled_rows
from tests.support.panel_stream import distinct_frames
from tests.support.programs import Program, box, centre, comes_true
from tests.support.reckoning import raw_of

SCALE = 0.25
PATIENCE_S = 20.0
TEMPTED_S = 0.5
"""Box and centre answer within milliseconds when nothing holds them back."""

FIRST, SECOND = islice(distinct_frames("011"), 2)

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@dataclass(frozen=True)
class Way:
    """From one receiver to one journal, each of the programs on it a process."""

    receiver: SurgardReceiver
    box: Program
    centre: Program
    spool: Path
    journal: Path

    async def journaled_in_the_end(self) -> list[str]:
        """What the journal holds once the box has every receipt and the centre has stopped."""
        assert self.receiver.wait_until_acked(PATIENCE_S), self.box.log
        assert comes_true(lambda: spooled_rows(self.spool) == 0, PATIENCE_S), self.box.log
        self.centre.stop()
        return list((await journaled(self.journal)).frames)


@pytest.fixture
def way(mortal_mosquitto: Mosquitto, tmp_path: Path) -> Iterator[Way]:
    """A way on which one frame has already gone from end to end."""
    with ExitStack() as stack:
        receiver = stack.enter_context(SurgardReceiver(time_scale=SCALE))
        port, ports = mortal_mosquitto.port, [receiver.port]
        listening = stack.enter_context(centre(tmp_path, port))
        # What is sent before anybody listens goes again only after ten seconds without a receipt.
        assert comes_true(lambda: any(said(listening.log, "broker")), PATIENCE_S), listening.log
        working = stack.enter_context(box(tmp_path, port, ports, scale=SCALE))
        made = Way(receiver, working, listening, tmp_path / "spool.db", tmp_path / "journal.db")
        receiver.offer(FIRST)
        assert receiver.wait_until_acked(PATIENCE_S), made.box.log
        assert comes_true(lambda: spooled_rows(made.spool) == 0, PATIENCE_S), made.centre.log
        yield made


async def test_a_box_killed_before_its_commit_has_acknowledged_nothing(way: Way) -> None:
    """No disk, no ACK: the receiver keeps the frame, says it to the next life, and it is one alarm."""
    with nothing_commits_to(way.spool):
        way.receiver.offer(SECOND)
        assert comes_true(lambda: len(way.receiver.deliveries()[1].sent_at) > 1, PATIENCE_S)
        assert way.receiver.deliveries()[1].acked_at is None
        way.box.kill9()
    way.box.start()

    assert await way.journaled_in_the_end() == [raw_of(one) for one in way.receiver.deliveries()]


async def test_a_centre_killed_before_its_commit_has_given_no_receipt(way: Way) -> None:
    """Read is not stored: the box keeps the signal until the centre's next life has it in its journal."""
    with nothing_commits_to(way.journal):
        way.receiver.offer(SECOND)
        assert comes_true(lambda: len(sent(way)) > 1, PATIENCE_S), way.box.log
        assert not comes_true(lambda: spooled_rows(way.spool) == 0, TEMPTED_S), "freed without a commit"
        way.centre.kill9()
    way.centre.start()

    assert await way.journaled_in_the_end() == [raw_of(one) for one in way.receiver.deliveries()]


def sent(way: Way) -> set[object]:
    """Ids of the signals the broker has acknowledged."""
    return {one["id"] for one in said(way.box.log, "sent")}


@contextmanager
def nothing_commits_to(database: Path) -> Iterator[None]:
    """Within the block the file's one write lock is ours: other commits wait, as on a stuck disk."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.rollback()
