"""Synthetic officers: text in, speech out, the same every time.

English is spoken by Hibari (its voice is inside its wheel), Chinese by espeak-ng, which is GPL and
therefore a program of its own, never a library.
"""

import io
import shutil
import subprocess
import threading
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.errors import VoiceUnavailable

Language = Literal["en", "zh"]

_PITCH_SPREAD = 0.06
_PACE_SPREAD = 0.08
"""Officers differ by this share; more would test the speech engine on voices nobody has."""
_ESPEAK_WORDS_PER_MINUTE = 170
_CACHED_TEXTS = 256
_ESPEAK_SECONDS = 30

_hibari_lock = threading.Lock()


def say(text: str, lang: Language, speaker: int = 0) -> Samples:
    """Speech in the one format, at the synthesiser's own level, without silence added.

    The same text, language and speaker give the same samples; another `speaker` is slightly higher or
    lower, faster or slower. Raises `VoiceUnavailable` when the synthesiser of the language is not
    installed.
    """
    return _spoken(text, lang, speaker).copy()


@lru_cache(maxsize=_CACHED_TEXTS)
def _spoken(text: str, lang: Language, speaker: int) -> Samples:
    rng = np.random.default_rng(speaker)
    pitch, pace = 1 + rng.uniform(-1, 1, 2) * (_PITCH_SPREAD, _PACE_SPREAD)
    wave, rate = (_english if lang == "en" else _chinese)(text, float(pace), speaker)
    return to_int16(0.9 * soxr.resample(wave, rate * pitch, SAMPLE_RATE))


def _english(text: str, pace: float, seed: int) -> tuple[NDArray[np.float32], int]:
    with _hibari_lock:
        voice = _hibari()
        return voice(text, speed=pace, seed=seed), voice.sample_rate


@lru_cache(maxsize=1)
def _hibari() -> Any:  # noqa: ANN401  # the wheel carries no types
    try:
        from hibari import Hibari  # noqa: PLC0415  # loads an inference engine: only where speech is made
    except ImportError as error:
        raise VoiceUnavailable("the English voice is not installed: pip install 'tongpin[demo]'") from error
    return Hibari()


def _chinese(text: str, pace: float, _seed: int) -> tuple[NDArray[np.float32], int]:
    program = shutil.which("espeak-ng")
    if program is None:
        raise VoiceUnavailable("the Chinese voice is not installed: apt install espeak-ng")
    words_per_minute = str(round(_ESPEAK_WORDS_PER_MINUTE * pace))
    try:
        return _espeak(program, words_per_minute, text)
    except subprocess.TimeoutExpired as error:
        raise VoiceUnavailable(f"espeak-ng did not speak within {_ESPEAK_SECONDS} s") from error


def _espeak(program: str, words_per_minute: str, text: str) -> tuple[NDArray[np.float32], int]:
    spoken = subprocess.run(  # noqa: S603  # a fixed program; the text goes through its standard input
        [program, "-v", "cmn", "-s", words_per_minute, "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        timeout=_ESPEAK_SECONDS,
        check=False,
    )
    if spoken.returncode != 0 or not spoken.stdout:
        said = spoken.stderr.decode(errors="replace").strip().splitlines()
        raise VoiceUnavailable(
            f"espeak-ng could not speak Chinese: {said[-1] if said else 'it gave no sound'}"
        )
    wave, rate = soundfile.read(io.BytesIO(spoken.stdout), dtype="float32")
    return wave, rate
