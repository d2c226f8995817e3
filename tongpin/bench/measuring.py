"""What every measurement needs: patience with other processes, percentiles, processor time."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bus.messages.status import SpeechStatus
from intake.condition import LISTENING_SOON
from tongpin.demo.figures import percentile
from tui.feed import Feed

_LOOK_S = 0.05
_SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}


async def comes_true(what: Callable[[], bool], within_s: float) -> bool:
    """Whether it did. Other processes have no event to give, so it is looked for."""
    until = time.monotonic() + within_s
    while not (true := what()) and time.monotonic() < until:  # noqa: ASYNC110 - see above
        await asyncio.sleep(_LOOK_S)
    return true


def ear_of(feed: Feed) -> SpeechStatus | None:
    """Which engine the centre hears with, or why with none; None until it has tried to load one."""
    speech = feed.centre.speech if feed.centre else None
    return None if speech == LISTENING_SOON else speech


def spread_ms(seconds: Sequence[float]) -> dict[str, float | None]:
    """Median, high percentiles and maximum, in milliseconds; None without any."""
    values = {name: percentile(seconds, share) for name, share in _SHARES.items()}
    return {name: None if value is None else round(value * 1000, 1) for name, value in values.items()}


def cpu_seconds(pid: int | None) -> float | None:
    """Processor time a running process has used, all its threads together; None where nobody tells."""
    try:
        # proc(5): the command, the second field, may hold blanks; user and system time are fields 14 and 15.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
