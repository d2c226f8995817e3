"""Moonshine: English, its weights inside its wheel, so it hears where only a package index is reached."""

from collections.abc import Iterator
from importlib.metadata import version
from threading import Lock

import numpy as np
from moonshine_voice.errors import MoonshineError
from moonshine_voice.moonshine_api import ModelArch
from moonshine_voice.transcriber import Transcriber
from moonshine_voice.utils import get_model_path

from intake.errors import EngineFailed
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.transcript import Word

LANGUAGE = "en"
WEIGHTS = "tiny-en"
"""The one model the wheel carries; every other would be downloaded."""


OPTIONS = {"vad_threshold": "0.0", "return_audio_data": "false"}
LONGEST = 16 * SAMPLE_RATE
"""Samples heard in one piece."""
FRAME = SAMPLE_RATE // 5
"""0.2 s, a pause between words."""


class MoonshineRecognizer:
    """One loaded model that hears one over at a time; threads take turns.

    The library's own cutting at pauses is off: it remembers the over before, so that one recording gave
    different texts. Its model hears short pieces best, so long overs are cut here, where they are quietest.
    """

    name = "moonshine"
    model_sha256 = None

    def __init__(self) -> None:
        """Load the weights out of the wheel. Raises `EngineFailed`."""
        self.model = f"{WEIGHTS} {version('moonshine-voice')}"
        folder = get_model_path(WEIGHTS)
        if not folder.is_dir():
            raise EngineFailed(
                "the moonshine-voice wheel holds no weights; install moonshine-voice==0.0.73, which does"
            )
        try:
            self._transcriber = Transcriber(folder, ModelArch.TINY, options=OPTIONS)
        except MoonshineError as error:
            raise EngineFailed(f"moonshine cannot load its weights ({error})") from error
        # The result lives in memory that belongs to the transcriber until the next call.
        self._turn = Lock()

    def transcribe(self, samples: Samples) -> tuple[str, tuple[Word, ...]]:
        """See `Recognizer`. This model gives no times of words."""
        with self._turn:
            texts = [self._hear(piece) for piece in _pieces(samples)]
        return " ".join(text for text in texts if text), ()

    def _hear(self, piece: Samples) -> str:
        wave = (piece.astype(np.float32) / 32768.0).tolist()
        try:
            heard = self._transcriber.transcribe_without_streaming(wave, SAMPLE_RATE)
        except MoonshineError as error:
            raise EngineFailed(f"moonshine gave up on a recording ({error})") from error
        return " ".join(line.text.strip() for line in heard.lines).strip()


def _pieces(samples: Samples) -> Iterator[Samples]:
    while len(samples) > LONGEST:
        later_half = samples[LONGEST // 2 : LONGEST].astype(np.float32).reshape(-1, FRAME)
        quietest = int(np.argmin((later_half**2).mean(axis=1)))
        cut = LONGEST // 2 + quietest * FRAME + FRAME // 2
        yield samples[:cut]
        samples = samples[cut:]
    yield samples
