"""Cuts a byte stream into stretches of text, line noise and terminators. It knows no meaning.

A terminator ends a frame, and so does any byte that cannot occur in one. Bit 7 is never cleared to repair a
byte: a wrong parity setting must stay visible.
"""

import re
from collections.abc import Generator, Iterator
from typing import Final, Literal, NamedTuple

from hardware.panels.frame import MAX_FRAME

_PORTION: Final = 4 * MAX_FRAME
"""Bytes searched at a time: a long run without terminator is searched again after every cut."""


class Piece(NamedTuple):
    """A stretch of the stream: `text` may be a frame, `noise` cannot be one, `end` is one terminator byte."""

    kind: Literal["text", "noise", "end"]
    data: bytes


class Splitter:
    """Splits text protocols; holds at most one unfinished text of `MAX_FRAME` bytes.

    `terminators` are the bytes that end a frame. Text is 20..7E and the `legal` bytes, and 80..FF too from
    the opening to the closing mark of `foreign`; with `brackets` these are `[` and `]`. Text that does not
    begin with `shortest` bytes of the first kind counts as noise: it is shorter than any frame.
    """

    def __init__(
        self,
        terminators: bytes,
        *,
        shortest: int,
        legal: bytes = b"",
        brackets: bool = False,
        foreign: tuple[bytes, bytes] | None = None,
    ) -> None:
        self._pending = b""
        marks = (b"[", b"]") if brackets else foreign
        self._tokens = _tokens(terminators, b"[ -~%b]" % re.escape(legal), shortest, marks)

    def feed(self, data: bytes) -> Iterator[Piece]:
        """Yield the pieces that `data` completes; every byte is yielded once, in order."""
        for at in range(0, len(data), _PORTION):
            portion = self._pending + data[at : at + _PORTION]
            self._pending = b""
            start = 0
            while start < len(portion):
                start = yield from self._scan(portion, start)

    def flush(self) -> bytes:
        """Return the unfinished text and forget it."""
        text, self._pending = self._pending, b""
        return text

    def _scan(self, data: bytes, start: int) -> Generator[Piece, None, int]:
        """Yield pieces from `start` on; the generator's value is where to scan again after a cut."""
        for token in self._tokens.finditer(data, start):
            if token.start() > start:
                yield Piece("noise", data[start : token.start()])
            start = token.start()
            ends_frame = token.lastgroup == "end"
            if not ends_frame and token.end() - start > MAX_FRAME:
                yield Piece("noise", data[start : start + MAX_FRAME])
                return start + MAX_FRAME
            if not ends_frame and token.end() == len(data):
                self._pending = data[start:]
                return len(data)
            yield Piece("end" if ends_frame else "text", token.group())
            start = token.end()
        if start < len(data):
            yield Piece("noise", data[start:])
        return len(data)


def _tokens(
    terminators: bytes, plain: bytes, shortest: int, foreign: tuple[bytes, bytes] | None
) -> re.Pattern[bytes]:
    """Build the pattern of terminators and texts; `plain` is the pattern of one ordinary byte of text.

    Its last branch keeps a text that is still too short because the rest of it has not been read.
    """
    text = plain + b"+"
    if foreign:
        opening, closing = map(re.escape, foreign)
        text = rb"(?:%b(?:(?!%b)[ -~\x80-\xff])*(?:%b)?|%b)+" % (opening, closing, closing, plain)
    return re.compile(
        rb"(?P<end>[%b])|(?P<text>(?=%b{%d})%b|%b{1,%d}\Z)"
        % (re.escape(terminators), plain, shortest, text, plain, shortest - 1)
    )
