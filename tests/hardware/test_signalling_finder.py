"""All decoders at once: recordings give their documented ids, however they are cut."""

import gc
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.finder import CallFinder
from hardware.signalling.five_tone_tables import five_tone_tables
from hardware.signalling.mdc1200.packet import Packet
from hardware.simulators.signalling import Burst, DataBurst, FiveTones, Page, TouchTones, sound_of
from tests.support.calls import ALL_ON, heard, heard_in


def busy_over() -> Samples:
    """An over with something of everything, and its noise."""
    pause = np.zeros(3000, np.int16)
    bursts: list[Burst] = [
        DataBurst(Packet(1, 0x80, 0x1234)),
        TouchTones("12345"),
        FiveTones("11223", five_tone_tables()["eea"]),
        Page(600.9, 788.5, 1000, 2300),
        DataBurst(Packet(0, 0x80, 0x00A1)),
    ]
    sounds = [part for burst in bursts for part in (pause, sound_of(burst))]
    clean = np.concatenate((*sounds, pause))
    return (clean + np.random.default_rng(3).normal(0, 300, len(clean))).astype(np.int16)


OVER = busy_over()


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(st.integers(0, len(OVER)), max_size=30))
def test_it_does_not_matter_how_the_sound_is_cut(cuts: list[int]) -> None:
    """The same calls at the same places, from one piece or thirty, empty ones included."""
    whole = heard(OVER)
    assert sorted(call.id for call in whole) == ["00A1", "11223", "1234", "12345", "600.9/788.5"]
    edges = [0, *sorted(cuts), len(OVER)]
    assert heard_in([OVER[a:b] for a, b in pairwise(edges)]) == whole


def test_a_finder_that_has_finished_is_as_new() -> None:
    """The next over counts from its own first sample."""
    finder = CallFinder(ALL_ON)
    finder.feed(OVER[: SAMPLE_RATE // 3])
    finder.finish()
    assert finder.feed(OVER) + finder.finish() == heard(OVER)


@settings(max_examples=15)
@given(st.binary(max_size=60_000))
def test_nothing_raises_and_nothing_is_invented(chance: bytes) -> None:
    """Bytes of chance taken for samples, extremes included."""
    samples = np.frombuffer(chance[: len(chance) // 2 * 2], np.int16)
    assert heard_in([samples, np.full(5000, -32768, np.int16), np.full(5000, 32767, np.int16)]) == []


@pytest.mark.parametrize(
    "burst",
    [
        DataBurst(Packet(1, 0x80, 0x1234)),
        FiveTones("24680", five_tone_tables()["zvei1"]),
        TouchTones("12345"),
    ],
    ids=type,
)
def test_what_is_softer_than_cross_talk_is_not_even_looked_at(burst: Burst) -> None:
    """-60 dBFS is where it ends: what is a little louder is found, what is a little softer is not."""
    sound = sound_of(burst).astype(np.float32)
    loud = 20 * np.log10(np.sqrt(np.mean(sound[sound != 0] ** 2)) / 32768)

    def at(dbfs: float) -> Samples:
        return np.asarray(np.round(sound * 10 ** ((dbfs - loud) / 20)), np.int16)

    assert len(heard(at(-56.0))) == 1
    assert heard(at(-68.0)) == []


@pytest.mark.slow
def test_memory_does_not_grow_with_the_sound() -> None:
    """A channel that never falls silent holds no more after half a minute than after ten seconds."""
    finder = CallFinder(ALL_ON)
    tracemalloc.start()
    try:
        held = [held_after(finder, seconds) for seconds in (10, 20)]
    finally:
        tracemalloc.stop()
    assert held[1] < held[0] + 50_000
    assert held[1] < 400_000


def held_after(finder: CallFinder, seconds: int) -> int:
    """Bytes of ours held after so much more of all signalling at once; Python's own tables grow in steps."""
    fed = 0
    while fed < seconds * SAMPLE_RATE:
        finder.feed(OVER)
        fed += len(OVER)
    gc.collect()
    ours = tracemalloc.take_snapshot().filter_traces(
        [tracemalloc.Filter(inclusive=True, filename_pattern="*/hardware/*")]
    )
    return sum(each.size for each in ours.statistics("filename"))
