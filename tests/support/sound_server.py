"""A PulseAudio of a test's own, whose null sink is the sound card: what is played into it is heard on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_ALSA_CONFIG = """
pcm.radio { type pulse }
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
"""PortAudio aborts its process when ALSA knows fewer than two devices."""


def what_is_missing() -> str | None:
    """What must be installed before there can be a sound server, as a sentence; None when all is there."""
    for program in ("pulseaudio", "paplay", "pacat"):
        if shutil.which(program) is None:
            return f"{program} is not installed (apt install pulseaudio pulseaudio-utils)"
    if not any(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        return "the ALSA plugin for PulseAudio is not installed (apt install libasound2-plugins)"
    return None


class SoundServer:
    """One sink named `radio`, on a socket in `folder`; it can be taken away and brought back.

    `environment` is what a process needs to see it, as the input `radio`, and nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "pulse.socket"
        self._process: subprocess.Popen[bytes] | None = None
        config = folder / "asound.conf"
        config.write_text(_ALSA_CONFIG)
        self.environment: Mapping[str, str] = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_SOURCE": "radio.monitor",
            "ALSA_CONFIG_PATH": str(config),
        }

    def start(self) -> None:
        """Returns once it serves. It neither daemonizes nor leaves by itself."""
        options = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no")
        sink = "module-null-sink sink_name=radio rate=16000 channels=1"
        door = f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}"
        self._process = subprocess.Popen(
            ["pulseaudio", *options, "--log-target=stderr", "--log-level=info", "-L", sink, "-L", door],
            stderr=subprocess.PIPE,
            env=os.environ | self.environment,
        )
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        """Take the card away."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=10)
            self._process = None

    def play(self, path: Path) -> None:
        """Play a file into the sink, to its end."""
        command = ["paplay", "--device=radio", str(path)]
        subprocess.run(command, env=os.environ | self.environment, check=True, timeout=30)

    def player(self) -> "subprocess.Popen[bytes]":
        """A process that plays the samples (16 kHz, mono, s16le) written to its standard input."""
        form = ("--raw", "--rate=16000", "--channels=1", "--format=s16le", "--latency-msec=200")
        return subprocess.Popen(
            ["pacat", "--playback", "--device=radio", *form],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | self.environment,
        )

    @staticmethod
    def _wait_until_ready(process: "subprocess.Popen[bytes]") -> None:
        if process.stderr is None:
            raise ValueError("started without a pipe")
        log: list[str] = []
        for line in process.stderr:
            log.append(line.decode(errors="replace"))
            if "startup complete" in log[-1]:
                return
        raise RuntimeError("pulseaudio did not start:\n" + "".join(log))


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Runs within the block, with its files in `folder`."""
    server = SoundServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
