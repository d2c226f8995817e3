"""The speech benchmark measures what it says; what it finds is this machine's affair."""

import json
import os
import subprocess
import sys

import pytest

from tongpin.bench.measuring import cpu_seconds
from tongpin.bench.spoken import Spoken, speech_figures


def test_times_run_from_the_box_and_from_the_carrier() -> None:
    """Each over is timed from both ends; one that never came is counted, not timed, and costs no words."""
    heard = Spoken(
        said="patrol one on scene",
        snr_db=30,
        carrier_end=9.4,
        began=6.0,
        ended=10.0,
        first_words=7.5,
        text_at=10.25,
        heard="Patrol 1, on screen.",
        from_stream=True,
    )
    kept_back = Spoken(said="all quiet", snr_db=10, carrier_end=9.4, ended=10.0, text_at=10.75, heard="")
    lost = Spoken(said="smoke", snr_db=10, carrier_end=12.0)
    figures = speech_figures([heard, kept_back, lost])
    assert (figures["overs"], figures["not_on_the_board"]) == (3, 1)
    assert (figures["from_stream"], figures["no_words"]) == (1, 1)
    assert (figures["over_end_to_text_ms"]["p50"], figures["over_end_to_text_ms"]["max"]) == (250.0, 750.0)
    assert (figures["carrier_end_to_text_ms"]["p50"], figures["carrier_end_to_text_ms"]["max"]) == (
        850.0,
        1350.0,
    )
    assert figures["over_start_to_first_words_ms"]["max"] == 1500.0
    assert figures["word_error_rate"] == 0.5
    assert (figures["word_error_rate_30_db"], figures["word_error_rate_10_db"]) == (0.25, 1.0)


def test_processor_time_is_of_one_process() -> None:
    """Ours has used some; a process that is not there is None, not nought."""
    own = cpu_seconds(os.getpid())
    assert own is not None
    assert own > 0
    assert cpu_seconds(None) is None


@pytest.mark.slow
def test_every_over_of_a_short_run_gets_its_words() -> None:
    """`tongpin bench speech --json` is one JSON object on stdout that knows every over."""
    pytest.importorskip("hibari")
    command = [sys.executable, "-m", "tongpin", "bench", "speech", "--json"]
    options = ["--channels", "2", "--seconds", "4", "--engine", "moonshine"]
    ran = subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    assert figures["overs"] >= 2
    assert figures["not_on_the_board"] == 0
    assert figures["over_end_to_text_ms"]["p50"] > 0
    assert figures["carrier_end_to_text_ms"]["p50"] > figures["over_end_to_text_ms"]["p50"]
    assert figures["word_error_rate"] < 1
