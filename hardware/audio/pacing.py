"""Keeps a played-back stream in step with a clock, and lets it be stopped at any moment."""

import math
import threading
import time
from collections.abc import Callable

from hardware.audio.format import SAMPLE_RATE


class Pacer:
    """Tells when sample number `position` is due, and waits for that moment.

    `speed` 1 is real time, 20 is twenty times faster, `math.inf` does not wait at all. With an endless
    speed the times are those of the audio itself, so that the same recording always gives the same times
    apart from their origin.
    """

    def __init__(self, speed: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        if not speed > 0:
            raise ValueError("speed must be above 0")
        self._rate = SAMPLE_RATE * (1.0 if math.isinf(speed) else speed)
        self._waits = not math.isinf(speed)
        self._clock = clock
        self._origin = clock()
        self._stopped = threading.Event()

    def restart(self) -> None:
        """Let sample 0 be due now."""
        self._origin = self._clock()

    def due(self, position: int) -> float:
        """Monotonic seconds at which the sample is due."""
        return self._origin + position / self._rate

    def wait_for(self, position: int) -> bool:
        """Wait until the sample is due; False when stopped instead."""
        delay = self.due(position) - self._clock() if self._waits else 0.0
        return not (self._stopped.wait(delay) if delay > 0 else self._stopped.is_set())

    def stop(self) -> None:
        """End every wait, now and later."""
        self._stopped.set()
