"""A wire with a speed and a parity: read as it was sent it is the same, else it is junk of the right kind."""

import os
import random
import termios

import pytest

from hardware.line_mode import Framing, LineMode
from hardware.simulators.uart import UartTerminal, as_read

TEXT = b"5011 181234E13001001\x14"


@pytest.mark.parametrize("baud", [300, 9600, 115200])
def test_a_port_in_the_lines_own_mode_reads_what_was_sent(baud: int) -> None:
    """Any byte passes whole at the same speed with 8 bits and no parity."""
    data = random.Random(7).randbytes(300)
    assert as_read(data, LineMode(baud), baud) == data


@pytest.mark.parametrize(("framing", "odd"), [("7E1", 0), ("7O1", 1)])
def test_parity_arrives_as_bit_7(framing: Framing, odd: int) -> None:
    """Read with 8 bits, every byte has the parity it was sent with, and its 7 bits."""
    heard = as_read(TEXT, LineMode(1200, framing), 1200)
    assert bytes(byte & 0x7F for byte in heard) == TEXT
    assert {byte.bit_count() % 2 for byte in heard} == {odd}


@pytest.mark.parametrize("read_at", [300, 1200, 4800, 19200, 115200])
def test_another_speed_reads_junk(read_at: int) -> None:
    """Nothing of the text is left, slower or faster."""
    heard = as_read(TEXT * 5, LineMode(9600), read_at)
    assert TEXT not in heard
    assert b"1234" not in heard


def test_nothing_sent_is_nothing_read() -> None:
    """An idle wire has no edges."""
    assert as_read(b"", LineMode(9600), 300) == b""


def test_a_terminals_port_reads_by_the_speed_it_is_set_to() -> None:
    """The port's own settings decide: right ones give the text, wrong ones junk."""
    with UartTerminal(LineMode(1200)) as panel:
        port = os.open(panel.path, os.O_RDWR | os.O_NOCTTY)
        try:
            for speed, same in ((termios.B1200, True), (termios.B9600, False)):
                _set_speed(port, speed)
                panel.write(TEXT)
                assert (os.read(port, 1000) == TEXT) is same
        finally:
            os.close(port)


def _set_speed(port: int, speed: int) -> None:
    settings = termios.tcgetattr(port)
    settings[4] = settings[5] = speed
    termios.tcsetattr(port, termios.TCSANOW, settings)
