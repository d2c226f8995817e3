"""Raw bytes beside what they mean, as they come."""

import sys
import time
from collections.abc import Callable
from typing import Final

from gateway.line.inquiry import Inquiry
from hardware.line_capture import CaptureWriter
from hardware.panels.asking import asking_of
from hardware.panels.frame import ACK, NAK, Codec, PanelRecord, Run
from hardware.serial_line import LineBytes, LineLost, LineOpened
from tongpin.line.counters import Counters
from tongpin.line.listening import Listening

_REPLIES: Final = {ACK: "ACK", NAK: "NAK"}
_RAW_SHOWN: Final = 32
"""Bytes of a frame in one row; the rest is in the capture."""

Say = Callable[[str], None]


class Watch:
    """Decodes and shows; answers only what stands in the capture on disk, and nothing without one.

    A panel that must be asked is asked as the box does it, unless there is no capture. `row` makes the line
    that is said for a record.
    """

    def __init__(
        self,
        listening: Listening,
        codec: Codec,
        capture: CaptureWriter | None,
        row: Callable[[PanelRecord], str],
    ) -> None:
        self._listening = listening
        self._codec = codec
        self._capture = capture
        self._row = row
        self._inquiry = Inquiry()
        self.counters = Counters()

    def run(self, seconds: float | None, say: Say, note: Say) -> None:
        """Until `seconds` are over. `say` hears of records, `note` of answers and of the port.

        Raises `UnwritableCaptureError`: what is not kept may not be answered.
        """
        for event in self._listening.events(seconds):
            match event:
                case LineOpened(opening=opening):
                    note("port open")
                    self._inquiry = self._inquiry.opened(time.monotonic(), opening)
                    self._show(self._codec.flush(), None, say, note)
                case LineLost(reason=reason):
                    note(reason)
                    self._inquiry = self._inquiry.closed()
                case LineBytes():
                    self._take(event, say, note)
                case None:
                    self._ask(note)
        self._show(self._codec.flush(), None, say, note)

    def _take(self, event: LineBytes, say: Say, note: Say) -> None:
        if self._capture:
            self._capture.write(event.data, event.read_at)
        self.counters = self.counters.read(event.data)
        self._show(self._codec.feed(event.data), event, say, note)

    def _ask(self, note: Say) -> None:
        inquiry, question = self._inquiry.due(time.monotonic(), asking_of(self._codec))
        if self._capture is None or not question or inquiry.opening is None:
            return
        self._inquiry = inquiry
        self._listening.line.write(question, inquiry.opening)
        note(f"  asked {readable(question)}")

    def _show(self, runs: list[Run], event: LineBytes | None, say: Say, note: Say) -> None:
        for i, run in enumerate(runs):
            for record in run.records:
                self._inquiry = self._inquiry.heard(time.monotonic())
                self.counters = self.counters.decoded(record)
                say(self._row(record))
            # Like the box: one answer to copies that piled up, else it is taken for the next frame's.
            if run.reply and event is not None and run not in runs[i + 1 :]:
                self._answer(run.reply, event, note)

    def _answer(self, reply: bytes, event: LineBytes, note: Say) -> None:
        name = _REPLIES.get(reply, reply.hex())
        if self._capture is None:
            note(f"  would answer {name}")
        elif self._listening.line.write(reply, event.opening):
            self.counters = self.counters.replied()
            note(f"  answered {name}")


def row_of(record: PanelRecord) -> str:
    """Time, meaning, and the bytes: `14:03:22 event 1234 new 121 zone 001   5011 18…`."""
    raw = bytes.fromhex(record.raw)
    shown = readable(raw[:_RAW_SHOWN])
    facts = (
        record.account,
        record.qualifier,
        record.code,
        record.partition and f"partition {record.partition}",
        record.zone and f"zone {record.zone}",
        record.user and f"user {record.user}",
        record.text,
        len(record.events) > 1 and f"and {len(record.events) - 1} more",
        record.check == "bad" and "BAD CHECK",
    )
    meaning = " ".join(str(fact) for fact in facts if fact)
    more = "…" if len(raw) > _RAW_SHOWN else ""
    return f"{time.strftime('%H:%M:%S')} {record.kind:<9} {meaning:<44} {shown}{more}"


def readable(data: bytes) -> str:
    """The characters of bytes, a dot for those without one; no CR or LF at the ends."""
    return "".join(chr(byte) if " " <= chr(byte) <= "~" else "." for byte in data.strip(b"\r\n"))


def print_row(row: str) -> None:
    """One row on stdout, at once."""
    sys.stdout.write(row + "\n")
    sys.stdout.flush()
