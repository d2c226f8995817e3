"""What was odd on a port, told once a minute: a flood of nonsense must not become a flood of log lines."""

from collections import Counter

import structlog

from bus.clock import Clock
from gateway.ip.answers import Verdict
from hardware.panels.sia_dc09.reader import Reading

log = structlog.get_logger()

_EVERY_S = 60.0


class Tally:
    """Counts since the last telling."""

    def __init__(self, line: str, clock: Clock) -> None:
        self._line = line
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._told_at = clock.monotonic()

    def note(self, what: str) -> None:
        """One more of `what`."""
        self._counts[what] += 1

    def count(self, reading: Reading, verdict: Verdict) -> None:
        """What is odd about one reading, if anything."""
        odd = {
            "wrong_crc": reading.record.check == "bad",
            "wrong_length": not reading.length_fits and reading.message is not None,
            "no_frame": reading.record.check == "none",
            "not_decrypted": verdict.answer == "duh",
            "wrong_time": verdict.answer == "nak",
        }
        self._counts.update(what for what, is_so in odd.items() if is_so)

    def tell(self) -> None:
        """Log the counts of the last minute, if it is over and there are any."""
        now = self._clock.monotonic()
        if now - self._told_at < _EVERY_S:
            return
        if self._counts:
            log.warning("odd on the network", line=self._line, **self._counts)
        self._counts.clear()
        self._told_at = now
