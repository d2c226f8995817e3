"""Recordings as the sound of one channel, one after the other with silence between them."""

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

import numpy as np
import soundfile

from gateway.over_events import Kerchunk, OverEnded
from gateway.overs import OverCutter
from gateway.squelch_settings import SquelchSettings
from hardware.audio.decoding import read_blocks
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from hardware.audio.pacing import Pacer
from hardware.errors import AudioEnded, AudioError

SILENCE_S: Final = 11.0
"""Between two recordings: longer than any hang time, and than the 10 s for which a flapping squelch is met
with suspicion, so that no recording bears upon the next."""
_AHEAD: Final = 10 * SAMPLE_RATE
"""Samples the box may be behind; it holds three times as much before it loses any."""
_WITHOUT_WORDS: Final = 4
"""Overs that may wait for their words before the sound waits too: enough to keep the engine busy."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a recording begins in the sound of the channel, in samples."""

    recording: Path
    start: int


class ReplaySound:
    """A `PatientSource`: it waits for the box, and for the words of the overs it brought about.

    `speed` as in `Pacer`. Its times are those of a recording that ends about now, so that overs have the
    distances they had. A cutter of its own runs beside the box's and counts what the box must find.
    """

    overruns = 0

    def __init__(self, recordings: Sequence[Path], squelch: SquelchSettings, speed: float = math.inf) -> None:
        """Every recording must have passed `decoding.check`."""
        self.recordings = tuple(recordings)
        self.seconds = sum(soundfile.info(each).duration + SILENCE_S for each in recordings) + SILENCE_S
        self.stretches: list[Stretch] = []
        self.damaged: list[str] = []
        """One sentence on each recording that broke off."""
        self.overs = 0
        """That ended so far."""
        self.kerchunks = 0
        self.bursts = 0
        """Of an open squelch with nobody there."""
        self.ended = False
        self.position = 0
        self.began = monotonic()
        """When sample 0 was heard."""
        self._ahead_of_time = self.seconds * max(0.0, 1 - 1 / speed)
        self._pacer = Pacer(speed)
        self._cutter = OverCutter(squelch)
        self._turn = threading.Condition()
        self._taken = 0
        self._worded = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Begin to play; see `AudioSource`."""
        self.began = monotonic() - self._ahead_of_time
        self._pacer.restart()
        self._thread = threading.Thread(
            target=self._play, args=(on_block, on_lost), name="audio.replay", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop playing; see `AudioSource`."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self._pacer.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def taken(self, position: int) -> None:
        """See `PatientSource`."""
        with self._turn:
            self._taken = position
            self._turn.notify_all()

    def worded(self, overs: int) -> None:
        """So many overs have their words."""
        with self._turn:
            self._worded = overs
            self._turn.notify_all()

    def _play(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        for samples in self._samples():
            if not self._may_go_on() or not self._pacer.wait_for(self.position + len(samples)):
                return
            block = Block(samples, self.began + self.position / SAMPLE_RATE, self.position)
            on_block(block)
            self._count(block)
            self.position += len(samples)
        self.ended = True
        on_lost(AudioEnded("every recording was played to its end"))

    def _samples(self) -> Iterator[Samples]:
        yield from _silence()
        for recording in self.recordings:
            self.stretches.append(Stretch(recording, self.position))
            try:
                yield from read_blocks(recording)
            except AudioError as error:
                self.damaged.append(str(error))
            yield from _silence()

    def _may_go_on(self) -> bool:
        with self._turn:
            self._turn.wait_for(self._has_room)
            return not self._closed

    def _has_room(self) -> bool:
        heard = self.position - self._taken < _AHEAD
        return self._closed or (heard and self.overs - self._worded < _WITHOUT_WORDS)

    def _count(self, block: Block) -> None:
        for event in self._cutter.feed(block):
            match event:
                case OverEnded():
                    self.overs += 1
                case Kerchunk(noise=True):
                    self.bursts += 1
                case Kerchunk():
                    self.kerchunks += 1
                case _:
                    continue


def _silence() -> Iterator[Samples]:
    for _ in range(round(SILENCE_S * SAMPLE_RATE / BLOCK_SAMPLES)):
        yield np.zeros(BLOCK_SAMPLES, np.int16)
