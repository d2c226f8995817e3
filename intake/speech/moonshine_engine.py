"""Moonshine: English, its weights inside its wheel, so it hears where only a package index is reached."""

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


class MoonshineRecognizer:
    """One loaded model that hears one over at a time; threads take turns.

    The library cuts an over at its pauses; in one piece it was slower and heard numbers worse.
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
            self._transcriber = Transcriber(folder, ModelArch.TINY, options={"return_audio_data": "false"})
        except MoonshineError as error:
            raise EngineFailed(f"moonshine cannot load its weights ({error})") from error
        # The result lives in memory that belongs to the transcriber until the next call.
        self._turn = Lock()

    def transcribe(self, samples: Samples) -> tuple[str, tuple[Word, ...]]:
        """See `Recognizer`. This model gives no times of words."""
        wave = (samples.astype(np.float32) / 32768.0).tolist()
        try:
            with self._turn:
                heard = self._transcriber.transcribe_without_streaming(wave, SAMPLE_RATE)
        except MoonshineError as error:
            raise EngineFailed(f"moonshine gave up on a recording ({error})") from error
        lines = (line.text.strip() for line in heard.lines)
        return " ".join(line for line in lines if line), ()
