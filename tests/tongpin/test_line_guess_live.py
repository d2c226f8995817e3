"""`tongpin line guess` at a port: speed, framing and protocol of a line nobody has papers for."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hardware.line_mode import LineMode
from hardware.simulators.uart import as_read
from tests.support.at_the_line import speaking
from tongpin.errors import NothingHeard
from tongpin.line.example_traffic import PROTOCOLS, event
from tongpin.main import app

MODES = (LineMode(9600), LineMode(1200, "7E1"), LineMode(19200), LineMode(2400, "7O1"), LineMode(4800))
LINES = [(protocol, MODES[n % len(MODES)]) for n, protocol in enumerate(PROTOCOLS)]
PATIENCE_S = "1.0"


@pytest.mark.slow
@pytest.mark.parametrize(("protocol", "mode"), LINES, ids=str)
def test_protocol_and_settings_of_a_line_are_found(protocol: str, mode: LineMode) -> None:
    """Whatever speed and parity a receiver was left at, its traffic gives it away, without a doubt."""
    with speaking(protocol, mode) as port:
        ran = CliRunner().invoke(app, ["line", "guess", str(port), "--seconds", PATIENCE_S, "--json"])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout.splitlines()[0])
    assert (found["protocol"], found["mode"]) == (protocol, str(mode))
    assert found["sure"] >= 0.9
    assert found["frames"] >= 3


def test_a_recording_is_guessed_too(tmp_path: Path) -> None:
    """A file of raw bytes, read as 8N1 from a 7E1 line, says for itself what it is."""
    file = tmp_path / "line.bin"
    file.write_bytes(as_read(b"".join(event("surgard", n) for n in range(5)), LineMode(1200, "7E1"), 1200))
    ran = CliRunner().invoke(app, ["line", "guess", "--recorded", "--baud", "1200", str(file)])
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[0] == "surgard        1200 7E1      99% sure, 5 frames read"


def test_a_capture_is_guessed_too(tmp_path: Path) -> None:
    """The readings of a capture are one stream."""
    file = tmp_path / "line.capture"
    halves = event("dsc_it100", 1)[:5], event("dsc_it100", 1)[5:]
    file.write_text("".join(json.dumps({"at": 1, "hex": half.hex()}) + "\n" for half in halves))
    ran = CliRunner().invoke(app, ["line", "guess", "--recorded", str(file)])
    assert ran.stdout.startswith("dsc_it100 ")
    assert "67% sure, 1 frame read" in ran.stdout, "one frame leaves doubt"


def test_nothing_recognised_says_what_to_look_at(tmp_path: Path) -> None:
    """Exit code 1 and a sentence, not an empty page."""
    file = tmp_path / "line.bin"
    file.write_bytes(b"")
    ran = CliRunner().invoke(app, ["line", "guess", "--recorded", str(file)])
    assert ran.exit_code == 1
    assert "is the cable right" in ran.stderr


def test_a_port_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    """Nobody waits for all the speeds of a mistyped port."""
    ran = CliRunner().invoke(app, ["line", "guess", str(tmp_path / "tty")])
    assert isinstance(ran.exception, NothingHeard)
    assert "it is not there" in str(ran.exception)
