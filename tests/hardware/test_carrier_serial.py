"""A modem line as carrier line, on pyserial's loop port: RTS there comes back as CTS, DTR as DSR."""

import os
import queue
import time
from collections.abc import Iterator
from typing import Any

import pytest
import serial

from hardware.carrier.line import CarrierLine
from hardware.carrier.serial_pin import Pin, SerialPin
from hardware.errors import CarrierError, CarrierLost, HardwareError

Changes = queue.Queue[tuple[bool, float]]


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The ports opened in this test, as pyserial made them."""
    opened: list[Any] = []
    real = serial.serial_for_url

    def remembered(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as pyserial has it
        opened.append(real(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(serial, "serial_for_url", remembered)
    yield opened
    for port in opened:
        port.close()


def watching(line: CarrierLine) -> tuple[Changes, "queue.Queue[HardwareError]"]:
    """Start a line and collect what it says."""
    changes: Changes = queue.Queue()
    lost: queue.Queue[HardwareError] = queue.Queue()
    line.start(lambda up, at: changes.put((up, at)), lost.put)
    return changes, lost


@pytest.mark.parametrize(("pin", "wire"), [("cts", "rts"), ("dsr", "dtr")])
def test_opening_keys_nothing_and_every_change_is_told(loop: list[Any], pin: Pin, wire: str) -> None:
    """RTS and DTR are low from the first look on; each change of the pin comes once, with its time."""
    line = SerialPin("loop://", pin)
    changes, lost = watching(line)
    before = time.monotonic()
    assert changes.get(timeout=5)[0] is False
    for up in (True, False):
        setattr(loop[0], wire, up)
        told, at = changes.get(timeout=5)
        assert (told, before <= at <= time.monotonic()) == (up, True)
    line.close()
    line.close()
    assert changes.empty()
    assert lost.empty()


def test_a_radio_may_pull_its_pin_down(loop: list[Any]) -> None:
    """Active low: a pin at rest is a carrier, a pulled one is none; DCD is up on a loop."""
    low = SerialPin("loop://", "cts", active_low=True)
    changes, _ = watching(low)
    assert changes.get(timeout=5)[0] is True
    loop[0].rts = True
    assert changes.get(timeout=5)[0] is False
    low.close()
    high = SerialPin("loop://", "dcd")
    changes, _ = watching(high)
    assert changes.get(timeout=5)[0] is True
    high.close()


def test_a_port_that_goes_away_is_told_once(loop: list[Any]) -> None:
    """A port closed under the line stands for an adapter pulled: one `CarrierLost`, and no more changes."""
    line = SerialPin("loop://")
    changes, lost = watching(line)
    changes.get(timeout=5)
    loop[0].close()
    assert isinstance(lost.get(timeout=5), CarrierLost)
    line.close()
    assert lost.empty()


def test_a_port_without_modem_lines_is_refused_in_one_sentence() -> None:
    """A pseudo-terminal has no CTS, a missing port is not there: both are said at once, with the name."""
    master, slave = os.openpty()
    try:
        with pytest.raises(CarrierError, match=r"has no CTS that can be read"):
            SerialPin(os.ttyname(slave)).start(lambda _up, _at: None, lambda _: None)
    finally:
        os.close(master)
        os.close(slave)
    with pytest.raises(CarrierError, match=r"/dev/no-such-port cannot be opened"):
        SerialPin("/dev/no-such-port").start(lambda _up, _at: None, lambda _: None)
