"""Recordings of any rate and channel count as the samples engines take."""

import io
import re
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from intake.errors import RecordingUnreadable
from intake.speech.engine import SAMPLE_RATE, Samples

_Wave = NDArray[np.float32]

_SHORT_WAV = re.compile(r"^data\s*:\s*(\d+) \(should be (\d+)\)", re.MULTILINE)
_LENGTH_UNKNOWN = 0x7FFF_0000
"""Programs that write a WAV into a pipe cannot know its length and declare the largest one."""


def samples_of(recording: bytes | Path) -> Samples:
    """A WAV or FLAC, in memory or as a file, mixed to one channel and resampled.

    Raises `RecordingUnreadable` when it is missing, not sound, or cut short; the sentence names the file.
    """
    name = "the recording" if isinstance(recording, bytes) else str(recording)
    if isinstance(recording, Path) and not recording.is_file():
        raise RecordingUnreadable(f"{name}: there is no such file")
    try:
        with soundfile.SoundFile(
            io.BytesIO(recording) if isinstance(recording, bytes) else recording
        ) as file:
            return _read(file, name)
    except soundfile.LibsndfileError as error:
        raise RecordingUnreadable(
            f"{name}: not a recording that can be read, or damaged (WAV or FLAC is expected)"
        ) from error


def slower(wave: _Wave, factor: float) -> _Wave:
    """A wave `factor` times as long, and as much lower."""
    return np.asarray(soxr.resample(wave, SAMPLE_RATE, SAMPLE_RATE * factor), np.float32)


def _read(file: soundfile.SoundFile, name: str) -> Samples:
    if _is_cut_short(file):
        raise RecordingUnreadable(f"{name}: cut short; copy it again from where it was made")
    if file.samplerate == SAMPLE_RATE and file.channels == 1:
        samples: Samples = file.read(dtype="int16")
    else:
        wave = file.read(dtype="float32", always_2d=True).mean(axis=1, dtype=np.float32)
        samples = _to_int16(soxr.resample(wave, file.samplerate, SAMPLE_RATE))
    if file.tell() < file.frames:
        raise RecordingUnreadable(f"{name}: cut short; copy it again from where it was made")
    return samples


def _is_cut_short(file: soundfile.SoundFile) -> bool:
    # libsndfile repairs a short WAV header in silence; only its log still knows.
    short = _SHORT_WAV.search(file.extra_info)
    return bool(short and int(short[2]) < int(short[1]) < _LENGTH_UNKNOWN)


def _to_int16(wave: _Wave) -> Samples:
    return np.clip(np.round(wave * 32768.0), -32768, 32767).astype(np.int16)
