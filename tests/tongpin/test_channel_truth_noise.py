"""What nobody says must not be heard: noises of every kind, down the whole road, with the real engine."""

import numpy as np
import pytest

from hardware.audio.format import BLOCK_SAMPLES, Samples
from hardware.simulators.fm import hiss, kerchunk, open_squelch
from intake.speech.choose import open_recognizer
from tests.support.calls import silence
from tongpin.bench.accuracy_road import Road
from tongpin.bench.nuisances import nuisances

pytest.importorskip("moonshine_voice", reason="moonshine is not installed")

SECONDS = 600


def flapping(rng: np.random.Generator) -> Samples:
    """A squelch at the edge: twenty bursts of 80 ms."""
    burst = open_squelch(rng, 80)
    return np.concatenate([part for _ in range(20) for part in (burst, silence(400))])


def pressed(rng: np.random.Generator) -> Samples:
    """A key pressed and let go without a word, five times, each time longer."""
    return np.concatenate(
        [part for ms in range(200, 1200, 200) for part in (kerchunk(rng, ms), silence(3000))]
    )


def weak(rng: np.random.Generator) -> Samples:
    """Ten seconds of a carrier nobody speaks on, just above the floor."""
    return np.asarray(np.round(32768 * hiss(160_000, -45.0, rng)), np.int16)


@pytest.mark.slow
def test_ten_minutes_of_noise_bring_no_word() -> None:
    """Hiss, hum, whistles, sweeps, flaps, kerchunks: there may be overs, but none with speech or text."""
    rng = np.random.default_rng(9)
    road = Road(open_recognizer("en", preferred="moonshine"))
    sounds = [*nuisances(SECONDS, seed=4), flapping(rng), pressed(rng), weak(rng)]
    heard = []
    for sound in sounds:
        whole = np.concatenate((sound, silence(1000)))
        heard += road.hear(np.pad(whole, (0, -len(whole) % BLOCK_SAMPLES)))
    assert len(heard) > 10  # a hum is a carrier for all the squelch can tell: the gate has something to do
    assert [over for over in heard if over.gated != "no_speech" or over.text] == []
