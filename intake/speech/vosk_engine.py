"""Vosk: small models for many languages, from a folder on this machine, never from the network."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from intake.errors import EngineFailed
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.transcript import Word

CHUNK = SAMPLE_RATE // 5
"""0.2 s: larger chunks decode no faster, smaller ones only cost calls."""
KALDI_SILENT = -1


class VoskRecognizer:
    """One model shared by all threads, a new `KaldiRecognizer` an over: a reused one keeps leftovers.

    No grammar of the site's words: it would not lean towards them but forbid all others, and what officers
    report is in the others. No alternatives: with them the engine gives no confidences of words.
    """

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

    def stream(self) -> "VoskStream":
        """See `Recognizer`."""
        recognizer = vosk.KaldiRecognizer(self._model, SAMPLE_RATE)
        recognizer.SetWords(True)  # noqa: FBT003  # the library's own signature
        return VoskStream(recognizer)


class VoskStream:
    """See `SpeechStream`. The interpreter is free while Kaldi decodes: threads run side by side."""

    def __init__(self, recognizer: vosk.KaldiRecognizer) -> None:
        self._recognizer = recognizer
        self._rest = np.zeros(0, np.int16)
        self._sentences: list[dict[str, Any]] = []

    def feed(self, samples: Samples) -> None:
        """The engine ends a sentence at each longer pause; an over may hold several."""
        waiting = np.concatenate((self._rest, samples))
        whole = len(waiting) - len(waiting) % CHUNK
        for chunk in waiting[:whole].reshape(-1, CHUNK):
            self._hear(chunk)
        self._rest = waiting[whole:]

    def text(self) -> str:
        """Costs next to nothing: the decoder has it."""
        with _vosk_errors():
            partial = json.loads(self._recognizer.PartialResult())["partial"]
        return _joined((*self._texts(), partial))

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """Ends the last sentence."""
        self._hear(self._rest)
        with _vosk_errors():
            self._sentences.append(json.loads(self._recognizer.FinalResult()))
        words = (_word(heard) for sentence in self._sentences for heard in sentence.get("result", ()))
        return _joined(self._texts()), tuple(words)

    def _hear(self, chunk: Samples) -> None:
        with _vosk_errors():
            if len(chunk) and self._recognizer.AcceptWaveform(chunk.tobytes()):
                self._sentences.append(json.loads(self._recognizer.Result()))

    def _texts(self) -> tuple[str, ...]:
        return tuple(sentence.get("text", "") for sentence in self._sentences)


@contextmanager
def _vosk_errors() -> Iterator[None]:
    try:
        yield
    # Vosk raises nothing more precise than Exception.
    except Exception as error:
        raise EngineFailed(f"Vosk gave up on a recording ({error})") from error


def _joined(texts: Iterable[str]) -> str:
    return " ".join(text for text in texts if text)


def _word(heard: dict[str, Any]) -> Word:
    return Word(text=heard["word"], start=heard["start"], end=heard["end"], confidence=heard["conf"])
