"""Raw bytes beside what they mean, as they come."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from hardware.line_capture import CaptureWriter
from hardware.panels.frame import ACK, NAK, Codec, PanelRecord, Run
from hardware.serial_line import LineBytes, LineLost, LineOpened
from tongpin.line.counters import Counters
from tongpin.line.listening import Listening

_REPLIES = {ACK: "ACK", NAK: "NAK"}
_RAW_SHOWN = 32
"""Bytes of a frame in one row; the rest is in the capture."""


class Watch:
    """Decodes and shows; answers only what stands in the capture on disk."""

    def __init__(self, listening: Listening, codec: Codec, capture: CaptureWriter | None) -> None:
        self._listening = listening
        self._codec = codec
        self._capture = capture
        self.counters = Counters()

    def run(self, seconds: float | None, say: Callable[[str], None]) -> None:
        """Until `seconds` are over."""
        for event in self._listening.events(seconds):
            match event:
                case LineOpened():
                    say("port open")
                    self._show(self._codec.flush(), None, say)
                case LineLost(reason=reason):
                    say(reason)
                case LineBytes():
                    self._take(event, say)
                case None:
                    continue

    def summary(self) -> str:
        """What has passed, and what looks wrong."""
        count = self.counters
        told = (
            f"{count.read_bytes} bytes, {count.events} events, {count.heartbeats} heartbeats, "
            f"{count.unparsed} unparsed, {count.bad_checks} bad checks, {count.replies} answered"
        )
        return f"{told}; {hint}" if (hint := count.hint()) else told

    def _take(self, event: LineBytes, say: Callable[[str], None]) -> None:
        if self._capture:
            self._capture.write(event.data, event.read_at)
        self.counters = self.counters.read(event.data)
        self._show(self._codec.feed(event.data), event, say)

    def _show(self, runs: list[Run], event: LineBytes | None, say: Callable[[str], None]) -> None:
        for run in runs:
            for record in run.records:
                self.counters = self.counters.decoded(record)
                say(row_of(record))
            if run.reply:
                self._answer(run.reply, event, say)

    def _answer(self, reply: bytes, event: LineBytes | None, say: Callable[[str], None]) -> None:
        name = _REPLIES.get(reply, reply.hex())
        if self._capture is None or event is None:
            say(f"  would answer {name}")
            return
        self._listening.line.write(reply, event.opening)
        self.counters = self.counters.replied()
        say(f"  answered {name}")


def row_of(record: PanelRecord) -> str:
    """Time, meaning, and the bytes: `14:03:22 event 1234 new 121 zone 001   5011 18…`."""
    raw = bytes.fromhex(record.raw)
    shown = "".join(chr(byte) if " " <= chr(byte) <= "~" else "." for byte in raw[:_RAW_SHOWN])
    facts = (
        record.account,
        record.qualifier,
        record.code,
        record.partition and f"partition {record.partition}",
        record.zone and f"zone {record.zone}",
        record.user and f"user {record.user}",
        record.check == "bad" and "BAD CHECK",
    )
    meaning = " ".join(str(fact) for fact in facts if fact)
    more = "…" if len(raw) > _RAW_SHOWN else ""
    return f"{time.strftime('%H:%M:%S')} {record.kind:<9} {meaning:<44} {shown}{more}"


def open_capture(path: Path | None) -> CaptureWriter | None:
    """A capture appended to `path`; None without one. Raises `OSError`."""
    return CaptureWriter(path.open("a", encoding="utf-8"), time.monotonic()) if path else None


def print_row(row: str) -> None:
    """One row on stdout, at once."""
    sys.stdout.write(row + "\n")
    sys.stdout.flush()
