"""Sound made for the cutter, and its overs put together again from the events that told them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gateway.channel.over_events import (
    OverAudio,
    OverEnded,
    OverEvent,
    OverStarted,
)
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.simulators.fm import through_radio

RADIO_SIM = Path(__file__).parents[3] / "shared" / "audio" / "radio_sim"
STARTED_AT = 1000.0


@dataclass(frozen=True, eq=False)
class Cut:
    """One over as its three kinds of events told it."""

    started: OverStarted
    live: Samples
    ended: OverEnded


def silence(seconds: float) -> Samples:
    """A squelched channel."""
    return np.zeros(int(seconds * SAMPLE_RATE), np.int16)


def words(seconds: float, seed: int = 1) -> Samples:
    """Spectrum and rhythm of a voice: a buzz of 120 Hz in syllables of a quarter second."""
    n = np.arange(int(seconds * SAMPLE_RATE))
    wobble = 1 + 0.02 * np.sin(2 * np.pi * n * (3 + seed) / SAMPLE_RATE)
    buzz = sum(np.sin(2 * np.pi * 120 * k * n * wobble / SAMPLE_RATE) / k for k in range(3, 20))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)
    return np.round(3000 * buzz * syllables).astype(np.int16)


def on_air(seconds: float, seed: int = 1, snr_db: float = 25.0) -> Samples:
    """An over of that many seconds of words, as a loudspeaker gives it."""
    return through_radio(words(seconds, seed), snr_db, np.random.default_rng(seed))


def events_of(
    cutter: OverCutter, sound: Samples, sizes: Sequence[int] = (320,), start: int = 0
) -> list[OverEvent]:
    """Feed sound in blocks of the given sizes, over and over."""
    events: list[OverEvent] = []
    position = turn = 0
    while position < len(sound):
        block = sound[position : position + sizes[turn % len(sizes)]]
        events += cutter.feed(Block(block, STARTED_AT + (start + position) / SAMPLE_RATE, start + position))
        position += len(block)
        turn += 1
    return events


def cuts_in(events: Iterable[OverEvent]) -> list[Cut]:
    """Overs put together again; fails when their events are out of order or live audio is not the record."""
    cuts: list[Cut] = []
    started: OverStarted | None = None
    live: list[Samples] = []
    for event in events:
        match event:
            case OverStarted():
                assert started is None
                started, live = event, []
            case OverAudio():
                assert started is not None
                assert sum(map(len, live)) == event.offset
                live.append(event.samples)
            case OverEnded():
                assert started is not None
                assert np.array_equal(np.concatenate(live), event.samples)
                cuts.append(Cut(started, np.concatenate(live), event))
                started = None
            case _:
                assert started is None
    assert started is None
    return cuts


def overs_in(sound: Samples, sizes: Sequence[int] = (320,), **changes: float) -> list[Cut]:
    """The overs of a sound that is followed by two seconds of silence."""
    cutter = OverCutter(SquelchSettings.model_validate(changes))
    return cuts_in(events_of(cutter, np.concatenate((sound, silence(2.0))), sizes))


def state_of(cutter: OverCutter) -> str:
    """The state as any text, so that it may change between two looks."""
    return cutter.state


def radio_sim(name: str) -> Samples:
    """A recording made for comparison, or a clean skip where there is none."""
    path = RADIO_SIM / f"{name}.wav"
    if not path.exists():
        pytest.skip("shared/audio is not here")
    samples, _ = soundfile.read(path, dtype="int16")
    return np.asarray(samples, np.int16)
