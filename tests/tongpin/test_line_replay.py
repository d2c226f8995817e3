"""`tongpin line capture` and `replay`: what a panel said once goes through the whole stack again."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hardware.line_capture import Heard, read_capture
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.at_the_line import tongpin
from tests.support.broker import Mosquitto
from tests.support.evidence import journaled, spooled_rows
from tests.support.programs import box, centre, comes_true
from tongpin.errors import NothingHeard
from tongpin.line.example_traffic import HEARTBEATS, event
from tongpin.line.recording import one_after_the_other
from tongpin.main import app

PATIENCE_S = 30.0


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Heartbeats and five events, each in two readings, as a slow line gives them."""
    file = tmp_path / "line.capture"
    frames = [HEARTBEATS["surgard"], *(event("surgard", n) for n in range(5)), HEARTBEATS["surgard"]]
    readings = [half for frame in frames for half in (frame[:7], frame[7:])]
    lines = (json.dumps({"at": n / 10, "hex": data.hex()}) for n, data in enumerate(readings))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.slow
async def test_a_capture_reaches_the_journal_through_a_real_box(
    capture: Path, mortal_mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """Every frame is answered by the box and journaled by the centre, in order, heartbeats only answered."""
    port = tmp_path / "replayed"
    player = tongpin("line", "replay", capture, "--link", port)
    with (
        centre(tmp_path, mortal_mosquitto.port) as listening,
        box(tmp_path, mortal_mosquitto.port, [port], scale=1.0) as real,
    ):
        _, told = await asyncio.to_thread(player.communicate, timeout=PATIENCE_S)
        size = sum(len(heard.data) for heard in read_capture(capture))
        assert told == f"{size} bytes played, 7 answers heard\n", real.log
        spool = tmp_path / "spool.db"
        journal = tmp_path / "journal.db"
        assert await asyncio.to_thread(comes_true, lambda: spooled_rows(spool) == 0, PATIENCE_S), (
            listening.log
        )
    kept = await journaled(journal)
    assert list(kept.frames) == [event("surgard", n)[:-1].hex() for n in range(5)]


def test_nobody_at_the_port_is_said(capture: Path, tmp_path: Path) -> None:
    """A replay to nobody ends by itself."""
    options = [str(capture), "--link", str(tmp_path / "port"), "--patience", "0"]
    ran = CliRunner().invoke(app, ["line", "replay", *options])
    assert isinstance(ran.exception, NothingHeard)
    assert "is the box running" in str(ran.exception)


@pytest.mark.slow
def test_what_is_captured_is_what_was_said(tmp_path: Path) -> None:
    """A capture listens only: the receiver repeats its frame, and each time is kept."""
    file = tmp_path / "line.capture"
    with SurgardReceiver(time_scale=0.05) as receiver:
        receiver.offer(event("surgard", 0))
        ran = CliRunner().invoke(app, ["line", "capture", str(receiver.port), str(file), "--seconds", "1"])
    heard = b"".join(heard.data for heard in read_capture(file))
    assert ran.stderr == f"{len(heard)} bytes kept in {file}\n"
    assert heard.count(event("surgard", 0)) > 1
    assert not receiver.heartbeats_acked


def test_an_appended_capture_follows_the_first() -> None:
    """Two visits at a line in one file are played one after the other, not into each other."""
    twice = [Heard(0.5, b"a"), Heard(2.0, b"b"), Heard(0.5, b"c"), Heard(1.0, b"d")]
    assert [heard.at for heard in one_after_the_other(twice)] == [0.5, 2.0, 3.5, 4.0]
