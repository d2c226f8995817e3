"""Samples as a WAV or FLAC file."""

from pathlib import Path

import soundfile

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.errors import AudioError


def write_audio(path: Path, samples: Samples) -> None:
    """Write a recording whose format is told by its name. Raises `AudioError` when that cannot be done."""
    try:
        soundfile.write(path, samples, SAMPLE_RATE, subtype="PCM_16")
    except (soundfile.LibsndfileError, TypeError, ValueError) as error:
        raise AudioError(f"{path}: cannot be written (WAV or FLAC, in a folder that is there)") from error
