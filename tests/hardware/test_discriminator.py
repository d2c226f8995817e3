"""Discriminator audio, made flat."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.audio.discriminator import Deemphasis, DiscriminatorSource
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.errors import AudioError

PEAK = 8000


def tone(hz: float, seconds: float = 1.0) -> Samples:
    """A sine at `PEAK`."""
    turns = np.arange(int(seconds * SAMPLE_RATE)) * hz / SAMPLE_RATE
    return np.asarray(np.round(PEAK * np.sin(2 * np.pi * turns)), np.int16)


def gain_db(hz: float) -> float:
    """What becomes of a tone."""
    out = Deemphasis().step(tone(hz))[SAMPLE_RATE // 2 :].astype(float)
    return 20 * float(np.log10(np.sqrt(2 * np.mean(out**2)) / PEAK + 1e-9))


@pytest.mark.parametrize("hz", [400, 700, 1000, 2000, 2800])
def test_the_voice_band_falls_as_de_emphasis_has_it(hz: float) -> None:
    """750 µs: 6 dB an octave, and 1 kHz stays as it is."""
    lowered = -10 * np.log10(1 + (2 * np.pi * hz * 750e-6) ** 2)
    at_1000 = -10 * np.log10(1 + (2 * np.pi * 1000 * 750e-6) ** 2)
    assert gain_db(hz) == pytest.approx(lowered - at_1000, abs=0.5)


@pytest.mark.parametrize("hz", [67, 134, 200, 4000, 6000])
def test_nothing_else_is_left(hz: float) -> None:
    """Sub-audible tones and the noise above the voice."""
    assert gain_db(hz) < -20


@given(cuts=st.lists(st.integers(1, 3000), max_size=8))
@settings(max_examples=25)
@pytest.mark.slow
def test_blocks_of_any_size_give_the_same_sound(cuts: list[int]) -> None:
    """How a driver slices the sound decides nothing."""
    sound, whole = tone(700), Deemphasis()
    sliced = [whole.step(part) for part in np.split(sound, np.cumsum(cuts)[np.cumsum(cuts) < len(sound)])]
    assert np.array_equal(np.concatenate(sliced), Deemphasis().step(sound))


class Tap:
    """A source that gives one block."""

    overruns = 3

    def __init__(self) -> None:
        self.was_taken = 0

    def start(self, on_block: Callable[[Block], None], _on_lost: Callable[[AudioError], None]) -> None:
        """Give it."""
        click = np.zeros(1600, np.int16)
        click[800] = 20_000
        on_block(Block(click, 10.0, 32_000))

    def taken(self, position: int) -> None:
        """It was heard."""
        self.was_taken = position

    def close(self) -> None:
        """Nothing to free."""


def test_a_sound_keeps_its_moment() -> None:
    """The filter is late, and the blocks say so: a click stands where it was."""
    tap, blocks = Tap(), list[Block]()
    source = DiscriminatorSource(tap)
    source.start(blocks.append, lambda _error: None)
    [block] = blocks
    at = int(np.abs(block.samples).argmax())
    assert block.position + at == 32_000 + 800
    assert block.at + at / SAMPLE_RATE == pytest.approx(10 + 800 / SAMPLE_RATE)
    source.taken(block.position + len(block.samples))
    assert (tap.was_taken, source.overruns) == (32_000 + 1600, 3)
    source.close()
