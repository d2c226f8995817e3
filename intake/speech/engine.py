"""What every speech engine offers."""

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from intake.speech.transcript import Word

SAMPLE_RATE = 16_000
"""Samples a second of everything the centre hears."""

Samples = NDArray[np.int16]
"""One channel at `SAMPLE_RATE`, shape (n,)."""

EngineName = Literal["vosk", "moonshine"]


class SpeechStream(Protocol):
    """One over being heard, its sound fed in order. Several threads may take turns, never two at once.

    However the sound is divided, its text is the same. Every method blocks and may raise `EngineFailed`.
    """

    def feed(self, samples: Samples) -> None:
        """The next samples, of any number; decodes what can be decoded for good."""

    def text(self) -> str:
        """The words so far; the last of them may still change."""

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """The text of everything fed, and its words where the engine gives their times."""


class Recognizer(Protocol):
    """One loaded model. Loading takes seconds, so construct it in a thread."""

    @property
    def name(self) -> str:
        """The engine."""

    @property
    def model(self) -> str:
        """The model's published name."""

    @property
    def model_sha256(self) -> str | None:
        """Hash of the archive the model came in; None where there was none."""

    def stream(self) -> SpeechStream:
        """A new ear for one over. Several may be open at once, fed from several threads."""
