"""Runs: what comes out together, and how many answers go back."""

import pytest

from hardware.panels.frame import ACK, Run
from hardware.panels.registry import codec
from hardware.panels.surgard.encode import heartbeat_frame, sia_frame

ALARM = b"5011 181234E13001003"


def test_one_terminated_frame_is_one_run_with_one_reply() -> None:
    """The ordinary case: a frame, its record, its ACK."""
    (run,) = codec("surgard").feed(ALARM + b"\x14")
    assert _kinds(run) == ["event"]
    assert run.reply == ACK


@pytest.mark.parametrize("copies", [2, 6])
@pytest.mark.parametrize(
    "frame",
    [
        ALARM,
        sia_frame("1234", "BA07")[:-1],
        heartbeat_frame()[:-1],
        b"50001 180002E401010001",
        b"3011      0263CL  02",
        b"1011      0325 A  82",
    ],
)
def test_glued_copies_are_read_singly_and_answered_once(frame: bytes, copies: int) -> None:
    """Several whole frames before one terminator are one run: a surplus ACK would lose the next frame."""
    (run,) = codec("surgard").feed(frame * copies + b"\x14")
    assert len(run.records) == copies
    assert "unparsed" not in _kinds(run)
    assert run.reply == ACK


def test_a_cut_frame_before_a_whole_one_is_kept_beside_it() -> None:
    """The whole frame counts, the cut one is unparsed, and the receiver hears one ACK."""
    (run,) = codec("surgard").feed(b"5011 1812" + ALARM + b"\x14")
    assert _kinds(run) == ["unparsed", "event"]
    assert run.reply == ACK


def test_noise_ends_a_frame_but_earns_no_reply() -> None:
    """A frame ended by a byte that cannot occur in one is out at once; the next terminator brings its ACK."""
    decoder = codec("surgard")
    (run,) = decoder.feed(ALARM + b"\x00")
    assert (_kinds(run), run.reply) == (["event"], b"")
    assert decoder.feed(b"\x14") == [Run((), ACK)]
    assert decoder.feed(b"\x14\r\n") == []


def test_a_burst_of_noise_is_one_record() -> None:
    """A frame read with the wrong parity is one unparsed record with every byte, its bit 7 untouched."""
    damaged = bytes(byte | 0x80 if position % 3 else byte for position, byte in enumerate(ALARM))
    (run,) = codec("surgard").feed(damaged + b"\x14")
    assert [(record.kind, record.raw) for record in run.records] == [("unparsed", damaged.hex())]


def test_a_break_is_nothing() -> None:
    """A run of NULs, as a pulled cable sends, is neither record nor answer, and the next frame is whole."""
    decoder = codec("surgard")
    assert decoder.feed(bytes(5000)) == []
    (run,) = decoder.feed(b"\x14" + ALARM + b"\x14")
    assert _kinds(run) == ["event"]


def test_different_frames_in_one_run_are_all_read() -> None:
    """Frames that show their own end are told apart without terminator, an empty block between them too."""
    (run,) = codec("surgard").feed(ALARM + b"S011[#1234|N]" + sia_frame("1234", "BR07"))
    assert [(record.kind, record.code) for record in run.records] == [
        ("event", "130"),
        ("unparsed", None),
        ("event", "BR"),
    ]


@pytest.mark.parametrize("blank", [b"\r\n", b"  \r", b" " * 40 + b"\x14", b"\x00\x14"])
def test_an_empty_line_is_neither_record_nor_answer(blank: bytes) -> None:
    """Line ends, padding and breaks earn no ACK: one too many would be taken for the next frame's."""
    decoder = codec("surgard")
    decoder.feed(ALARM + b"\x14")
    assert decoder.feed(blank) == []


def test_an_unfinished_frame_is_never_an_event_nor_answered() -> None:
    """At the end of input even a whole frame is unparsed without its terminator, and nothing is owed."""
    decoder = codec("surgard")
    assert decoder.feed(ALARM) == []
    (run,) = decoder.flush()
    assert [(record.kind, record.reply) for record in run.records] == [("unparsed", "none")]
    assert run.reply == b""
    assert decoder.flush() == []
    assert decoder.feed(b"\x14") == []


def test_what_never_ends_is_cut() -> None:
    """Text without terminator comes out in portions of 1,024 bytes, so that memory is bounded."""
    runs = codec("surgard").feed(b"x" * 3000)
    assert [len(record.raw) // 2 for run in runs for record in run.records] == [1024]
    assert {run.reply for run in runs} == {b""}


def _kinds(run: Run) -> list[str]:
    return [record.kind for record in run.records]
