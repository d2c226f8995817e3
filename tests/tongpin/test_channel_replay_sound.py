"""The sound of a replay waits for whoever hears it, so that nothing is lost however fast it runs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, PatientSource
from hardware.errors import AudioEnded, AudioError
from hardware.simulators.fm import hiss, through_radio
from tongpin.channel.replay_silence import SILENT_DBFS, quiet_dbfs
from tongpin.channel.replay_sound import LEAD_S, ReplaySound

PATIENCE_S = 20.0


class Ear:
    """Notes what it hears; `hear` decides what is done about it."""

    def __init__(self, sound: ReplaySound) -> None:
        self.sound = sound
        self.position = 0
        self.times: list[float] = []
        self.changed = threading.Condition()
        self.ended: AudioError | None = None
        self.hear: Callable[[int], None] = lambda _position: None

    def block(self, block: Block) -> None:
        """The source's `on_block`; it may skip time, and never goes back."""
        assert block.position >= self.position
        with self.changed:
            self.times.append(block.at)
            self.position = block.position + len(block.samples)
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
        assert sound.played_s < LEAD_S + 5 * 5.6
        sound.worded(6)
        ear.until(lambda: ear.ended is not None)
    assert isinstance(ear.ended, AudioEnded)
    assert (sound.overs, sound.ended) == (6, True)
    assert sound.played_s == pytest.approx(sound.seconds, abs=BLOCK_SAMPLES / SAMPLE_RATE)


def test_its_times_end_now_and_not_in_the_future(sound: ReplaySound) -> None:
    """Overs keep the distances they had: sample 0 was heard as long ago as the sound is long."""
    before = time.monotonic()
    with playing(sound) as ear:
        ear.until(lambda: ear.position > SAMPLE_RATE)
    times = ear.times
    assert sound.began <= time.monotonic() - sound.seconds
    assert times[0] == sound.began
    assert times[-1] < before
    assert times == sorted(times)


@pytest.mark.parametrize(("floor_dbfs", "quiet"), [(None, SILENT_DBFS), (-55.0, -55.0), (-20.0, SILENT_DBFS)])
def test_a_recording_tells_how_quiet_its_channel_is(
    tmp_path: Path, floor_dbfs: float | None, quiet: float
) -> None:
    """Silence is silence, a hissing sound card hisses, and who is never quiet talks all the time."""
    n = 5 * SAMPLE_RATE
    floor = np.zeros(n) if floor_dbfs is None else hiss(n, floor_dbfs, np.random.default_rng(1))
    floor[n // 2 :] += 0.3 * np.sin(np.arange(n - n // 2) / 3)
    soundfile.write(tmp_path / "a.wav", floor, SAMPLE_RATE)
    assert quiet_dbfs(tmp_path / "a.wav") == pytest.approx(quiet, abs=2.0)


def test_each_recording_finds_a_squelch_that_knows_nothing_of_the_one_before(tmp_path: Path) -> None:
    """A quiet recording and one with a hissing sound card: the hiss opens nothing, in either order."""
    rng = np.random.default_rng(1)
    for name, floor_dbfs in (("quiet", -68.0), ("hissing", -45.0)):
        soundfile.write(tmp_path / f"{name}.wav", hiss(40 * SAMPLE_RATE, floor_dbfs, rng), SAMPLE_RATE)
    for order in (("quiet", "hissing"), ("hissing", "quiet")):
        sound = ReplaySound([tmp_path / f"{name}.wav" for name in order], SquelchSettings())
        with playing(sound, sound.taken) as ear:
            ear.until(lambda ear=ear: ear.ended is not None)  # type: ignore[misc]
        assert (sound.overs, sound.kerchunks, sound.bursts) == (0, 0, 0)
        assert [stretch.recording.stem for stretch in sound.stretches] == list(order)
