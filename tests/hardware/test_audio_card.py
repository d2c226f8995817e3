"""A sound card through PortAudio, with a PulseAudio null sink in its place."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gateway.channel.over_events import OverEnded
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.errors import AudioError, AudioLost
from hardware.simulators.fm import through_radio
from tests.support.sound_server import SoundServer, sound_server, what_is_missing

pytest.importorskip("pyaudio", reason="PyAudio is not installed")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A sound server, and ALSA pointed at it alone."""
    if missing := what_is_missing():
        pytest.skip(missing)
    with sound_server(tmp_path) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def overs_heard(source: PyAudioSource, play: Callable[[], None], count: int) -> list[OverEnded]:
    """Listen while something is played, until that many overs have ended."""
    cutter = OverCutter(SquelchSettings())
    ended: queue.Queue[OverEnded] = queue.Queue()
    listening = threading.Event()

    def cut(block: Block) -> None:
        listening.set()
        for event in cutter.feed(block):
            if isinstance(event, OverEnded):
                ended.put(event)

    source.start(cut, _unexpected)
    try:
        assert listening.wait(timeout=10)
        play()
        return [ended.get(timeout=10) for _ in range(count)]
    finally:
        source.close()


def _unexpected(error: AudioError) -> None:
    raise AssertionError(error)


@pytest.mark.slow
def test_a_recording_played_into_the_card_is_cut_into_overs(server: SoundServer, tmp_path: Path) -> None:
    """Sound through a real PortAudio stream gives the overs that were played, each at its length."""
    rng = np.random.default_rng(1)
    overs = [through_radio(buzz(seconds), 25, rng) for seconds in (1.0, 1.5)]
    gap = np.zeros(SAMPLE_RATE, np.int16)
    path = tmp_path / "overs.wav"
    soundfile.write(path, np.concatenate([gap, overs[0], gap, overs[1], gap]), SAMPLE_RATE)
    source = PyAudioSource("radio")
    first, second = overs_heard(source, lambda: server.play(path), 2)
    assert first.seconds == pytest.approx(len(overs[0]) / SAMPLE_RATE + 0.4, abs=0.25)
    assert second.seconds - first.seconds == pytest.approx(0.5, abs=0.1)
    assert second.snr_db == pytest.approx(25, abs=6)
    assert source.overruns == 0


@pytest.mark.slow
def test_a_card_that_goes_away_is_lost(server: SoundServer) -> None:
    """When no sound has come for the time allowed, the listener is told once, and closing does not hang."""
    source = PyAudioSource("radio", silent_seconds=0.5)
    blocks: queue.Queue[Block] = queue.Queue()
    lost: queue.Queue[AudioError] = queue.Queue()
    source.start(blocks.put, lost.put)
    blocks.get(timeout=5)
    server.stop()
    error = lost.get(timeout=10)
    assert isinstance(error, AudioLost)
    assert "radio: no sound for 0.5 s" in str(error)
    source.close()
    source.close()
    assert lost.empty()


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_an_unknown_card_is_named_with_those_that_exist() -> None:
    """A slip in the name is answered with the names there are."""
    source = PyAudioSource("no such card")
    with pytest.raises(
        AudioError, match="no such card: there is no such sound input; there are: radio, default"
    ):
        source.start(lambda _block: None, _unexpected)
    source.close()


def buzz(seconds: float) -> Samples:
    """A tone of 120 Hz with the overtones of a voice."""
    n = np.arange(int(seconds * SAMPLE_RATE))
    tones = [np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)]
    wave: Samples = np.round(4000 * np.sum(tones, axis=0)).astype(np.int16)
    return wave
