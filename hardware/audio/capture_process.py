"""The process that holds a sound card: `python -m hardware.audio.capture_process DEVICE RATE` (or `--list`).

    PortAudio's thread ─▶ a packet ─▶ standard output, a pipe that never makes us wait ─▶ the box

It owns nothing but the card, so it is ended without asking: by SIGKILL when it gives no sound, or by the
kernel when the box closes its end of standard input, whatever PortAudio is stuck in. It closes nothing
itself, because closing is one of the calls that may never return.
"""

import fcntl
import os
import select
import signal
import sys
import time
from typing import Final, NoReturn

from hardware.audio.capture_wire import OPENED, REFUSED, SOUND, Packet, packed
from hardware.audio.portaudio import input_names, open_input
from hardware.errors import AudioError

_STDIN: Final = 0
_STDOUT: Final = 1
_PIPE_BYTES: Final = 256 * 1024
"""Eight seconds at 16 kHz: so long may the box be busy before sound is lost."""
_BYTES_A_SAMPLE: Final = 2


class Outlet:
    """Writes packets to a pipe; what finds no room is dropped and counted."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._overflows = 0
        self._dropped = 0
        os.set_blocking(pipe, False)

    def opened(self, rate: int) -> None:
        """The card is open."""
        self._write(OPENED, rate.to_bytes(4, "little"))

    def refused(self, why: str) -> None:
        """The card cannot be used."""
        self._write(REFUSED, why.encode())

    def sound(self, data: bytes, lost: bool) -> None:  # noqa: FBT001 - as `OnSound` has it
        """The next samples; called by PortAudio."""
        self._overflows += lost
        if not self._write(SOUND, data):
            self._dropped += len(data) // _BYTES_A_SAMPLE

    def _write(self, kind: bytes, payload: bytes) -> bool:
        packet = Packet(kind, payload, time.monotonic(), self._overflows, self._dropped)
        try:
            os.write(self._pipe, packed(packet))
        except BlockingIOError:
            return False
        return True


def _end_with_parent() -> None:
    """Let the kernel end us when the other end of standard input closes.

    SIGIO ends a process that does not handle it, and it needs neither a thread of ours nor Python's lock.
    """
    fcntl.fcntl(_STDIN, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(_STDIN, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    waiting = select.poll()
    waiting.register(_STDIN, 0)
    if waiting.poll(0):  # it closed before we said so
        os._exit(0)


def main(device: str, rate: int) -> None:
    """Say what is heard, until killed."""
    # Asked to stop with the whole box (Ctrl-C, systemd) we must not look like a lost card: the box ends us.
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)
    _end_with_parent()
    fcntl.fcntl(_STDOUT, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    outlet = Outlet(_STDOUT)
    try:
        kept = open_input(device, rate, outlet.opened, outlet.sound)
    except AudioError as error:
        outlet.refused(str(error))
        os._exit(1)
    while kept:
        signal.pause()


def list_inputs() -> NoReturn:
    """Print the names of the inputs, one a line, or why there are none to be had, with exit code 1."""
    try:
        said, code = "".join(f"{name}\n" for name in input_names()), 0
    except AudioError as error:
        said, code = f"{error}\n", 1
    os.write(_STDOUT, said.encode())
    os._exit(code)


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        list_inputs()
    main(sys.argv[1], int(sys.argv[2]))
