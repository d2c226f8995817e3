"""The sound of a replay waits for whoever hears it, so that nothing is lost however fast it runs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gateway.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Block, PatientSource
from hardware.errors import AudioEnded, AudioError
from hardware.simulators.fm import through_radio
from tongpin.channel.replay_sound import SILENCE_S, ReplaySound

PATIENCE_S = 20.0


class Ear:
    """Notes what it hears; `hear` decides what is done about it."""

    def __init__(self, sound: ReplaySound) -> None:
        self.sound = sound
        self.position = 0
        self.changed = threading.Condition()
        self.ended: AudioError | None = None
        self.hear: Callable[[int], None] = lambda _position: None

    def block(self, block: Block) -> None:
        """The source's `on_block`."""
        assert block.position == self.position  # no sample is left out
        with self.changed:
            self.position += len(block.samples)
            self.changed.notify_all()
        self.hear(self.position)

    def lost(self, error: AudioError) -> None:
        """The source's `on_lost`."""
        with self.changed:
            self.ended = error
            self.changed.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        until = time.monotonic() + PATIENCE_S
        with self.changed:
            while not true() and time.monotonic() < until:
                self.changed.wait(0.05)  # what the sound itself counts has no event
        assert true()


@contextmanager
def playing(sound: ReplaySound, hear: Callable[[int], None] = lambda _position: None) -> Iterator[Ear]:
    """The sound, heard within the block."""
    ear = Ear(sound)
    ear.hear = hear
    sound.start(ear.block, ear.lost)
    try:
        yield ear
    finally:
        sound.close()


@pytest.fixture
def sound(tmp_path: Path) -> ReplaySound:
    """Six overs of two seconds, three seconds apart, in one file."""
    rng = np.random.default_rng(5)
    n = np.arange(2 * SAMPLE_RATE)
    buzz = np.sum([np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)], axis=0)
    voice = np.round(3000 * buzz * (0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE))).astype(np.int16)
    gap = np.zeros(3 * SAMPLE_RATE, np.int16)
    parts = [part for _ in range(6) for part in (gap, through_radio(voice, 25, rng))]
    soundfile.write(tmp_path / "six.wav", np.concatenate(parts), SAMPLE_RATE)
    return ReplaySound([tmp_path / "six.wav"], SquelchSettings())


def test_it_waits_until_its_listener_has_caught_up(sound: ReplaySound) -> None:
    """A box that takes nothing is given ten seconds of sound and no more; then it goes on where it was."""
    assert isinstance(sound, PatientSource)
    with playing(sound) as ear:
        ear.until(lambda: ear.position == 10 * SAMPLE_RATE)
        sound.taken(2 * SAMPLE_RATE)
        ear.until(lambda: ear.position == 12 * SAMPLE_RATE)


@pytest.mark.slow
def test_it_waits_for_the_words_of_four_overs(sound: ReplaySound) -> None:
    """The fifth over is not begun before one of the first four has its words; at the end all are counted."""
    with playing(sound, sound.taken) as ear:
        ear.until(lambda: sound.overs == 4)
        held = sound.position
        assert held < (SILENCE_S + 5 * 5.6) * SAMPLE_RATE
        sound.worded(6)
        ear.until(lambda: ear.ended is not None)
    assert isinstance(ear.ended, AudioEnded)
    assert (sound.overs, sound.ended) == (6, True)
    assert ear.position == round(sound.seconds * SAMPLE_RATE)


def test_its_times_end_now_and_not_in_the_future(sound: ReplaySound) -> None:
    """Overs keep the distances they had: sample 0 was heard as long ago as the sound is long."""
    times: list[float] = []
    ear = Ear(sound)
    sound.start(lambda block: times.append(block.at), ear.lost)
    sound.close()
    assert sound.began <= ear.sound.began
    assert times == sorted(times)
    assert times[0] == pytest.approx(sound.began)
