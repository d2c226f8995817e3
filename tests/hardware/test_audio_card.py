"""A sound card through PortAudio, with a PulseAudio null sink in its place."""

import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gateway.over_events import OverEnded
from gateway.overs import OverCutter
from gateway.squelch import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, AudioSource, Block, Samples
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.errors import AudioError, AudioLost
from hardware.simulators.fm import through_radio

pytest.importorskip("pyaudio", reason="PyAudio is not installed")

ALSA_CONFIG = """
pcm.radio { type pulse }
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
"""PortAudio aborts the process when ALSA knows fewer than two devices."""


@dataclass(frozen=True)
class SoundServer:
    """A PulseAudio of this test's own, with one sink that is its own microphone."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def play(self, path: Path) -> None:
        """Play a file into the sink, to its end."""
        subprocess.run(["paplay", "--device=radio", str(path)], env=self.environment, check=True, timeout=30)

    def stop(self) -> None:
        """Take the card away."""
        self.process.kill()
        self.process.wait(timeout=10)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Start a sound server on a socket in the test's folder, and point ALSA at it alone."""
    for program in ("pulseaudio", "paplay"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (apt install pulseaudio pulseaudio-utils)")
    if not any(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        pytest.skip("the ALSA plugin for PulseAudio is not installed (apt install libasound2-plugins)")
    socket, alsa = tmp_path / "pulse.socket", tmp_path / "asound.conf"
    alsa.write_text(ALSA_CONFIG)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    monkeypatch.setenv("PULSE_SOURCE", "radio.monitor")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa))
    process = subprocess.Popen(pulseaudio(socket), stderr=subprocess.PIPE)
    wait_until_ready(process)
    yield SoundServer(process, dict(os.environ))
    process.kill()
    process.communicate(timeout=10)


def pulseaudio(socket: Path) -> list[str]:
    """The command of a server with a null sink, that neither daemonizes nor leaves by itself."""
    options = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no")
    sink = "module-null-sink sink_name=radio rate=16000 channels=1"
    door = f"module-native-protocol-unix auth-anonymous=1 socket={socket}"
    return ["pulseaudio", *options, "--log-target=stderr", "--log-level=info", "-L", sink, "-L", door]


def wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    """Read the server's log until it says that it has started."""
    assert process.stderr is not None
    log: list[str] = []
    for line in process.stderr:
        log.append(line.decode(errors="replace"))
        if "startup complete" in log[-1]:
            return
    pytest.fail("pulseaudio did not start:\n" + "".join(log))


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


def test_what_the_driver_or_the_queue_loses_is_counted() -> None:
    """Two seconds may wait; more is dropped and counted, as is what the driver says it dropped."""
    card = PyAudioSource("radio")
    source: AudioSource = card
    overflow, go_on = 2, 0
    heard = card._callback(overflow, go_on)
    for _ in range(100):
        assert heard(b"", 0, {}, 0) == (None, go_on)
    assert source.overruns == 0
    heard(b"", 0, {}, 0)
    assert source.overruns == 1
    card._waiting.get_nowait()
    heard(b"", 0, {}, overflow)
    assert source.overruns == 2


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
