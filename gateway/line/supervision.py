"""Does a line still live? Pure: times go in, the change of state comes out, once per change.

A watch is only replaced after its change is stored; until then the same change comes out again.
"""

from dataclasses import dataclass, replace
from typing import Literal

from bus.messages.signal import LineTrouble
from gateway.line.noise import Verdict

INTERVAL_S = 30.0
"""Sur-Gard's default heartbeat."""
_MISSED = 3
"""Heartbeats that may fail to come before the line counts as silent (90 s by default)."""


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

    def noise(self, verdict: Verdict | None) -> tuple["Watch", Change | None]:
        """A minute's verdict of the line's `NoiseMeter`; None while there is none."""
        if verdict is None:
            return self, None
        if verdict.fault and self.trouble is None:
            return self.faulty("noise", verdict.fault)
        if not verdict.fault and self.trouble == "noise":
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
