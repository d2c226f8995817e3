"""The benchmark measures what it says; what it finds is this machine's affair."""

import json
import subprocess
import sys

import pytest

from hardware.simulators.receiver_logic import Delivery
from tongpin.bench.latency import WARM_UP_S, latencies

FRAME = b"5011 18%04dE13001001\x14"


def delivery(number: int, at: float) -> Delivery:
    """A frame sent at `at` and acknowledged 10 ms later."""
    return Delivery(FRAME % number, offered_at=at, sent_at=(at,), acked_at=at + 0.010)


def test_times_run_from_the_first_sending_and_leave_out_the_warm_up() -> None:
    """From the wire to the board, split at the ACK; a frame that never came is counted, not timed."""
    warming, counted, lost = delivery(1, 5.0), delivery(2, 5.0 + WARM_UP_S), delivery(3, 7.0)
    seen = {warming.frame[:-1].hex(): 9.0, counted.frame[:-1].hex(): 5.030 + WARM_UP_S}
    figures = latencies([warming, counted, lost], seen)
    assert (figures["frames"], figures["not_on_the_board"]) == (2, 1)
    assert figures["panel_to_board_ms"] == {"p50": 30.0, "p95": 30.0, "p99": 30.0, "max": 30.0}
    assert (figures["panel_to_ack_ms"]["p50"], figures["ack_to_board_ms"]["p50"]) == (10.0, 20.0)


@pytest.mark.slow
def test_every_frame_of_a_short_run_reaches_the_board() -> None:
    """`tongpin bench latency --json` ends with one JSON object that knows every frame."""
    command = [
        sys.executable,
        "-m",
        "tongpin",
        "bench",
        "latency",
        "--frames-per-second",
        "20",
        "--seconds",
        "2",
    ]
    ran = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout.splitlines()[-1])
    assert figures["frames"] > 0
    assert figures["not_on_the_board"] == 0
    assert figures["panel_to_board_ms"]["p50"] >= figures["panel_to_ack_ms"]["p50"]
