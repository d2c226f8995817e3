"""Does a line still live? Pure: times go in, the change of state comes out, once per change.

A watch is only replaced after its change is stored; until then the same change comes out again.
"""

from dataclasses import dataclass, replace
from typing import Literal

from bus.messages.signal import LineTrouble

INTERVAL_S = 30.0
"""Sur-Gard's default heartbeat."""
_MISSED = 3
"""Heartbeats that may fail to come before the line counts as silent (90 s by default)."""
_NOISE_SHARE = 0.10
_NOISE_WINDOW_S = 60.0
_NOISE_LEAST = 20
"""Bytes below which a share says nothing."""


@dataclass(frozen=True)
class Change:
    """The line got a trouble, or lost it."""

    kind: Literal["line_fault", "line_restored"]
    trouble: LineTrouble
    detail: str = ""


@dataclass(frozen=True)
class Watch:
    """One line as supervision sees it. `heard_at` is monotonic seconds of the last frame, or of the start."""

    heard_at: float
    interval_s: float = INTERVAL_S
    trouble: LineTrouble | None = None

    def heard(self, now: float) -> tuple["Watch", Change | None]:
        """A frame of any kind came: busy receivers send no heartbeats."""
        watch = replace(self, heard_at=now)
        if self.trouble in {"silent", "broken"}:
            return watch.restored()
        return watch, None

    def tick(self, now: float) -> tuple["Watch", Change | None]:
        """Time has passed."""
        quiet = now - self.heard_at
        if self.trouble in {"silent", "broken"} or quiet <= _MISSED * self.interval_s:
            return self, None
        return self.faulty("silent", f"nothing heard for {quiet:.0f} s")

    def broke(self, detail: str) -> tuple["Watch", Change | None]:
        """The device is gone; `detail` says it in the device's words."""
        if self.trouble == "broken":
            return self, None
        return self.faulty("broken", detail)

    def noise(self, noisy: bool | None) -> tuple["Watch", Change | None]:  # noqa: FBT001 (a measurement, not a switch)
        """A minute's verdict of `NoiseMeter`; None while there is none."""
        if noisy and self.trouble is None:
            return self.faulty("noise", "over 10 % of the bytes have bit 7 set: check parity and speed")
        if noisy is False and self.trouble == "noise":
            return self.restored()
        return self, None

    def faulty(self, trouble: LineTrouble, detail: str) -> tuple["Watch", Change]:
        """The watch with a trouble."""
        return replace(self, trouble=trouble), Change("line_fault", trouble, detail)

    def restored(self) -> tuple["Watch", Change | None]:
        """The watch without its trouble."""
        if self.trouble is None:
            return self, None
        return replace(self, trouble=None), Change("line_restored", self.trouble)


@dataclass(frozen=True)
class NoiseMeter:
    """Counts bytes with bit 7 set, which a panel never sends: a wrong parity or speed looks like that."""

    since: float
    count: int = 0
    high: int = 0

    def fed(self, data: bytes) -> "NoiseMeter":
        """With what was just read."""
        high = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 (the seven bits of ASCII)
        return replace(self, count=self.count + len(data), high=self.high + high)

    def turned(self, now: float) -> tuple["NoiseMeter", bool | None]:
        """A fresh meter and the verdict once a minute is over, else itself and None."""
        if now - self.since < _NOISE_WINDOW_S:
            return self, None
        verdict = self.high > _NOISE_SHARE * self.count if self.count >= _NOISE_LEAST else None
        return NoiseMeter(now), verdict
