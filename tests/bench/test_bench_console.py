"""The benchmark measures what it says; what it finds is this machine's affair."""

import json
import subprocess
import sys

import pytest

BENCH = [sys.executable, "-m", "tongpin", "bench", "console"]


@pytest.mark.slow
def test_every_key_of_a_short_run_is_painted() -> None:
    """`tongpin bench console --json` tells of a start, of keys on both boards, of every change."""
    command = [*BENCH, "--changes-per-second", "20", "--seconds", "1", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout.splitlines()[-1])
    assert 0 < figures["start_to_first_paint_ms"] <= figures["start_to_live_ms"]
    assert figures["changes"] == 20
    assert figures["keys"] >= 5
    assert figures["key_to_paint_flood_ms"]["p50"] > 0
