"""`tongpin line watch`: what comes beside what it means, and an answer only for what is on disk."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hardware.errors import UnwritableCaptureError
from hardware.line_capture import read_capture
from hardware.simulators.asked_panel import AskedPanel
from hardware.simulators.receiver_logic import ReceiverTiming
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.at_the_line import settings, tongpin
from tongpin.errors import WhichLine
from tongpin.line.example_traffic import event
from tongpin.line.simulation import simulator
from tongpin.main import app

SECONDS = "1.5"
FRAMES = 5
PATIENCE_S = 20.0


@pytest.fixture
def receiver() -> Iterator[SurgardReceiver]:
    """A receiver with something to say, ten times as quick as a real one."""
    with SurgardReceiver(timing=ReceiverTiming(heartbeat_s=5), time_scale=0.1) as made:
        for n in range(FRAMES):
            made.offer(event("surgard", n))
        yield made


@pytest.mark.slow
def test_what_is_shown_was_kept_and_then_answered(receiver: SurgardReceiver, tmp_path: Path) -> None:
    """The receiver is rid of its events, and every byte of them is in the capture."""
    kept = tmp_path / "kept.capture"
    options = [
        "--config",
        str(settings(tmp_path, receiver.port)),
        "--seconds",
        SECONDS,
        "--capture",
        str(kept),
    ]
    ran = CliRunner().invoke(app, ["line", "watch", *options])
    assert ran.exit_code == 0, ran.output
    assert all(one.acked_at is not None for one in receiver.deliveries())
    assert receiver.surplus_acks == 0
    said = b"".join(heard.data for heard in read_capture(kept))
    assert all(one.frame in said for one in receiver.deliveries())
    assert "event     1234 new 401 partition 01 user 001" in ran.stdout
    assert "  answered ACK" in ran.stdout
    assert f"{FRAMES} events" in ran.stdout.splitlines()[-1]


@pytest.mark.slow
def test_without_replies_it_only_listens(receiver: SurgardReceiver, tmp_path: Path) -> None:
    """What would be answered is said, nothing is sent, nothing kept."""
    options = ["--config", str(settings(tmp_path, receiver.port)), "--seconds", SECONDS, "--no-reply"]
    ran = CliRunner().invoke(app, ["line", "watch", *options])
    assert "  would answer ACK" in ran.stdout
    assert ran.stdout.splitlines()[-1].endswith("0 answered")
    assert not any(one.acked_at for one in receiver.deliveries())
    assert list(tmp_path.glob("*.capture")) == []


@pytest.mark.slow
def test_a_full_disk_is_silence(receiver: SurgardReceiver, tmp_path: Path) -> None:
    """What the capture cannot keep is not answered: the receiver still has it."""
    options = ["--config", str(settings(tmp_path, receiver.port)), "--capture", "/dev/full"]
    ran = CliRunner().invoke(app, ["line", "watch", *options])
    assert isinstance(ran.exception, UnwritableCaptureError)
    assert not any(one.acked_at for one in receiver.deliveries())
    assert receiver.heartbeats_acked == 0


@pytest.mark.slow
def test_records_for_programs_are_those_of_decode(receiver: SurgardReceiver, tmp_path: Path) -> None:
    """With --json stdout holds one object a frame and nothing else."""
    options = [
        "--config",
        str(settings(tmp_path, receiver.port)),
        "--seconds",
        SECONDS,
        "--no-reply",
        "--json",
    ]
    ran = CliRunner().invoke(app, ["line", "watch", *options])
    shown = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {one["protocol"] for one in shown} == {"surgard"}
    assert event("surgard", 0)[:-1].hex() in {one["raw"] for one in shown}


@pytest.mark.slow
def test_ctrl_c_ends_with_the_counters(receiver: SurgardReceiver, tmp_path: Path) -> None:
    """A technician who has seen enough gets the sum and exit code 0."""
    kept = tmp_path / "kept.capture"
    process = tongpin("line", "watch", "-c", settings(tmp_path, receiver.port), "--capture", kept)
    # A program slow to start finds the receiver in communication failure: a heartbeat first, then its events.
    assert receiver.wait_until_acked(PATIENCE_S)
    assert receiver.wait_until_heartbeat(PATIENCE_S)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert f"{FRAMES} events, " in out.splitlines()[-1]


@pytest.mark.slow
def test_a_panel_that_must_be_asked_is_asked(tmp_path: Path) -> None:
    """An IT-100 is asked for its state once the port is open, and its answers are shown."""
    kept = str(tmp_path / "kept.capture")
    with simulator("dsc_it100", tmp_path / "port") as panel:
        config = str(settings(tmp_path, tmp_path / "port", "dsc_it100"))
        ran = CliRunner().invoke(
            app, ["line", "watch", "-c", config, "--seconds", SECONDS, "--capture", kept]
        )
        assert isinstance(panel, AskedPanel)
        assert [question.code for question in panel.questions()] == ["001"]
    assert "  asked 00191\n" in ran.stdout
    assert "500" in ran.stdout


def test_a_line_that_is_not_in_the_settings_is_told_from_those_that_are(tmp_path: Path) -> None:
    """The names there are stand in the sentence."""
    ran = CliRunner().invoke(app, ["line", "watch", "-c", str(settings(tmp_path, tmp_path)), "alarms-9"])
    assert isinstance(ran.exception, WhichLine)
    assert "alarms-1" in str(ran.exception)
