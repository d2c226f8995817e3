"""Which protocol and framing bytes tell of: each by its own traffic, and how sure one may be of little."""

import random
from itertools import product

import pytest

from hardware.line_guess import CERTAIN, Guess, guesses
from hardware.line_mode import LineMode, framings_of
from hardware.panels.nx584 import encode as nx584
from hardware.panels.radionics6500 import encode as radionics6500
from hardware.panels.surgard import encode as surgard
from hardware.simulators.uart import as_read
from tongpin.line.example_traffic import HEARTBEATS, PROTOCOLS, event

MODES = (LineMode(9600), LineMode(1200, "7E1"), LineMode(2400, "7O1"))
SPEEDS = (300, 600, 1200, 2400, 4800, 19200, 38400, 57600, 115200)


def traffic(protocol: str, events: int = 8) -> bytes:
    """A heartbeat, where there is one, and some events."""
    return HEARTBEATS.get(protocol, b"") + b"".join(event(protocol, n) for n in range(events))


def best(data: bytes, baud: int = 9600) -> Guess:
    """The surest guess."""
    return guesses(data, baud)[0]


@pytest.mark.parametrize(("protocol", "mode"), [*product(PROTOCOLS, MODES)])
def test_a_protocol_is_known_by_its_traffic_in_any_framing(protocol: str, mode: LineMode) -> None:
    """Heartbeats and a few events leave no doubt, although the port reads 8N1."""
    found = best(as_read(traffic(protocol), mode, mode.baud), mode.baud)
    assert (found.protocol, found.mode) == (protocol, mode)
    assert found.sure >= CERTAIN


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_other_protocol_is_nearly_as_sure(protocol: str) -> None:
    """Confusable pairs stand well apart: nobody has to toss a coin."""
    first, *others = guesses(traffic(protocol), 9600)
    assert all(other.sure < 2 / 3 * first.sure for other in others)


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_junk_of_a_wrong_speed_is_no_protocol(protocol: str) -> None:
    """What 9600 looks like at any other speed is never believed."""
    heard = (as_read(traffic(protocol), LineMode(9600), speed) for speed in SPEEDS)
    assert max((guess.sure for data in heard for guess in guesses(data, 1200)), default=0.0) < 0.5


def test_a_d6600_that_speaks_only_sia_is_not_a_sur_gard() -> None:
    """Its blocks differ from a Sur-Gard's by one byte in front, which may also be padding."""
    data = b"".join(radionics6500.sia_frame("1234", f"ri1/BA{zone:02}") for zone in range(5))
    found = best(data)
    assert found.protocol == "radionics6500"
    assert found.sure >= CERTAIN


def test_a_sur_gard_that_speaks_only_sia_is_one() -> None:
    """The same blocks without that byte: a D6600's reader understands them too, and is not believed."""
    first, second = guesses(b"".join(surgard.sia_frame("1234", f"ri1/BA{n:02}") for n in range(5)), 9600)
    assert (first.protocol, second.protocol) == ("surgard", "radionics6500")
    assert second.sure < 2 / 3 * first.sure


def test_binary_is_not_taken_for_parity() -> None:
    """An NX module in binary mode has bytes above 7F that follow no parity, and is read as it is."""
    data = b"".join(nx584.frame(nx584.zone_status(zone, 1), "binary") for zone in range(1, 6))
    assert framings_of(data) == ("8N1",)
    assert best(data).protocol == "nx584"


def test_a_click_on_the_line_does_not_hide_the_parity() -> None:
    """One spoilt byte in a hundred: the framing is still seen, and one frame less is read."""
    heard = bytearray(as_read(traffic("surgard", 20), LineMode(9600, "7E1"), 9600))
    heard[100] ^= 0x10
    found = best(bytes(heard))
    assert (found.protocol, found.mode) == ("surgard", LineMode(9600, "7E1"))
    assert found.sure >= CERTAIN


def test_few_frames_are_less_sure() -> None:
    """One frame may be chance, and the guess says so; every further one adds to it."""
    sure = [best(traffic("surgard", events)).sure for events in (0, 1, 2)]
    assert sure == sorted(set(sure))
    assert sure[0] < 0.7


def test_half_junk_is_half_as_sure() -> None:
    """The share of bytes that the protocol explains bounds how sure it can be."""
    frames = traffic("surgard", 10)
    assert 0.3 < best(frames + random.Random(3).randbytes(len(frames))).sure < 0.7


def test_nothing_is_no_guess() -> None:
    """Silence and noise are nobody's protocol."""
    assert guesses(b"", 9600) == ()
    assert max((guess.sure for guess in guesses(random.Random(5).randbytes(4096), 9600)), default=0.0) < 0.1
