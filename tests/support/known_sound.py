"""A sound that repeats itself exactly, so that every sample of a capture can be accounted for. Pure."""

from dataclasses import dataclass

import numpy as np

from hardware.audio.format import SAMPLE_RATE, Samples

MARKER = SAMPLE_RATE // 4


def period_of(seconds: float) -> Samples:
    """A quarter second of seeded noise as marker, hiss, and in the middle third something like a voice."""
    rng = np.random.default_rng(20261122)
    n = np.arange(int(seconds * SAMPLE_RATE))
    wave = rng.normal(0, 8, len(n))
    wave[:MARKER] = rng.uniform(-8000, 8000, MARKER)
    voice = np.sum([np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)], axis=0)
    talking = (n >= len(n) // 3) & (n < 2 * len(n) // 3)
    wave[talking] += 3000 * voice[talking]
    return np.round(wave).astype(np.int16)


@dataclass(frozen=True)
class Account:
    """What became of every sample.

    `whole` periods arrived bit for bit, `changed` ones at full length but altered.

    `missing` samples were played and not heard; `inserted` ones were heard and not played, which is the
    server's silence when the player was late.
    """

    whole: int
    changed: int
    missing: int
    inserted: int


def account(heard: Samples, period: Samples) -> Account:
    """Follow the marker through a capture, from the first whole period to the last."""
    at = _marker(heard[: 2 * len(period)], period)
    whole = changed = missing = inserted = 0
    while at + len(period) + MARKER <= len(heard):
        if np.array_equal(heard[at : at + len(period)], period):
            whole, at = whole + 1, at + len(period)
            continue
        around = at + len(period) // 2
        following = around + _marker(heard[around : at + 2 * len(period)], period)
        shift = following - at - len(period)
        changed += shift == 0
        missing += max(0, -shift)
        inserted += max(0, shift)
        at = following
    return Account(whole, changed, missing, inserted)


def _marker(heard: Samples, period: Samples) -> int:
    """Where the marker fits best."""
    size = len(heard) + MARKER
    spectrum = np.fft.rfft(heard.astype(float), size) * np.conj(
        np.fft.rfft(period[:MARKER].astype(float), size)
    )
    return int(np.fft.irfft(spectrum, size)[: len(heard)].argmax())
