"""The record of an over: FLAC, a third of the bytes of a WAV and not a sample changed."""

import hashlib
import io

import numpy as np
import soundfile

from gateway.errors import DamagedRecording
from hardware.audio.format import SAMPLE_RATE, Samples


def to_flac(samples: Samples) -> bytes:
    """Mono samples at 16 kHz, at least one, as a FLAC file."""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


def from_flac(recording: bytes) -> Samples:
    """The samples given to `to_flac`; raises `DamagedRecording`."""
    try:
        samples, rate = soundfile.read(io.BytesIO(recording), dtype="int16")
    except soundfile.LibsndfileError as error:
        raise DamagedRecording("the recording cannot be read: it is not FLAC, or it is damaged") from error
    if rate != SAMPLE_RATE or samples.ndim != 1:
        raise DamagedRecording(f"the recording is not mono at {SAMPLE_RATE} Hz")
    return np.asarray(samples, np.int16)


def sha256(recording: bytes) -> str:
    """Of the FLAC bytes, in hexadecimal: what the centre checks before it gives a receipt."""
    return hashlib.sha256(recording).hexdigest()
