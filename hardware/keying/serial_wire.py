"""RTS or DTR of a serial port as the wire that keys a transmitter."""

import termios
from contextlib import suppress
from typing import Final, Literal

import serial

from hardware.errors import KeyingError

Wire = Literal["rts", "dtr"]

_PORT_ERRORS: Final = (OSError, termios.error)


class SerialWire:
    """Opened with both wires low, for this process alone, and kept open: every opening may pulse them.

    The kernel raises both for a moment at each opening, before any program can say no. A radio wired so that
    it keys on DTR without RTS, or behind a delay of 50 to 100 ms, does not notice. Raises `KeyingError`.
    """

    def __init__(self, port: str, wire: Wire) -> None:
        self._name = port
        self._wire = wire
        try:
            self._port = serial.serial_for_url(port, do_not_open=True, exclusive=True)
            # Set before open: afterwards the transmitter would already have been keyed.
            self._port.rts = False
            self._port.dtr = False
            self._port.open()
        except (*_PORT_ERRORS, ValueError) as error:
            raise KeyingError(
                f"the port that keys, {port}, cannot be opened ({error}); check cable and port"
            ) from error

    def set(self, *, keyed: bool) -> None:
        """Key, or let go."""
        try:
            setattr(self._port, self._wire, keyed)
        except _PORT_ERRORS as error:
            raise KeyingError(
                f"{self._name} cannot switch its {self._wire.upper()} ({error}); is it a real serial port?"
            ) from error

    def close(self) -> None:
        """Let go, and free the port; the kernel drops both wires as well."""
        with suppress(KeyingError):
            self.set(keyed=False)
        with suppress(*_PORT_ERRORS):
            self._port.close()
