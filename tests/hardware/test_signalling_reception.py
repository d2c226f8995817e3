"""Ids are read however the radio, the receiver and the sound card colour them, or not at all."""

import random
from collections.abc import Callable

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.five_tone_tables import five_tone_tables
from hardware.signalling.mdc1200.packet import KEYED, PTT_ID, Packet
from hardware.simulators.fm import Handset, through_radio
from hardware.simulators.signalling import Burst, DataBurst, FiveTones, Page, TouchTones, sound_of
from tests.support.calls import ids, silence

Wave = NDArray[np.float64]

BURSTS: dict[str, tuple[Burst, str]] = {
    "dtmf": (TouchTones("15937"), "15937"),
    "mdc1200": (DataBurst(Packet(PTT_ID, KEYED, 0x1A2B)), "1A2B"),
    **{
        name: (FiveTones("10992", five_tone_tables()[name]), "10992")
        for name in ("zvei1", "ccir", "eea", "eia")
    },
    "two-tone": (Page(445.7, 2260.0, 1000, 2300), "445.7/2260.0"),
}


def sine(hz: float, count: int) -> Wave:
    """In ±1."""
    return np.asarray(np.sin(2 * np.pi * hz / SAMPLE_RATE * np.arange(count)), np.float64)


def tilted(wave: Wave) -> Wave:
    """As a discriminator gives it: 6 dB an octave up."""
    spectrum = np.fft.rfft(wave) * np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE) / 1000
    return np.asarray(np.fft.irfft(spectrum, len(wave)), np.float64)


def fading(wave: Wave) -> Wave:
    """By 20 dB, twice a second, as from a moving car."""
    return wave * (0.55 + 0.45 * sine(2.3, len(wave)))


SPOILED: dict[str, Callable[[Wave], Wave]] = {
    "soft": lambda wave: wave / 60,
    "clipped": lambda wave: wave * 20,
    "upside down": np.negative,
    "on a bad cable": lambda wave: wave + 3000 + 4000 * sine(50, len(wave)),
    "with CTCSS": lambda wave: wave + 2000 * sine(250.3, len(wave)),
    "undeemphasised": tilted,
    "fading": fading,
}


def received(burst: Burst, spoil: Callable[[Wave], Wave], snr_db: float = 20) -> Samples:
    """The burst through a radio, spoiled, with silence around it."""
    radio = through_radio(
        silence(0), snr_db, np.random.default_rng(1), Handset(100, 100, 0), before=sound_of(burst)
    )
    return np.clip(spoil(radio.astype(np.float64)), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("spoiled", SPOILED)
@pytest.mark.parametrize("system", BURSTS)
def test_an_id_is_read_through_what_receivers_do(system: str, spoiled: str) -> None:
    """The right one, and once. (Paging tones may be read a tenth of a hertz off.)"""
    burst, expected = BURSTS[system]
    [(_, found)] = ids(received(burst, SPOILED[spoiled]))
    if system == "two-tone":
        assert [float(hz) for hz in found.split("/")] == pytest.approx([445.7, 2260.0], abs=0.11)
    else:
        assert found == expected


@pytest.mark.parametrize("clock", [0.997, 1.003])
@pytest.mark.parametrize("system", [system for system in BURSTS if system != "two-tone"])
def test_clocks_may_differ_by_three_in_a_thousand(system: str, clock: float) -> None:
    """Radios and cheap sound cards together are off by a tenth of that."""
    burst, expected = BURSTS[system]
    sound = soxr.resample(received(burst, np.positive), SAMPLE_RATE * clock, SAMPLE_RATE)
    assert [found for _, found in ids(sound)] == [expected]


@pytest.mark.slow
@pytest.mark.parametrize("system", [system for system in BURSTS if system != "two-tone"])
def test_what_is_lost_now_and_then_makes_no_other_id(system: str) -> None:
    """Holes of 20 ms four times a second, and a strong echo: the id or nothing."""
    burst, expected = BURSTS[system]
    for seed in range(6):
        start = random.Random(seed).randrange(4000)

        def holes(wave: Wave, start: int = start) -> Wave:
            return wave * ((np.arange(len(wave)) - start) % 4000 > 320)

        def echo(wave: Wave, delay: int = 60 + seed * 10) -> Wave:
            return wave + 0.5 * np.concatenate((np.zeros(delay), wave[:-delay]))

        for spoil in (holes, echo):
            found = [id_ for _, id_ in ids(received(burst, spoil))]
            assert found in ([], [expected])
