"""Moonshine: English, its weights inside its wheel, so it hears where only a package index is reached."""

from collections.abc import Callable
from importlib.metadata import version
from threading import Lock

import numpy as np
from moonshine_voice.errors import MoonshineError
from moonshine_voice.moonshine_api import ModelArch
from moonshine_voice.transcriber import Transcriber
from moonshine_voice.utils import get_model_path

from intake.errors import EngineFailed
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.quiet import quieted
from intake.speech.sound import slower
from intake.speech.transcript import Word

LANGUAGE = "en"
WEIGHTS = "tiny-en"
"""The one model the wheel carries; every other would be downloaded."""


OPTIONS = {"vad_threshold": "0.0", "return_audio_data": "false"}
LONGEST = 10 * SAMPLE_RATE
"""Samples heard in one piece.

Measured on 36 synthetic overs of 7 to 17 s, wrong words at 20 and 10 dB: pieces of up to 16 s 17 and 68 %,
12 s 18 and 69 %, 10 s 17 and 67 %, 8 s 20 and 73 %; on 16 of them, 6 s 20 and 72 %, 4 s 24 and 84 %. What
is left to hear at the end of an over costs at most 1.2 s of processor time with pieces of 16 s, 0.6 s with
10 s.
"""
FRAME = SAMPLE_RATE // 5
"""0.2 s, a pause between words."""

SLOWER = 1.08
"""How much longer it hears each piece: with that and less hiss, more call signs come through at 10 dB."""


class MoonshineRecognizer:
    """One loaded model that hears one piece at a time; threads take turns.

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
        # The first hearing takes seconds longer than every other: not somebody's alarm.
        self.hear(np.zeros(SAMPLE_RATE, np.int16))

    def stream(self) -> "MoonshineStream":
        """See `Recognizer`."""
        return MoonshineStream(self.hear)

    def hear(self, piece: Samples) -> str:
        """The text of one piece, of at most `LONGEST` samples. Raises `EngineFailed`."""
        wave = slower(quieted(piece).astype(np.float32) / 32768.0, SLOWER).tolist()
        with self._turn:
            try:
                heard = self._transcriber.transcribe_without_streaming(wave, SAMPLE_RATE)
            except MoonshineError as error:
                raise EngineFailed(f"moonshine gave up on a recording ({error})") from error
            return " ".join(line.text.strip() for line in heard.lines).strip()


class MoonshineStream:
    """See `SpeechStream`. A piece that is cut off is heard once; the open one again when more has come.

    This model gives no times of words.
    """

    def __init__(self, hear: Callable[[Samples], str]) -> None:
        self._hear = hear
        self._texts: list[str] = []
        self._open = np.zeros(0, np.int16)
        self._heard: tuple[int, str] = (0, "")
        """How much of the open piece was heard, and as what."""

    def feed(self, samples: Samples) -> None:
        """Costs something only when a piece is full."""
        self._open = np.concatenate((self._open, samples))
        while len(self._open) > LONGEST:
            cut = _quietest(self._open)
            self._texts.append(self._hear(self._open[:cut]))
            self._open, self._heard = self._open[cut:], (0, "")

    def text(self) -> str:
        """Hears the open piece, unless nothing was added since the last time."""
        if self._heard[0] != len(self._open):
            self._heard = (len(self._open), self._hear(self._open))
        return " ".join(text for text in (*self._texts, self._heard[1]) if text)

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """The text once more: whoever asked for it in the last pause has it already."""
        return self.text(), ()


def _quietest(samples: Samples) -> int:
    """Where to end a piece: in the quietest frame of the second half of what may be its length."""
    later_half = samples[LONGEST // 2 : LONGEST].astype(np.float32).reshape(-1, FRAME)
    quietest = int(np.argmin((later_half**2).mean(axis=1)))
    return LONGEST // 2 + quietest * FRAME + FRAME // 2
