"""The benchmark of the signalling decoders: what it must find on every machine, and that it says so."""

import json
import time
from dataclasses import asdict

import numpy as np
import pytest
from typer.testing import CliRunner

from hardware.errors import VoiceUnavailable
from tongpin.bench.chatter import languages
from tongpin.bench.signalling import (
    BURST_SNR_DB,
    BurstScore,
    Quiet,
    measure_bursts,
    measure_noise,
    measure_speech,
)
from tongpin.main import app

MOST_SPECTRA = 18
"""What the decoders may cost, in spectra of as much sound, fifty a second; they cost 12."""


def spectra_ms_per_s() -> float:
    """Milliseconds of processor time for the power spectra of a second of sound."""
    seconds = 60
    frames = np.random.default_rng(0).standard_normal((50 * seconds, 1024))
    began = time.process_time()
    for frame in frames:
        np.abs(np.fft.rfft(frame)) ** 2
    return 1000 * (time.process_time() - began) / seconds


@pytest.fixture(scope="module")
def scores() -> list[BurstScore]:
    """A few ids of each system at each SNR."""
    return list(measure_bursts(4))


@pytest.mark.slow
def test_every_system_is_heard_well_above_the_noise(scores: list[BurstScore]) -> None:
    """Every id at 8 dB and above, and never a wrong one, however loud the noise."""
    assert {score.snr_db for score in scores} == set(BURST_SNR_DB)
    assert [score for score in scores if score.snr_db >= 8 and score.right < score.sent] == []
    assert [score for score in scores if score.wrong] == []


@pytest.mark.slow
def test_speech_names_nobody() -> None:
    """Two minutes of many voices in every language installed; the whole hour is the command's."""
    try:
        languages()
    except VoiceUnavailable:
        pytest.skip("no synthetic voice is installed")
    speech = measure_speech(2)
    assert speech.minutes >= 2
    assert speech.ids == 0


@pytest.mark.slow
def test_noise_names_nobody_and_costs_little() -> None:
    """Two minutes of hiss, hum, whistles and sweeps; a small box has ten times the time this takes.

    The time is one of this machine's own measures, taken in the same run.
    """
    before = spectra_ms_per_s()
    noise = measure_noise(2)
    assert noise.minutes >= 2
    assert noise.ids == 0
    assert noise.cpu_ms_per_s < MOST_SPECTRA * (before + spectra_ms_per_s()) / 2


@pytest.mark.slow
def test_the_command_prints_one_object_a_line() -> None:
    """`tongpin bench signalling --json` is for programs."""
    options = ["--bursts", "1", "--speech-minutes", "0", "--noise-minutes", "0.1", "--json"]
    ran = CliRunner().invoke(app, ["bench", "signalling", *options])
    assert ran.exit_code == 0, ran.output
    *shown, noise = [json.loads(line) for line in ran.stdout.splitlines()]
    assert set(shown[0]) == set(asdict(BurstScore("", 0, 0, 0, 0, 0)))
    assert set(noise) == set(asdict(Quiet("", 0, 0, 0)))
