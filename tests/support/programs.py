"""Box and centre as the field runs them: real processes with settings files, to be killed and started."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from intake.site import example_site_path, load_site

CHANNEL = "channel-1"

_STOP_S = 15.0
_LOOK_S = 0.05

_CENTRE = """\
[centre]
site_file = "{site}"
journal = "{folder}/journal.db"
recordings = "{folder}/recordings"
[broker]
port = {broker}
[speech]
language = "{language}"
models = "{folder}/no-models"
"""
"""Chinese without a model: overs are kept and listed, and no time is spent on recognising them. Moonshine
hears English."""

_BOX = """\
[gateway]
site = "{site}"
id = "box-1"
spool = "{folder}/spool.db"
disk_reserve_mb = 0
[broker]
port = {broker}
"""

_LINE = """\
[[line]]
id = "alarms-{number}"
port = "{port}"
heartbeat_s = {heartbeat_s}
ack_within_s = {ack_within_s}
"""

_CHANNEL = """\
[[channel]]
id = "{id}"
source = {{ kind = "file", path = "{path}", speed = 2 }}
"""


class Program:
    """`tongpin …` as a process; its log outlives its deaths."""

    def __init__(self, log: Path, *arguments: str) -> None:
        self._log = log
        self._command = [sys.executable, "-m", "tongpin", *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._born = 0
        """Where in the log this life begins."""
        log.touch()

    def start(self) -> None:
        """Returns at once; it comes up in its own time."""
        with self._log.open("ab") as log:
            self._born = log.tell()
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def kill9(self) -> None:
        """What a power cut does to it. Raises `AssertionError` when it had already gone by itself."""
        assert self.running, f"{self} ended by itself:\n{self.log[-2000:]}"
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """What systemd does to it; raises `TimeoutExpired` when it does not end in order."""
        if self.running:
            self._end(signal.SIGTERM)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def __str__(self) -> str:
        return " ".join(self._command[1:])

    @property
    def running(self) -> bool:
        """Whether it is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """All its lives have said so far."""
        return self._log.read_text(errors="replace")

    @property
    def life(self) -> str:
        """What it has said since it was last started."""
        return self._log.read_bytes()[self._born :].decode(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(_STOP_S)
        finally:
            self._process.kill()
            self._process.wait()


def centre(folder: Path, broker: int, language: str = "zh") -> Program:
    """A centre of the example site that keeps everything in `folder`."""
    settings = folder / "intake.toml"
    site = example_site_path()
    settings.write_text(_CENTRE.format(site=site, folder=folder, broker=broker, language=language))
    return Program(folder / "centre.log", "intake", "--config", str(settings))


def box(
    folder: Path, broker: int, ports: Sequence[Path], *, scale: float, talk: Path | None = None
) -> Program:
    """A box that keeps everything in `folder`, with a line for each port and a channel that hears `talk`.

    The receivers behind the ports are `scale` times as slow as real ones; the talk runs at double speed.
    """
    site = load_site(example_site_path()).id
    tables = [_BOX.format(site=site, folder=folder, broker=broker)]
    for number, port in enumerate(ports, 1):
        timing = {"heartbeat_s": 30 * scale, "ack_within_s": 3 * scale}
        tables.append(_LINE.format(number=number, port=port, **timing))
    if talk is not None:
        tables.append(_CHANNEL.format(id=CHANNEL, path=talk))
    settings = folder / "gateway.toml"
    settings.write_text("".join(tables))
    return Program(folder / "box.log", "gateway", "--config", str(settings))


def comes_true(what: Callable[[], bool], within_s: float) -> bool:
    """Look until it is so, or time is up: another process has no event to wait for."""
    until = time.monotonic() + within_s
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_S)
    return True
