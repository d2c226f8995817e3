"""What somebody says on a channel, as a box records it."""

import io
from functools import cache

import pytest
import soundfile

from hardware.audio.format import SAMPLE_RATE
from hardware.errors import VoiceUnavailable
from hardware.simulators.voice import say


@cache
def spoken(text: str) -> bytes:
    """A synthetic voice saying it in English, as FLAC; skips the test where there is none."""
    try:
        samples = say(text, "en")
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC")
    return buffer.getvalue()
