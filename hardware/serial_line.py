"""One serial port, read in a thread of its own, for as long as the box runs.

    port ──SerialLine's thread──▶ LineOpened, LineBytes …, LineLost ──callback──▶ the gateway's loop

The port may be missing, unplugged and plugged in again: the thread keeps trying, more and more slowly. It
raises nothing; faults are events. Opening raises RTS and DTR unless told otherwise, and on such a wire a
radio may hang.
"""

import errno
import termios
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import serial

from hardware.errors import SerialSettingsError

FIRST_RETRY_S = 0.25
LONGEST_RETRY_S = 10.0
WRITE_TIMEOUT_S = 2.0
CLOSE_TIMEOUT_S = 2.0

_DATA_BITS = "78"
_PARITIES = "NEO"
_STOP_BITS = "12"

_PORT_ERRORS = (OSError, termios.error)
"""pyserial wraps most of what the kernel says, not all of it."""


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """How a port is opened. `framing` is data bits, parity (N, E, O) and stop bits, as in `8N1` or `7E1`.

    Raises `SerialSettingsError` for a speed or framing no port has.
    """

    port: str
    baud: int = 9600
    framing: str = "8N1"

    def __post_init__(self) -> None:
        if self.baud not in serial.Serial.BAUDRATES:
            raise SerialSettingsError(
                f"The speed {self.baud} of {self.port} is none a serial port has; 1200 and 9600 are usual."
            )
        bits = zip(self.framing, (_DATA_BITS, _PARITIES, _STOP_BITS), strict=False)
        if len(self.framing) != len("8N1") or not all(bit in allowed for bit, allowed in bits):
            raise SerialSettingsError(
                f"The framing {self.framing!r} of {self.port} is not data, parity and stop bits, as in 8N1."
            )


@dataclass(frozen=True, slots=True)
class LineOpened:
    """The port is open and its input is empty. `opening` counts 1, 2, … over the life of the line."""

    opening: int


@dataclass(frozen=True, slots=True)
class LineBytes:
    """Bytes as they were read, at a time of `time.monotonic`; read sizes mean nothing."""

    data: bytes
    read_at: float
    opening: int


@dataclass(frozen=True, slots=True)
class LineLost:
    """The port broke or cannot be opened; `reason` is a sentence, said once and not at each retry."""

    reason: str


LineEvent = LineOpened | LineBytes | LineLost


class SerialLine:
    """Keeps a port open and hands its events to `on_event`, in order, from the line's own thread.

    `on_event` must not block or raise; `loop.call_soon_threadsafe` is meant. `wait(seconds)` pauses between
    two attempts to open and returns early, or true, when the line is closing; tests bring their own.
    """

    def __init__(
        self,
        settings: SerialSettings,
        on_event: Callable[[LineEvent], None],
        *,
        wait: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._on_event = on_event
        self._clock = clock
        self._closing = threading.Event()
        self._wait = wait or self._closing.wait
        # Guards everything below: the loop's thread writes and closes, the line's thread reads and reopens.
        self._lock = threading.Lock()
        self._port: serial.Serial | None = None
        self._opening = 0
        self._outbox: deque[bytes] = deque()
        name = f"serial[{Path(settings.port).name}]"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start reading."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread is alive; it ends only by `close`."""
        return self._thread.is_alive()

    def write(self, data: bytes, opening: int) -> bool:
        """Hand `data` to the line's thread and return at once; false when `opening` is over.

        A reply belongs to the opening whose bytes it answers: after a replug the panel would take it for the
        answer to another frame.
        """
        with self._lock:
            if self._port is None or opening != self._opening:
                return False
            self._outbox.append(data)
            self._port.cancel_read()
        return True

    def close(self) -> bool:
        """Close the port and end the thread; false when it is still stuck in the driver after 2 s."""
        self._closing.set()
        with self._lock:
            if self._port is not None:
                self._port.cancel_read()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_TIMEOUT_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """Open, serve, and begin again until closed."""
        retry_s = FIRST_RETRY_S
        said = ""
        while not self._closing.is_set():
            try:
                port = self._open()
            except _PORT_ERRORS as error:
                reason = f"The serial port {self._settings.port} cannot be opened: {_advice(error)}"
                retry_s = min(2 * retry_s, LONGEST_RETRY_S)
            else:
                said, reason = "", self._serve(port)
                retry_s = FIRST_RETRY_S
            if reason not in ("", said):
                self._on_event(LineLost(reason))
                said = reason
            self._wait(retry_s)

    def _open(self) -> serial.Serial:
        """Open the port with both control lines low and nothing in its input."""
        settings = self._settings
        bits, parity, stop = tuple(settings.framing)
        port = serial.Serial(
            baudrate=settings.baud,
            bytesize=int(bits),
            parity=parity,
            stopbits=int(stop),
            write_timeout=WRITE_TIMEOUT_S,
            exclusive=True,
        )
        port.port = settings.port
        # Set before open: afterwards the transmitter would already have been keyed.
        port.rts = False
        port.dtr = False
        # Throws away what came in before: half a frame from then must not meet half of one from now.
        port.open()
        return port

    def _serve(self, port: serial.Serial) -> str:
        """Read and write until the port breaks, and return why; empty when the line was closed instead."""
        with self._lock:
            self._port = port
            self._opening += 1
            self._outbox.clear()
        self._on_event(LineOpened(self._opening))
        try:
            self._exchange(port)
        except _PORT_ERRORS as error:
            return f"The serial line {self._settings.port} broke; check cable and adapter ({error})."
        finally:
            self._retire(port)
        return ""

    def _exchange(self, port: serial.Serial) -> None:
        """Pass bytes both ways. A write, and closing, wake the read."""
        while not self._closing.is_set():
            while self._outbox:
                port.write(self._outbox.popleft())
            data = port.read(1)
            if data:
                data += port.read(port.in_waiting)
                self._on_event(LineBytes(data, self._clock(), self._opening))

    def _retire(self, port: serial.Serial) -> None:
        """Take the port away from writers first: a closed one has no pipe to wake."""
        with self._lock:
            self._port = None
        with suppress(*_PORT_ERRORS):  # an unplugged port may refuse even this
            port.close()


def _advice(error: Exception) -> str:
    """Say what to do about the usual reasons a port does not open."""
    number = (isinstance(error, OSError) and error.errno) or 0
    return {
        errno.ENOENT: "it is not there; check cable, adapter and the port's name.",
        errno.EACCES: "permission is denied; add the box's user to the group dialout.",
        errno.EBUSY: "another program has it; ModemManager and brltty are usual.",
        errno.EWOULDBLOCK: "another program has it; ModemManager and brltty are usual.",
    }.get(number, f"{error}.")
