"""The process that holds a keying wire, with a port that notes in a file what its wires do.

`python -m tests.support.noted_wire FILE WIRE`: FILE gets a line for each change, as in `1234.5 rts 1`. A
pseudo-terminal has no modem lines, so there is no port behind it.
"""

import sys
import time
from pathlib import Path

import serial

from hardware.keying import guard_process


class NotedPort:
    """As much of a port as keys a radio."""

    def __init__(self, file: str) -> None:
        self._file = Path(file)
        self._wires = {"rts": True, "dtr": True}

    def open(self) -> None:
        """Note how the wires stand, as the kernel is then told."""
        self._note("open " + " ".join(f"{name}={up:d}" for name, up in self._wires.items()))

    def close(self) -> None:
        """The kernel drops both."""
        self._note("close")

    @property
    def rts(self) -> bool:
        """Request to send."""
        return self._wires["rts"]

    @rts.setter
    def rts(self, up: bool) -> None:
        self._set("rts", up)

    @property
    def dtr(self) -> bool:
        """Data terminal ready."""
        return self._wires["dtr"]

    @dtr.setter
    def dtr(self, up: bool) -> None:
        self._set("dtr", up)

    def _set(self, name: str, up: bool) -> None:  # noqa: FBT001 - a property gives it so
        self._wires[name] = up
        self._note(f"{name} {up:d}")

    def _note(self, what: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{time.monotonic()} {what}\n")


def _noted(file: str, **_: object) -> NotedPort:
    return NotedPort(file)


if __name__ == "__main__":
    setattr(serial, "serial_for_url", _noted)  # noqa: B010 - mypy knows its true type
    guard_process.main(sys.argv[1], sys.argv[2])
