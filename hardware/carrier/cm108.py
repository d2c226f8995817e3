"""A button input of a USB sound adapter (CM108 and kin) as the wire on which a radio tells of a carrier.

The adapter's volume and mute buttons are inputs; where the radio's COS is wired to one, its HID report says
whether there is a carrier. The node is opened for reading only: nothing here can set an output, so nothing
here can key a radio.
"""

import fcntl
import os
import selectors
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from hardware.carrier.hid_nodes import find
from hardware.carrier.line import OnChange, OnLost
from hardware.errors import CarrierError, CarrierLost

Button = Literal["vol_up", "vol_down", "mute_play", "mute_record"]

_BITS: Final[dict[Button, int]] = {"vol_up": 1, "vol_down": 2, "mute_play": 4, "mute_record": 8}
"""Of byte 0 of the input report (C-Media CM108 data sheet, HID_IR0)."""

_REPORT: Final = 64
"""The longest report of a full-speed device; the CM108's has 4 bytes."""
_GET_INPUT: Final = 0xC000_480A | _REPORT << 16
"""HIDIOCGINPUT(64) of linux/hidraw.h, since Linux 5.11."""


def carrier_of(report: bytes, button: Button, *, active_low: bool) -> bool:
    """What an input report, which is not empty, says."""
    return bool(report[0] & _BITS[button]) != active_low


class Cm108Button:
    """A `CarrierLine`. `device` as in `hid_nodes.find`.

    An adapter speaks only when a button changes. Where the kernel cannot ask it how it is at the start, the
    line counts as down until it speaks.
    """

    def __init__(
        self,
        device: str | None = None,
        button: Button = "vol_down",
        *,
        active_low: bool = False,
        clock: Callable[[], float] = time.monotonic,
        system: Path = Path("/sys"),
    ) -> None:
        self._device = device
        self._button: Button = button
        self._active_low = active_low
        self._clock = clock
        self._system = system
        self._wake: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_change: OnChange, on_lost: OnLost) -> None:
        """Open the node and watch; see `CarrierLine`."""
        path = find(self._device, self._system)
        try:
            node = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise CarrierError(
                f"The carrier line on {path} cannot be opened ({error.strerror}); is the adapter plugged in,"
                " and may the box's user read it (group and udev rule)?"
            ) from error
        self._wake = os.pipe()
        self._thread = threading.Thread(
            target=self._run,
            args=(node, self._wake[0], path, on_change, on_lost),
            name=f"carrier[{path.name}]",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop, and free the node; see `CarrierLine`."""
        if self._thread is None or self._thread is threading.current_thread():
            return
        if self._wake is not None:
            os.write(self._wake[1], b"x")
            self._thread.join()
            for end in self._wake:
                os.close(end)
            self._wake = None

    def _run(self, node: int, wake: int, path: Path, on_change: OnChange, on_lost: OnLost) -> None:
        try:
            self._watch(node, wake, on_change)
        except OSError as error:
            on_lost(CarrierLost(f"The carrier line on {path} is gone ({error.strerror}); is it plugged in?"))
        finally:
            os.close(node)

    def _watch(self, node: int, wake: int, on_change: OnChange) -> None:
        """Until woken; raises `OSError` when the node is gone."""
        up = self._at_start(node)
        on_change(up, self._clock())
        with selectors.DefaultSelector() as selector:
            selector.register(node, selectors.EVENT_READ)
            selector.register(wake, selectors.EVENT_READ)
            while not any(key.fd == wake for key, _ in selector.select()):
                now = carrier_of(_read(node), self._button, active_low=self._active_low)
                if now != up:
                    up = now
                    on_change(up, self._clock())

    def _at_start(self, node: int) -> bool:
        report = bytearray(_REPORT)
        with suppress(OSError):  # an older kernel, or an adapter that does not answer
            fcntl.ioctl(node, _GET_INPUT, report)
            # Asked for, a report comes behind its number (Documentation/hid/hidraw.rst); read, it does not.
            return carrier_of(bytes(report[1:]), self._button, active_low=self._active_low)
        return False


def _read(node: int) -> bytes:
    """One report; raises `OSError` when there will be no more."""
    report = os.read(node, _REPORT)
    if not report:
        raise OSError(0, "it was closed from the other side")
    return report
