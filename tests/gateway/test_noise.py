"""What a line's junk looks like, judged from what a real codec made of it."""

import random

import pytest

from gateway.line.noise import NoiseMeter, Verdict
from gateway.line.supervision import Change, Watch
from hardware.line_mode import Framing, LineMode
from hardware.panels.nx584 import encode as nx584
from hardware.panels.registry import codec
from hardware.panels.surgard import encode as surgard
from hardware.simulators.uart import as_read

FRAMES = b"".join(surgard.contact_id_frame("1234", "new", "130", "01", f"{zone:03}") for zone in range(20))


def metered(data: bytes, protocol: str = "surgard") -> NoiseMeter:
    """A minute's meter that was told of everything in `data`."""
    meter = NoiseMeter(since=0).fed(data)
    reader = codec(protocol)
    for run in (*reader.feed(data), *reader.flush()):
        meter = meter.told(run.records)
    return meter


def verdict_on(data: bytes, protocol: str = "surgard") -> str:
    """What is said after a minute of `data`; empty is that all is well."""
    _, verdict = metered(data, protocol).turned(61)
    assert verdict is not None
    return verdict.fault


@pytest.mark.parametrize(("framing", "hint"), [("7E1", "a 7E1 line read as 8N1?"), ("7O1", "a 7O1 line")])
def test_a_wrong_parity_is_named(framing: Framing, hint: str) -> None:
    """The parity that arrives as bit 7 says which framing the receiver is set to."""
    assert hint in verdict_on(as_read(FRAMES, LineMode(9600, framing), 9600))


def test_a_wrong_speed_is_a_fault_with_a_hint() -> None:
    """Junk of no parity says to look at parity and speed."""
    assert "parity and speed" in verdict_on(random.Random(1).randbytes(500))


def test_another_protocol_is_a_fault_though_every_byte_is_text() -> None:
    """Bytes that look well and are no frames point at protocol and header, and at the tool that tells."""
    assert "tongpin line guess" in verdict_on(FRAMES, "radionics6500")


def test_a_break_on_the_wire_is_a_fault_of_its_own() -> None:
    """A codec drops NULs as separators; here they are counted all the same."""
    meter = metered(FRAMES[:21] + bytes(200))
    assert meter.nuls == 200
    _, verdict = meter.turned(61)
    assert verdict is not None
    assert verdict.fault.startswith("200 of 221 bytes in a minute are no frame; most are NUL")


@pytest.mark.parametrize(
    ("protocol", "data"),
    [
        ("surgard", FRAMES),
        ("surgard", "S011[#1234|Nri1/BA02^大门有人闯入^]".encode("gbk") + surgard.DC4),
        ("nx584", nx584.frame(nx584.zone_status(3, 1), "binary") * 5),
        ("surgard", FRAMES + b"4011 caller 5551234\x14" * 3),
    ],
    ids=["frames", "Chinese text", "binary", "a few frames nobody reads"],
)
def test_what_frames_explain_is_no_noise(protocol: str, data: bytes) -> None:
    """Bit 7 within a frame is the panel's own, and an unreadable frame now and then is no bad line."""
    assert verdict_on(data, protocol) == ""


def test_a_clean_minute_ends_the_fault_and_it_is_said_once() -> None:
    """One alarm while the line is noisy, one restore when it is not."""
    watch, change = Watch(heard_at=0).noise(Verdict("junk"))
    watch, again = watch.noise(Verdict("junk"))
    watch, unknown = watch.noise(None)
    watch, restored = watch.noise(Verdict())

    assert change == Change("line_fault", "noise", "junk")
    assert (again, unknown) == (None, None)
    assert restored == Change("line_restored", "noise")


def test_a_minute_with_hardly_a_byte_says_nothing() -> None:
    """A handful of bytes is no evidence either way, and no verdict comes before its time."""
    assert metered(b"\xff").turned(61) == (NoiseMeter(since=61), None)
    meter = metered(FRAMES)
    assert meter.turned(59) == (meter, None)
