"""Cuts a byte stream into DC-09 frames and what lies between them. It knows no meaning but the check.

    <LF> CCCC 0LLL "ID"... <CR>      CCCC the CRC, as 4 hex digits or (older panels) as 2 raw bytes

LF and CR bound a frame, but a raw CRC may hold either byte; so the two bytes behind an LF belong to a frame
wherever a length and a quote follow them. A missing LF is forgiven. The CRC alone decides: most published
frames have a wrong length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hardware.panels.frame import MAX_FRAME
from hardware.panels.sia_dc09.crc import crc16

_RAW_FRONT: Final = rb'[\x00-\xff]{2}0[0-9A-Fa-f]{3}"'
_STRETCH: Final = re.compile(rb"(\n?+(?:%b)?+[^\r\n]{0,%d})([\r\n]?)" % (_RAW_FRONT, MAX_FRAME + 1))
"""From one boundary to the next. LF is left for the next stretch, which it opens."""

_UNDECIDED: Final = re.compile(rb"\n?+(?:[\x00-\xff]{1,2}|[\x00-\xff]{2}0[0-9A-Fa-f]{0,3})")
"""What may yet become a front with a raw CRC; until then a CR or LF in it is no boundary."""

_FRAME: Final = re.compile(
    rb"(?:(?:\A|(?<=[^ -~]))(?P<hex>[0-9A-Fa-f]{4})|\A\n?(?P<raw>[\x00-\xff]{2}))"
    rb'(?P<length>0[0-9A-Fa-f]{3})(?P<body>"[ -~\x80-\xff]*)\Z'
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame, with `raw` from its CRC on and `body` from its first quote on, both without CR."""

    raw: bytes
    body: bytes
    sound: bool
    """Whether the CRC is right."""
    length_fits: bool


@dataclass(frozen=True, slots=True)
class Junk:
    """Bytes that are no frame; `overlong` when they were cut because no frame is that long."""

    raw: bytes
    overlong: bool = False


class Framer:
    """Holds at most one unfinished stretch of `MAX_FRAME` bytes; the cuts do not depend on sizes of reads."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def waiting(self) -> bool:
        """Whether a beginning without its end is held."""
        return bool(_visible(self._pending))

    def feed(self, data: bytes) -> Iterator[Frame | Junk]:
        """Yield what `data` completes, in order."""
        data, self._pending = self._pending + data, b""
        at = 0
        while at < len(data):
            stretch = _STRETCH.match(data, at)
            if stretch is None or _UNDECIDED.fullmatch(data, at):
                break
            text, end = stretch.groups()
            if len(text) > MAX_FRAME:
                yield Junk(text[:MAX_FRAME], overlong=True)
                at += MAX_FRAME
                continue
            if not end:
                break
            yield from _judge(text, complete=end == b"\r")
            at = stretch.end(1) + (end == b"\r")
        self._pending = data[at:]

    def flush(self) -> Iterator[Junk]:
        """Give up what is held: without its CR it is no frame."""
        held, self._pending = self._pending, b""
        if held := _visible(held):
            yield Junk(held)


def _judge(text: bytes, *, complete: bool) -> Iterator[Frame | Junk]:
    """Yield the frame a stretch ends with, and before it what noise stands in front."""
    match = _FRAME.search(text) if complete else None
    front = _visible(text[: match.start()] if match else text)
    if front:
        yield Junk(front)
    if match:
        yield _frame(match)


def _frame(match: re.Match[bytes]) -> Frame:
    body = match["body"]
    told = int(match["hex"], 16) if match["hex"] else int.from_bytes(match["raw"], "big")
    return Frame(
        raw=match.group().removeprefix(b"\n") if match["hex"] is None else match.group(),
        body=body,
        sound=told == crc16(body),
        length_fits=int(match["length"], 16) == len(body),
    )


def _visible(data: bytes) -> bytes:
    """Without NULs and line ends at the two ends; blanks alone are nothing."""
    kept = data.strip(b"\r\n\x00")
    return kept if kept.strip(b" ") else b""
