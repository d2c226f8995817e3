"""What is listened to, from what a technician typed."""

import math
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.audio.file_source import FileSource
from hardware.audio.format import AudioSource, Block
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.errors import AudioEnded, AudioError


def source_of(device: str) -> AudioSource:
    """A recording when there is such a file, or it is named like one; else the sound card of that name.

    Raises `AudioError` for a recording that cannot be read.
    """
    path = Path(device)
    if path.is_file() or path.suffix.lower() in {".wav", ".flac"}:
        return FileSource(path, math.inf)
    return PyAudioSource(device)


@contextmanager
def blocks_of(source: AudioSource) -> Iterator[Iterator[Block]]:
    """What a source gives, in order; raises the `AudioError` it is lost with, and ends with a recording."""
    # Bounded: a recording that is read as fast as it goes must not pile up in memory.
    heard: queue.Queue[Block | AudioError] = queue.Queue(500)
    closed = threading.Event()

    def put(item: Block | AudioError) -> None:
        while not closed.is_set():
            try:
                heard.put(item, timeout=0.1)
            except queue.Full:
                continue
            return

    def iterate() -> Iterator[Block]:
        while True:
            item = heard.get()
            if isinstance(item, AudioEnded):
                return
            if isinstance(item, AudioError):
                raise item
            yield item

    source.start(put, put)
    try:
        yield iterate()
    finally:
        closed.set()
        source.close()
