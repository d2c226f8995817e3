"""How much of what a line says is no frame, and what that looks like. Pure.

A panel's frames may carry any byte (SIA text, binary modes), so only bytes that no frame explains are judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from hardware.panels.frame import PanelRecord

_WINDOW_S: Final = 60.0
_LEAST: Final = 20
"""Bytes below which a share says nothing."""
_HIGH_SHARE: Final = 0.10
"""Of all bytes of a minute, with bit 7 set in no frame: text never has them."""
_SKIPPED_SHARE: Final = 0.50
"""A receiver may send frames nobody can read, now and then; more than every other byte is a wrong setting."""
_PARITY_SHARE: Final = 0.97
_BIT_7: Final = 0x80


@dataclass(frozen=True, slots=True)
class Verdict:
    """On a minute of a line; `fault` says what is wrong and what to try, and is empty when nothing is."""

    fault: str = ""


@dataclass(frozen=True, slots=True)
class NoiseMeter:
    """Counts since the monotonic time `since`.

    `count` is all bytes; `skipped` those in no frame, of which `high` have bit 7 set and `odd` an odd number
    of ones; `nuls` are the NULs in no frame, which codecs take for a break on the wire.
    """

    since: float
    count: int = 0
    skipped: int = 0
    high: int = 0
    odd: int = 0
    nuls: int = 0

    def fed(self, data: bytes) -> "NoiseMeter":
        """With what was just read."""
        return replace(self, count=self.count + len(data), nuls=self.nuls + data.count(0))

    def told(self, records: Sequence[PanelRecord]) -> "NoiseMeter":
        """With what a codec made of it."""
        everything = b"".join(bytes.fromhex(record.raw) for record in records)
        skipped = b"".join(bytes.fromhex(record.raw) for record in records if record.kind == "unparsed")
        return replace(
            self,
            skipped=self.skipped + len(skipped),
            high=self.high + sum(byte >= _BIT_7 for byte in skipped),
            odd=self.odd + sum(byte.bit_count() % 2 for byte in skipped),
            nuls=self.nuls - everything.count(0),
        )

    def turned(self, now: float) -> tuple["NoiseMeter", Verdict | None]:
        """A fresh meter and the verdict once a minute is over, else itself and None."""
        if now - self.since < _WINDOW_S:
            return self, None
        return NoiseMeter(now), self._verdict() if self.count >= _LEAST else None

    def _verdict(self) -> Verdict:
        lost = self.skipped + max(0, self.nuls)
        hint = self._hint(lost)
        return Verdict(f"{lost} of {self.count} bytes in a minute are no frame; {hint}" if hint else "")

    def _hint(self, lost: int) -> str:
        if self.high > _HIGH_SHARE * self.count:
            return f"many have bit 7 set: {self._parity()}"
        if lost <= _SKIPPED_SHARE * self.count:
            return ""
        if self.nuls > self.skipped:
            return "most are NUL: a cable pulled, or a speed set too high?"
        return "a wrong protocol, header length or speed? tongpin line guess tells"

    def _parity(self) -> str:
        if self.odd <= (1 - _PARITY_SHARE) * self.skipped:
            return "their parity is even, a 7E1 line read as 8N1?"
        if self.odd >= _PARITY_SHARE * self.skipped:
            return "their parity is odd, a 7O1 line read as 8N1?"
        return "check parity and speed"
