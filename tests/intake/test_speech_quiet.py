"""Hiss taken out of a recording before an engine hears it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.quiet import quieted

SECONDS = 3


def spoken() -> Samples:
    """A voice's harmonics that come and go twice a second, after a pause."""
    at = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    harmonics = np.arange(3, 18)[:, None]
    voice = (np.sin(2 * np.pi * 140 * harmonics * at) / harmonics).sum(axis=0)
    voice *= np.maximum(np.sin(2 * np.pi * 2 * at), 0)
    voice[: SAMPLE_RATE // 2] = 0
    loud: Samples = (voice / np.abs(voice).max() * 12_000).astype(np.int16)
    return loud


def hiss(level: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """White noise of one RMS, the same every time."""
    return np.random.default_rng(3).standard_normal(SECONDS * SAMPLE_RATE) * level


def decibels(some: np.ndarray, other: np.ndarray) -> float:
    """How much louder `some` is than `other`."""
    return float(10 * np.log10(np.mean(some.astype(float) ** 2) / np.mean(other.astype(float) ** 2)))


@pytest.mark.parametrize("level", [300, 900])
def test_the_pauses_lose_their_hiss_and_the_voice_stays(level: int) -> None:
    """A pause is at least 12 dB quieter, speech within 1.5 dB as loud and nearer to what was said."""
    clean = spoken()
    noisy = np.round(clean + hiss(level)).astype(np.int16)
    quiet = quieted(noisy)
    pause, speech = slice(2_000, 7_000), slice(SAMPLE_RATE // 2, None)
    assert decibels(quiet[pause], noisy[pause]) <= -12
    assert abs(decibels(quiet[speech], clean[speech])) <= 1.5
    left = quiet.astype(float) - clean
    assert decibels(left[speech], (noisy.astype(float) - clean)[speech]) <= -3


def test_clean_speech_stays_as_it_is() -> None:
    """Without hiss nothing is taken, and with as little of it as a good channel has, next to nothing."""
    clean = spoken()
    assert np.array_equal(quieted(clean), clean)
    good = np.round(clean + hiss(60)).astype(np.int16)
    assert decibels(quieted(good).astype(float) - good, clean) <= -25


@given(
    arrays.arrays(np.int16, st.integers(0, 2_600), elements=st.integers(-32_768, 32_767)),
)
def test_any_sound_keeps_its_length(samples: Samples) -> None:
    """Nothing raises, nothing wraps around, and what came in is not changed."""
    before = samples.copy()
    quiet = quieted(samples)
    assert len(quiet) == len(samples)
    assert quiet.dtype == np.int16
    assert np.array_equal(samples, before)
