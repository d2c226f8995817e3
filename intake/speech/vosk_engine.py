"""Vosk: small models for many languages, from a folder on this machine, never from the network."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vosk

from intake.errors import EngineFailed
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.transcript import Word

CHUNK = SAMPLE_RATE // 5
"""0.2 s: larger chunks decode no faster, smaller ones only cost calls."""
KALDI_SILENT = -1


class VoskRecognizer:
    """One model shared by all threads, a new `KaldiRecognizer` an over: a reused one keeps leftovers."""

    name = "vosk"

    def __init__(self, folder: Path, model: str, model_sha256: str | None = None) -> None:
        """Load the model in `folder`. Raises `EngineFailed`."""
        self.model = model
        self.model_sha256 = model_sha256
        vosk.SetLogLevel(KALDI_SILENT)
        if not folder.is_dir():
            raise EngineFailed(f"{folder}: there is no such model folder")
        try:
            self._model = vosk.Model(str(folder))
        # Vosk raises nothing more precise than Exception.
        except Exception as error:
            raise EngineFailed(
                f"{folder}: Vosk cannot load this model; install it again with tongpin models"
            ) from error

    def transcribe(self, samples: Samples) -> tuple[str, tuple[Word, ...]]:
        """See `Recognizer`. The interpreter is free while Kaldi decodes: threads run side by side."""
        recognizer = vosk.KaldiRecognizer(self._model, SAMPLE_RATE)
        recognizer.SetWords(True)  # noqa: FBT003  # the library's own signature
        try:
            results = [json.loads(result) for result in _results(recognizer, samples)]
        # Vosk raises nothing more precise than Exception.
        except Exception as error:
            raise EngineFailed(f"Vosk gave up on a recording ({error})") from error
        text = " ".join(result["text"] for result in results if result.get("text"))
        return text, tuple(_word(heard) for result in results for heard in result.get("result", ()))


def _results(recognizer: vosk.KaldiRecognizer, samples: Samples) -> Iterator[str]:
    # The engine ends a sentence at each longer pause; an over may hold several.
    for start in range(0, len(samples), CHUNK):
        if recognizer.AcceptWaveform(samples[start : start + CHUNK].tobytes()):
            yield recognizer.Result()
    yield recognizer.FinalResult()


def _word(heard: dict[str, Any]) -> Word:
    return Word(text=heard["word"], start=heard["start"], end=heard["end"], confidence=heard["conf"])
