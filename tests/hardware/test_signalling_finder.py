"""All decoders at once: recordings give their documented ids, however they are cut."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.call import Call
from hardware.signalling.finder import CallFinder
from hardware.signalling.mdc1200.packet import Packet
from hardware.signalling.settings import SignallingSettings
from hardware.simulators.signalling import Burst, DataBurst, TouchTones, sound_of

ALL_ON = SignallingSettings()


def heard(pieces: Iterator[Samples]) -> list[Call]:
    """What is found in one over that comes in pieces."""
    finder = CallFinder(ALL_ON)
    calls = [call for piece in pieces for call in finder.feed(piece)]
    return calls + finder.finish()


def busy_over() -> Samples:
    """An over with something of everything, and its noise."""
    pause = np.zeros(3000, np.int16)
    bursts: list[Burst] = [
        DataBurst(Packet(1, 0x80, 0x1234)),
        TouchTones("12345"),
        DataBurst(Packet(0, 0x80, 0x00A1)),
    ]
    sounds = [part for burst in bursts for part in (pause, sound_of(burst))]
    clean = np.concatenate((*sounds, pause))
    return (clean + np.random.default_rng(3).normal(0, 300, len(clean))).astype(np.int16)


OVER = busy_over()


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.integers(0, len(OVER)), max_size=30))
def test_it_does_not_matter_how_the_sound_is_cut(cuts: list[int]) -> None:
    """The same calls at the same places, from one piece or thirty, empty ones included."""
    whole = heard(iter([OVER]))
    assert sorted(call.id for call in whole) == ["00A1", "1234", "12345"]
    edges = [0, *sorted(cuts), len(OVER)]
    assert heard(OVER[a:b] for a, b in pairwise(edges)) == whole


def test_a_finder_that_has_finished_is_as_new() -> None:
    """The next over counts from its own first sample."""
    finder = CallFinder(ALL_ON)
    finder.feed(OVER[: SAMPLE_RATE // 3])
    finder.finish()
    assert finder.feed(OVER) + finder.finish() == heard(iter([OVER]))


@settings(max_examples=15)
@given(st.binary(max_size=60_000))
def test_nothing_raises_and_nothing_is_invented(chance: bytes) -> None:
    """Bytes of chance taken for samples, extremes included."""
    samples = np.frombuffer(chance[: len(chance) // 2 * 2], np.int16)
    assert heard(iter([samples, np.full(5000, -32768, np.int16), np.full(5000, 32767, np.int16)])) == []
