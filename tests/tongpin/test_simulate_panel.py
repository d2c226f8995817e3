"""`tongpin simulate panel`: for each protocol somebody to talk to, seen from the other end of the wire."""

import signal
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hardware.errors import UnknownProtocolError
from hardware.panels.frame import PanelRecord
from hardware.simulators.receiver_logic import Delivery
from tests.support.at_the_line import doing, settings, tongpin
from tests.support.programs import comes_true
from tongpin.line.simulation import PROTOCOLS, Seen, news_between, simulator, tell_story
from tongpin.main import app

PATIENCE_S = 20.0
SCALE = 0.05
"""What was said before anybody had the port is said again after 0.2 s instead of 4."""


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_a_simulated_panel_says_is_read_and_its_answers_are_told(protocol: str, tmp_path: Path) -> None:
    """Watched like a real line: events without a byte unread, and the panel's own view of the answers."""
    told: list[str] = []
    port = tmp_path / "port"
    config = settings(tmp_path, port, protocol)
    kept = str(tmp_path / "kept.capture")
    with (
        simulator(protocol, port, time_scale=SCALE) as panel,
        doing(lambda over: tell_story(panel, protocol, 0.1, told.append, over)),
    ):
        options = ["--config", str(config), "--seconds", "2.5", "--capture", kept]
        ran = CliRunner().invoke(app, ["line", "watch", *options])
    assert ran.exit_code == 0, ran.output
    *_, last = ran.stdout.splitlines()
    assert "0 unparsed, 0 bad checks" in last
    assert int(last.split(" events")[0].split()[-1]) > 3
    assert any(row.startswith("said ") for row in told)
    assert any("acknowledged" in row for row in told) == ("answered ACK" in ran.stdout or protocol == "nx584")


@pytest.mark.slow
def test_the_command_speaks_until_ctrl_c(tmp_path: Path) -> None:
    """It makes the port, says where, and unplugs it at the end."""
    port = tmp_path / "port"
    process = tongpin("simulate", "panel", "dsc_it100", port)
    assert comes_true(port.is_symlink, PATIENCE_S)
    assert process.stdout is not None
    first = process.stdout.readline()
    second = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert first == f"dsc_it100 speaks on {port}\n"
    assert "said 750" in second
    assert (process.returncode, err) == (0, "")
    assert out.endswith("unplugged\n")
    assert not port.is_symlink()


def test_an_unknown_protocol_is_answered_with_the_known(tmp_path: Path) -> None:
    """The sentence is the list."""
    ran = CliRunner().invoke(app, ["simulate", "panel", "morse", str(tmp_path / "port")])
    assert isinstance(ran.exception, UnknownProtocolError)
    assert all(protocol in str(ran.exception) for protocol in PROTOCOLS)


def test_each_thing_that_happens_is_said_once() -> None:
    """Said, said again, acknowledged; given up; a heartbeat, a question, a failure and its end."""
    frame = b"\n11 OKAY\r"
    once = Delivery(frame, 0.0, sent_at=(1.0,))
    twice = Delivery(frame, 0.0, sent_at=(1.0, 2.0), acked_at=2.25)
    question = PanelRecord("dsc_it100", "text", code="001")
    steps = [
        Seen(),
        Seen((once,)),
        Seen((twice,), heartbeats=1),
        Seen((twice,), heartbeats=1, failed=True, questions=(question,)),
        Seen(
            (twice, Delivery(frame, 0.0, sent_at=(3.0,), skipped_at=4.0)), heartbeats=1, questions=(question,)
        ),
    ]
    news = [list(news_between(before, now)) for before, now in pairwise(steps)]
    assert news == [
        ["said 11 OKAY"],
        ["said 11 OKAY  (time 2)", "  acknowledged after 1250 ms", "heartbeat acknowledged"],
        ["asked 001", "communication failure: nobody answers"],
        ["said 11 OKAY", "  given up: the box never hears of it", "somebody answers again"],
    ]
