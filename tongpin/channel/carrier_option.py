"""A carrier line as it is typed: `cts@/dev/ttyUSB0`, `vol_down@1-2`, with a `!` in front for active low."""

from typing import get_args

from hardware.carrier.cm108 import Button, Cm108Button
from hardware.carrier.line import CarrierLine
from hardware.carrier.serial_pin import Pin, SerialPin
from tongpin.errors import WrongCarrier

_PINS: tuple[Pin, ...] = get_args(Pin)
_BUTTONS: tuple[Button, ...] = get_args(Button)


def carrier_line(typed: str) -> CarrierLine:
    """The line that is meant. Raises `WrongCarrier` with how it is written."""
    wire, _, device = typed.removeprefix("!").partition("@")
    active_low = typed.startswith("!")
    for pin in _PINS:
        if wire == pin and device:
            return SerialPin(device, pin, active_low=active_low)
    for button in _BUTTONS:
        if wire == button:
            return Cm108Button(device or None, button, active_low=active_low)
    raise WrongCarrier(
        f"{typed}: a carrier line is {'|'.join(_PINS)} of a serial port, as in cts@/dev/ttyUSB0, or"
        f" {'|'.join(_BUTTONS)} of a USB sound adapter, as in vol_down@1-2; ! in front means active low"
    )
