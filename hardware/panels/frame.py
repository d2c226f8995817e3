"""What every panel protocol yields, and what every codec looks like from outside.

bytes from a line ──Codec.feed──▶ Run: PanelRecords to store, then one reply to send
"""

import json
from dataclasses import dataclass
from typing import Final, Literal, Protocol

ACK: Final = b"\x06"
NAK: Final = b"\x15"
NO_REPLY: Final = b""

MAX_FRAME: Final = 1024
"""Longest frame in bytes; links to pictures make real frames far longer than the 66 bytes of old manuals."""

Kind = Literal["event", "heartbeat", "receiver", "text", "unparsed"]
Qualifier = Literal["new", "restore", "status"]
CodeSet = Literal["contact_id", "sia", "level1", "basic"]
Check = Literal["ok", "bad", "none"]
Reply = Literal["ack", "nak", "none"]


@dataclass(frozen=True, slots=True)
class PanelEvent:
    """One of several events in a frame. Strings are as on the wire; `None` is not carried."""

    qualifier: Qualifier | None = None
    code_set: CodeSet | None = None
    code: str | None = None
    partition: str | None = None
    zone: str | None = None
    user: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """One frame, decoded. Strings are as on the wire without padding spaces; `None` is not carried.

    `kind` is `event` (at a site), `heartbeat` (line supervision), `receiver` (its own state, never a site),
    `text` (understood, not an event) or `unparsed`. A frame whose check is `bad` is always `unparsed`.
    On Contact ID 4xx codes `new` is opening and `restore` is closing.

    `raw` is the frame in lower-case hex, without its terminator. `events` is empty unless the frame holds
    more than one event; then it lists all, and the fields here repeat the first.
    """

    protocol: str
    kind: Kind
    receiver: str | None = None
    line: str | None = None
    account: str | None = None
    qualifier: Qualifier | None = None
    code_set: CodeSet | None = None
    code: str | None = None
    partition: str | None = None
    zone: str | None = None
    user: str | None = None
    text: str | None = None
    check: Check = "none"
    reply: Reply = "ack"
    raw: str = ""
    events: tuple[PanelEvent, ...] = ()

    def to_json(self) -> str:
        """Return one line of JSON with every key in order; `events` only where there are several."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "events"}
        if self.events:
            fields["events"] = [
                {name: getattr(event, name) for name in event.__slots__} for event in self.events
            ]
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Run:
    """Records that must be on disk before `reply` is written to the line; `reply` may be empty.

    Receivers without sequence numbers take any ACK for the frame in flight, so a run ended by one terminator
    earns one reply, however many glued copies it holds. A piece cut off by line noise comes out at once
    with no reply; the terminator behind it brings the reply, in a run that may then hold no record.
    """

    records: tuple[PanelRecord, ...]
    reply: bytes = NO_REPLY


class Codec(Protocol):
    """One line's decoder: bytes in, in any portions; runs out, in wire order.

    It never raises on any input and keeps a bounded buffer. One instance belongs to one line.
    """

    name: str

    def feed(self, data: bytes) -> list[Run]:
        """Take what was read and return the runs it completed."""
        ...

    def flush(self) -> list[Run]:
        """Give up what is collected, unparsed and unanswered: end of input, reopened port, long silence."""
        ...
