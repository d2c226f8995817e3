"""What is listened to, from what a technician typed."""

import math
from pathlib import Path

from hardware.audio.file_source import FileSource
from hardware.audio.format import AudioSource
from hardware.audio.pyaudio_source import PyAudioSource


def source_of(device: str) -> AudioSource:
    """A recording when there is such a file, or it is named like one; else the sound card of that name.

    Raises `AudioError` for a recording that cannot be read.
    """
    path = Path(device)
    if path.is_file() or path.suffix.lower() in {".wav", ".flac"}:
        return FileSource(path, math.inf)
    return PyAudioSource(device)
