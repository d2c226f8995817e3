"""What has passed over a line so far. Pure."""

from dataclasses import dataclass, replace

from hardware.panels.frame import PanelRecord

_BIT_7 = 0x80


@dataclass(frozen=True)
class Counters:
    """`high_bytes` carry bit 7: many of them mean a wrong parity or speed."""

    read_bytes: int = 0
    high_bytes: int = 0
    events: int = 0
    heartbeats: int = 0
    texts: int = 0
    unparsed: int = 0
    bad_checks: int = 0
    replies: int = 0

    def read(self, data: bytes) -> "Counters":
        """More bytes came."""
        high = sum(byte >= _BIT_7 for byte in data)
        return replace(self, read_bytes=self.read_bytes + len(data), high_bytes=self.high_bytes + high)

    def decoded(self, record: PanelRecord) -> "Counters":
        """One more record."""
        return replace(
            self,
            events=self.events + (record.kind in ("event", "receiver")),
            texts=self.texts + (record.kind == "text"),
            heartbeats=self.heartbeats + (record.kind == "heartbeat"),
            unparsed=self.unparsed + (record.kind == "unparsed"),
            bad_checks=self.bad_checks + (record.check == "bad"),
        )

    def replied(self) -> "Counters":
        """One more reply."""
        return replace(self, replies=self.replies + 1)

    def summary(self) -> str:
        """What has passed, and what looks wrong."""
        told = (
            f"{self.read_bytes} bytes, {self.events} events, {self.heartbeats} heartbeats, "
            f"{self.texts} texts, {self.unparsed} unparsed, {self.bad_checks} bad checks, "
            f"{self.replies} answered"
        )
        return f"{told}; {hint}" if (hint := self.hint()) else told

    def hint(self) -> str | None:
        """One sentence when the bytes look like a wrong setting: over 10 % of them with bit 7 set."""
        if self.read_bytes == 0 or self.high_bytes * 10 <= self.read_bytes:
            return None
        return "over 10 % of the bytes have bit 7 set: a 7E1 line read as 8N1, or a wrong speed?"
