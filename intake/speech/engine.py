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

    def transcribe(self, samples: Samples) -> tuple[str, tuple[Word, ...]]:
        """The text of one finished over, and its words where the engine gives their times.

        Blocks; may be called from several threads at once. Raises `EngineFailed`.
        """
