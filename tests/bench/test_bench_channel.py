"""What a box takes: measured on real processes, and small enough for a small computer."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tests.support.broker import mosquitto_missing
from tongpin.bench.resources import Sample, Usage, sample, usage
from tongpin.main import app

MOST_MB = 80
"""A box with one channel, with all its processes: what a small single-board computer can spare."""

_HOLDING = """
import subprocess, sys
held = bytearray(b"x") * {bytes}
child = len(sys.argv) > 1 and subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=sys.stdout)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
def test_children_are_counted_with_their_parent() -> None:
    """A process that holds 30 MB and starts one that holds 20 MB is two processes and 50 MB and more."""
    child = _HOLDING.format(bytes=20_000_000)
    command = [sys.executable, "-c", _HOLDING.format(bytes=30_000_000), child]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == [b"ready\n"] * 2
        seen = sample(process.pid)
        process.communicate()
    assert (seen.processes, seen.threads) == (2, 2)
    assert 50e6 / 2**20 < seen.resident_mb < seen.rss_mb < 100
    with pytest.raises(ProcessLookupError):
        sample(process.pid)


def test_a_stretch_is_told_by_its_whole_and_its_worst() -> None:
    """Processor time is the whole's, its maximum the worst step's; memory is median and maximum."""
    samples = [
        Sample(10.0, 1.00, 50, 40, 2, 7),
        Sample(11.0, 1.02, 52, 41, 2, 7),
        Sample(12.0, 1.10, 60, 45, 2, 8),
    ]
    assert usage(samples) == Usage(5.0, 8.0, 52, 60, 41, 45, 2, 8)


@pytest.mark.slow
def test_a_box_with_one_channel_is_small() -> None:
    """Idle and with talk it holds less than a small computer can spare; programs get it as JSON."""
    if mosquitto_missing():
        pytest.skip("mosquitto is not installed")
    ran = CliRunner().invoke(app, ["bench", "channel", "--seconds", "2", "--json"])
    assert ran.exit_code == 0, ran.output
    figures = json.loads(ran.stdout)
    for phase in ("idle", "talk"):
        assert set(figures[phase]) == set(Usage.__slots__)
        assert 20 < figures[phase]["resident_mb_max"] < MOST_MB
        assert figures[phase]["processes"] == 1
        assert figures[phase]["threads"] <= 8
