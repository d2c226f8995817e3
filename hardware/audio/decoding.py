"""WAV and FLAC files as samples of the one format, whatever their rate and channels."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Samples
from hardware.errors import AudioError

_CHUNK_SECONDS = 0.25
_SHORT_WAV = re.compile(r"^data\s*:\s*(\d+) \(should be (\d+)\)", re.MULTILINE)
_LENGTH_UNKNOWN = 0x7FFF_0000
"""Programs that write a WAV into a pipe cannot know its length and declare the largest one."""


def check(path: Path) -> None:
    """Raises `AudioError` when the file is missing, not audio, or a WAV cut short."""
    _opened(path).close()


def read_audio(path: Path) -> Samples:
    """The whole file; raises `AudioError` when it is missing, not audio, or cut short."""
    return np.concatenate([np.zeros(0, np.int16), *_converted(path)])


def read_blocks(path: Path) -> Iterator[Samples]:
    """The file in blocks of `BLOCK_SAMPLES`, in constant memory, the last one padded with silence.

    Raises `AudioError` as `read_audio` does, for a cut FLAC only where it is cut.
    """
    waiting = np.zeros(0, np.int16)
    for converted in _converted(path):
        waiting = np.concatenate((waiting, converted))
        whole = len(waiting) - len(waiting) % BLOCK_SAMPLES
        yield from waiting[:whole].reshape(-1, BLOCK_SAMPLES)
        waiting = waiting[whole:]
    if len(waiting):
        yield np.pad(waiting, (0, BLOCK_SAMPLES - len(waiting)))


def to_int16(wave: NDArray[np.floating[Any]]) -> Samples:
    """Floating point in ±1 as samples; what is louder is clipped."""
    return np.clip(np.round(wave * 32768.0), -32768, 32767).astype(np.int16)


def _converted(path: Path) -> Iterator[Samples]:
    with _opened(path) as file:
        if file.samplerate == SAMPLE_RATE and file.channels == 1:
            # Bit for bit: the same recording must be cut the same way every time.
            yield from (chunk[:, 0] for chunk in _chunks(file, path, "int16"))
            return
        resampler = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, 1, dtype="float32")
        for chunk in _chunks(file, path, "float32"):
            yield to_int16(resampler.resample_chunk(chunk.mean(axis=1, dtype=np.float32)))
        yield to_int16(resampler.resample_chunk(np.zeros(0, np.float32), last=True))


def _chunks(file: soundfile.SoundFile, path: Path, dtype: str) -> Iterator[NDArray[Any]]:
    frames_read = 0
    size = int(file.samplerate * _CHUNK_SECONDS)
    try:
        while len(chunk := file.read(size, dtype=dtype, always_2d=True)):
            frames_read += len(chunk)
            yield chunk
    except soundfile.LibsndfileError as error:
        raise _cut_short(path) from error
    if frames_read < file.frames:
        raise _cut_short(path)


def _opened(path: Path) -> soundfile.SoundFile:
    if not path.is_file():
        raise AudioError(f"{path}: there is no such recording")
    try:
        file = soundfile.SoundFile(path)
    except soundfile.LibsndfileError as error:
        raise AudioError(f"{path}: not a recording that can be read (WAV or FLAC is expected)") from error
    # libsndfile repairs a short header in silence; only its log still knows.
    short = _SHORT_WAV.search(file.extra_info)
    if short and int(short[2]) < int(short[1]) < _LENGTH_UNKNOWN:
        file.close()
        raise _cut_short(path)
    return file


def _cut_short(path: Path) -> AudioError:
    return AudioError(f"{path}: the recording is cut short or damaged; copy it again from where it was made")
