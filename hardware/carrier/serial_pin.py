"""A modem line of a serial port as the wire on which a radio tells of a carrier: CTS, DSR, DCD or RI.

The port is looked at every 10 ms. The kernel could wake us instead (TIOCMIWAIT), but several USB adapters'
drivers do not implement it, some do not return from it when the adapter is pulled, and a thread inside it
cannot be told to close; 10 ms are short beside the 40 ms a carrier must last, and cost under 1 % of a core.
"""

import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Literal

import serial

from hardware.carrier.line import OnChange, OnLost
from hardware.errors import CarrierError, CarrierLost

Pin = Literal["cts", "dsr", "dcd", "ri"]

_POLL_S: Final = 0.01
_LOOK: Final[dict[Pin, Callable[[serial.Serial], bool]]] = {
    "cts": lambda port: bool(port.cts),
    "dsr": lambda port: bool(port.dsr),
    "dcd": lambda port: bool(port.cd),
    "ri": lambda port: bool(port.ri),
}
_PORT_ERRORS: Final = (OSError, termios.error)
"""pyserial wraps most of what the kernel says, not all of it."""


class SerialPin:
    """A `CarrierLine`. `active_low`: the radio pulls the pin down while it hears a carrier.

    `port` is a device, or a URL of pyserial. It is opened with RTS and DTR low and for this process alone, so
    that neither keys a transmitter; the kernel may still raise both for a moment, which no program prevents.
    """

    def __init__(
        self,
        port: str,
        pin: Pin = "cts",
        *,
        active_low: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = port
        self._pin: Pin = pin
        self._active_low = active_low
        self._clock = clock
        self._closing = threading.Event()
        self._port: serial.Serial | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_change: OnChange, on_lost: OnLost) -> None:
        """Open the port and watch; see `CarrierLine`."""
        port = self._opened()
        try:
            up = self._look(port)
        except _PORT_ERRORS as error:
            port.close()
            raise CarrierError(
                f"{self._name} has no {self._pin.upper()} that can be read; is it a real serial port?"
            ) from error
        self._port = port
        self._thread = threading.Thread(
            target=self._watch,
            args=(port, on_change, on_lost, up),
            name=f"carrier[{self._name}]",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop, and free the port; see `CarrierLine`."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        if self._port is not None:
            with suppress(*_PORT_ERRORS):  # an unplugged port may refuse even this
                self._port.close()

    def _opened(self) -> serial.Serial:
        try:
            port = serial.serial_for_url(self._name, do_not_open=True, exclusive=True)
            # Set before open: afterwards the transmitter would already have been keyed.
            port.rts = False
            port.dtr = False
            port.open()
        except (*_PORT_ERRORS, ValueError) as error:
            raise CarrierError(
                f"The carrier line on {self._name} cannot be opened ({error}); check cable and port."
            ) from error
        return port

    def _look(self, port: serial.Serial) -> bool:
        return _LOOK[self._pin](port) != self._active_low

    def _watch(self, port: serial.Serial, on_change: OnChange, on_lost: OnLost, up: bool) -> None:  # noqa: FBT001 - as `on_change` has it
        on_change(up, self._clock())
        try:
            while not self._closing.wait(_POLL_S):
                now = self._look(port)
                if now != up:
                    up = now
                    on_change(up, self._clock())
        except _PORT_ERRORS as error:
            on_lost(CarrierLost(f"The carrier line on {self._name} is gone ({error}); is it plugged in?"))
