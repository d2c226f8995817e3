"""The capture process as the box sees it: started, listened to with patience, and killed."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Final

from hardware.audio.capture_wire import OPENED, REFUSED, Packet, Unpacker
from hardware.errors import AudioError, AudioLost

_MODULE: Final = "hardware.audio.capture_process"
_OPEN_S: Final = 10.0
"""A sound server that is being started takes some seconds; an ALSA card less than one."""
_DEATH_S: Final = 1.0
"""A killed process is gone within milliseconds, unless the kernel's own driver hangs."""
_READ: Final = 65536


def input_names() -> tuple[str, ...]:
    """The sound inputs of this machine, by the names `Capture` knows them by. Raises `AudioError`."""
    try:
        asked = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", _MODULE, "--list"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_OPEN_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise AudioError(f"the sound library does not answer within {_OPEN_S:g} s") from error
    lines = tuple(asked.stdout.decode(errors="replace").splitlines())
    if asked.returncode:
        raise AudioError(lines[0] if lines else f"the sound library fails (code {asked.returncode})")
    return lines


class Capture:
    """One process that holds the card whose name contains `device`; nothing here waits without a limit.

    `command` is started with the card's name and the wanted rate; tests bring processes that misbehave.
    """

    def __init__(self, device: str, rate: int, command: tuple[str, ...] = ()) -> None:
        self.device = device
        self._unpacker = Unpacker()
        self._early: list[Packet] = []
        # In a group of its own: Ctrl-C at the terminal is for the box, which then ends this in order.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*(command or (sys.executable, "-m", _MODULE)), device, str(rate)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA chatters at every opening
            process_group=0,
        )

    def open(self) -> int:
        """The rate at which the card was opened.

        Raises `AudioError` when it cannot be opened, or is not within ten seconds.
        """
        try:
            first, *self._early = self.packets(_OPEN_S)
        except AudioLost as error:
            raise AudioError(f"{self.device}: the sound card does not open ({error})") from error
        if first.kind == REFUSED:
            raise AudioError(first.payload.decode(errors="replace"))
        if first.kind != OPENED:
            raise AudioError(f"{self.device}: the capture process says what it should not ({first.kind!r})")
        return int.from_bytes(first.payload, "little")

    def packets(self, patience_s: float) -> list[Packet]:
        """The next packets, at least one.

        Raises `AudioLost` when none comes for so long, or the process has ended.
        """
        if self._early:
            early, self._early = self._early, []
            return early
        while select.select([self._stdout], [], [], patience_s)[0]:
            data = os.read(self._stdout, _READ)
            if not data:
                raise AudioLost(f"{self.device}: the capture process {self._end()}; is the card plugged in?")
            if packets := self._unpacker.feed(data):
                return packets
        raise AudioLost(f"{self.device}: no sound for {patience_s:g} s; is it plugged in?")

    def kill(self) -> None:
        """End the process, whatever it is stuck in; `packets`, called in another thread, then raises."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_DEATH_S)

    def free(self) -> None:
        """Close the pipes, when nobody listens to them any more."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def _stdout(self) -> int:
        if self._process.stdout is None:
            raise ValueError("started without a pipe")
        return self._process.stdout.fileno()

    def _end(self) -> str:
        """How the process ended, as a predicate."""
        try:
            code = self._process.wait(_DEATH_S)
        except subprocess.TimeoutExpired:
            return "closed its pipe"
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
