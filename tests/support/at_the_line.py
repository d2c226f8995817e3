"""What a technician has at hand: a settings file, the command line, and somebody who speaks on a port."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.line_mode import LineMode
from hardware.simulators.uart import UartTerminal
from tongpin.line.example_traffic import HEARTBEATS, event

PAUSE_S = 0.02
"""Between two frames of somebody in a hurry."""


def settings(folder: Path, port: Path, protocol: str = "surgard") -> Path:
    """A box's settings with the line `alarms-1`."""
    file = folder / "gateway.toml"
    text = f'[gateway]\nsite = "example"\nid = "box-1"\nspool = "{folder}/spool.db"\n'
    line = f'[[line]]\nid = "alarms-1"\nport = "{port}"\nprotocol = "{protocol}"\n'
    file.write_text(text + line, encoding="utf-8")
    return file


def tongpin(*arguments: object) -> "subprocess.Popen[str]":
    """The command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tongpin", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def speaking(protocol: str, mode: LineMode) -> Iterator[Path]:
    """The port of a line in `mode` on which `protocol` is spoken without a pause, within the block."""
    with UartTerminal(mode) as panel, doing(lambda over: _speak(panel, protocol, over)):
        yield panel.path


@contextmanager
def doing(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """`work` runs in a thread within the block; it ends when its event is set."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over,), name="somebody at work")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _speak(panel: UartTerminal, protocol: str, over: threading.Event) -> None:
    said = 0
    while not over.wait(PAUSE_S):
        panel.write(HEARTBEATS.get(protocol, b"") if said % 4 == 0 else event(protocol, said))
        said += 1
