"""A recording heard as if it came from a sound card, at real time or faster."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from hardware.audio import decoding
from hardware.audio.format import Block
from hardware.audio.pacing import Pacer
from hardware.errors import AudioEnded, AudioError


class FileSource:
    """Plays a WAV or FLAC file of any rate and number of channels, mixed to mono and resampled.

    `speed` as in `Pacer`. After the last block `on_lost` gets `AudioEnded`, or the `AudioError` that
    says where the file is damaged. Raises `AudioError` when the file is missing, is not audio, or is visibly
    cut short.
    """

    overruns = 0

    def __init__(self, path: Path, speed: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        decoding.check(path)
        self.path = path
        self._pacer = Pacer(speed, clock)
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Begin to play; see `AudioSource`."""
        self._pacer.restart()
        self._thread = threading.Thread(
            target=self._play, args=(on_block, on_lost), name=f"audio.file[{self.path.name}]", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop playing; see `AudioSource`."""
        self._pacer.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _play(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        position = 0
        try:
            for samples in decoding.read_blocks(self.path):
                # A sound card gives a block when its last sample has been heard, not before.
                if not self._pacer.wait_for(position + len(samples)):
                    return
                on_block(Block(samples, self._pacer.due(position), position))
                position += len(samples)
        except AudioError as error:
            on_lost(error)
        else:
            on_lost(AudioEnded(f"{self.path}: played to its end"))
