"""The process that holds the wire: `python -m hardware.keying.guard_process PORT WIRE`.

    the box ─▶ K, K, K … (every 250 ms while it speaks), or U ─▶ standard input ─▶ the wire

It lets go when told, when the beats stop, after a minute, when standard input closes (the box is gone,
whatever killed it) and on every signal that can be caught; one that cannot closes the port, which drops the
wire too.
What it did it says on standard output: `ready`, `keyed`, `free`, or `failed` and why.
"""

import os
import select
import signal
import sys
import time
from typing import Final, NoReturn

from hardware.errors import KeyingError
from hardware.keying.guard import Guard
from hardware.keying.serial_wire import SerialWire, Wire

_STDIN: Final = 0
_STDOUT: Final = 1
_WIRES: Final[dict[str, Wire]] = {"rts": "rts", "dtr": "dtr"}


def _say(line: str) -> None:
    os.write(_STDOUT, f"{line}\n".encode())


def _leave(*_: object) -> NoReturn:
    sys.exit(0)


def _heard(guard: Guard, timeout: float | None) -> Guard | None:
    """The guard after what came, or after nothing came for so long; None when the box is gone."""
    if not select.select([_STDIN], [], [], timeout)[0]:
        return guard.passed(time.monotonic())
    data = os.read(_STDIN, 4096)
    # Beats that waited while this process did not run say nothing about now: the last word counts.
    guard = guard.passed(time.monotonic())
    for word in data.decode(errors="replace"):
        guard = guard.beaten(time.monotonic()) if word == "K" else Guard()
    return guard if data else None


def _watch(wire: SerialWire) -> None:
    """Until the box is gone."""
    guard = Guard()
    while True:
        timeout = None if guard.until is None else max(0.0, guard.until - time.monotonic())
        after = _heard(guard, timeout)
        if after is None:
            return
        if after.keyed != guard.keyed:
            wire.set(keyed=after.keyed)
            _say("keyed" if after.keyed else "free")
        guard = after


def main(port: str, wire: str) -> None:
    """Hold the wire until the box is gone."""
    for ends in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ends, _leave)
    try:
        held = SerialWire(port, _WIRES[wire])
        try:
            _say("ready")
            _watch(held)
        finally:
            held.close()
    except KeyingError as error:
        _say(f"failed {error}")
        sys.exit(1)
    except BrokenPipeError:
        return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
