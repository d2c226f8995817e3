"""From bytes to NX messages, their answers, and what is neither."""

import re
from typing import Final

from hardware.panels.asking import Asking, Poll
from hardware.panels.frame import MAX_FRAME, NO_REPLY, Check, PanelRecord, Run
from hardware.panels.nx584 import scan
from hardware.panels.nx584.encode import POSITIVE_ACK, SYSTEM_STATUS_REQUEST, Form, frame
from hardware.panels.nx584.messages import NAME, record_of, state_of

QUIET_S: Final = 120.0
"""Silence after which pynx584, too, asks for the system's status."""

_PORTION: Final = 4 * MAX_FRAME
_ENDS: Final = b"\r\n"
_STRETCH: Final = {
    "ascii": re.compile(rb"(?P<text>[ -~]+)|[^ -~\r\n]+"),
    "binary": re.compile(rb"(?P<text>[ -}]+)|[^ -~\r\n]+"),
}


class NxCodec:
    """Holds at most one unfinished frame and `MAX_FRAME` bytes of what is none."""

    name = NAME

    def __init__(self, form: Form | None) -> None:
        self._form = form
        self._buffer = b""
        self._junk = bytearray()

    @property
    def asking(self) -> Asking:
        """What the module is asked, in the form it speaks, or in both: the one it does not, it ignores."""
        forms: tuple[Form, ...] = (self._form,) if self._form else ("binary", "ascii")
        question = b"".join(frame(SYSTEM_STATUS_REQUEST, form) for form in forms)
        return Asking(start=question, poll=Poll(QUIET_S, question), state=state_of)

    def feed(self, data: bytes) -> list[Run]:
        """Return the runs that `data` completes; every frame is a run of its own."""
        runs: list[Run] = []
        for at in range(0, len(data), _PORTION):
            self._buffer += data[at : at + _PORTION]
            while taken := self._take(runs):
                self._buffer = self._buffer[taken:]
        return runs

    def flush(self) -> list[Run]:
        """Give up what is collected as unparsed: without its end nothing is a message."""
        runs: list[Run] = []
        self._waste(self._buffer, runs)
        self._buffer = b""
        self._release(runs)
        return runs

    def _take(self, runs: list[Run]) -> int:
        """Read what the buffer begins with and return its size; 0 when its end has not come yet."""
        if not self._buffer:
            return 0
        if self._buffer[0] in _ENDS:
            self._release(runs)
            return 1
        if self._buffer[0] == scan.START and self._form != "ascii":
            return self._take_binary(runs)
        return self._take_stretch(runs)

    def _take_binary(self, runs: list[Run]) -> int:
        found = scan.binary(self._buffer)
        wire = self._buffer[: found.size or None]
        if found.state == "broken" or (self._form is None and scan.holds_ascii_frame(wire)):
            self._waste(wire[:1], runs)
            return 1
        if found.state == "whole":
            self._release(runs)
            self._judge(found.body, wire, "binary", runs)
        return found.size

    def _take_stretch(self, runs: list[Run]) -> int:
        """Take text up to what cannot be in it, or noise up to text."""
        match = _STRETCH[self._form or "binary"].match(self._buffer)
        size = match.end() if match else 1
        is_text = match is not None and match["text"] is not None
        if is_text and size <= MAX_FRAME:
            if size == len(self._buffer):
                return 0
            if self._buffer[size] in _ENDS and self._form != "binary":
                self._judge_line(self._buffer[:size], runs)
                return size
        size = min(size, MAX_FRAME)
        self._waste(self._buffer[:size], runs)
        return size

    def _judge_line(self, text: bytes, runs: list[Run]) -> None:
        digits = scan.ASCII.search(text.rstrip(b" "))
        body = scan.ascii_body(digits[0]) if digits else None
        if digits is None or body is None:
            self._waste(text, runs)
            return
        self._waste(text[: digits.start()], runs)
        self._release(runs)
        self._judge(body, digits[0], "ascii", runs)

    def _judge(self, body: bytes, wire: bytes, form: Form, runs: list[Run]) -> None:
        """Tell a message from a damaged one; the first sound one settles the form."""
        message = scan.message_of(body)
        if message is None:
            runs.append(_unparsed(wire, "bad"))
            return
        self._form = self._form or form
        record = record_of(message, wire.hex())
        runs.append(Run((record,), frame(POSITIVE_ACK, form) if record.reply == "ack" else NO_REPLY))

    def _waste(self, data: bytes, runs: list[Run]) -> None:
        """Collect what is no frame; let go of it in full portions, so that cuts do not depend on reads."""
        self._junk += data
        while len(self._junk) > MAX_FRAME:
            self._release(runs)

    def _release(self, runs: list[Run]) -> None:
        wire = bytes(self._junk[:MAX_FRAME]).strip(b"\x00")
        del self._junk[:MAX_FRAME]
        if wire.strip(b" "):
            runs.append(_unparsed(wire, "none"))


def _unparsed(wire: bytes, check: Check) -> Run:
    return Run((PanelRecord(NAME, "unparsed", check=check, reply="none", raw=wire.hex()),))
