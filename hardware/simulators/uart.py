"""What a port reads when its speed or parity is not the line's: characters as bits on a wire.

A pseudo-terminal passes bytes whatever the settings; this puts the wire in between. Pure.
"""

import termios
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Final

from hardware.line_mode import USUAL_BAUDS, Framing, LineMode
from hardware.simulators.pseudo_terminal import PseudoTerminal

_IDLE: Final = 1
_DATA_BITS: Final = 8
_PAUSE_BITS: Final = 20
"""Behind what is sent, in bit times: a slow port still samples when the line is idle again."""

_BAUDS: Final = {getattr(termios, f"B{baud}"): baud for baud in USUAL_BAUDS}
"""How the kernel numbers the speeds."""


def as_read(data: bytes, sent: LineMode, read_baud: int) -> bytes:
    """What a port opened at `read_baud` 8N1 makes of `data` sent in the mode `sent`, with a pause behind."""
    wire = list(_wire(data, sent.framing))
    return bytes(_sampled(wire, sent.baud / read_baud))


def _wire(data: bytes, framing: Framing) -> Iterator[int]:
    """One item a bit time: start 0, data from the lowest bit, parity, stop 1, and a pause at the end."""
    for byte in data:
        yield 0
        if framing == "8N1":
            yield from ((byte >> bit) & 1 for bit in range(_DATA_BITS))
        else:
            odd = (byte & 0x7F).bit_count() % 2
            yield from ((byte >> bit) & 1 for bit in range(_DATA_BITS - 1))
            yield odd if framing == "7E1" else 1 - odd
        yield 1
    yield from (_IDLE,) * _PAUSE_BITS


def _sampled(wire: list[int], step: float) -> Iterator[int]:
    """A receiver: wait for a start bit, sample each bit in its middle, drop what has no stop bit."""
    at = 0.0
    while (start := _falling(wire, at)) is not None:
        middle = [int(start + step * (bit + 1.5)) for bit in range(_DATA_BITS + 1)]
        if middle[-1] >= len(wire):
            return
        *bits, stop = (wire[place] for place in middle)
        if stop:
            yield sum(bit << place for place, bit in enumerate(bits))
        at = start + step * (_DATA_BITS + 1.5)


def _falling(wire: list[int], at: float) -> int | None:
    """The next edge from 1 to 0 at or after `at`; a start bit begins with one."""
    before = (_IDLE, *wire)
    return next((place for place in range(ceil(at), len(wire)) if before[place] > wire[place]), None)


class UartTerminal(PseudoTerminal):
    """A pseudo-terminal whose line runs in one mode: who opens it at another speed reads junk."""

    def __init__(self, mode: LineMode, link: Path | None = None) -> None:
        super().__init__(link)
        self._mode = mode

    def write(self, data: bytes) -> None:
        """Put bytes on the wire, as the port's present speed reads them."""
        *_, speed, _ = termios.tcgetattr(self.fd)
        super().write(as_read(data, self._mode, _BAUDS.get(speed, self._mode.baud)))
