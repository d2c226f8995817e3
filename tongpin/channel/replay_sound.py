"""Recordings as the sound of one channel, one after the other, each as if the box had just been started."""

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Final

import soundfile

from gateway.channel.over_events import Kerchunk, OverEnded
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import read_blocks
from hardware.audio.discriminator import Deemphasis
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.audio.pacing import Pacer
from hardware.errors import AudioEnded, AudioError
from tongpin.channel.replay_silence import SILENT_DBFS, quiet_dbfs, silence

LEAD_S: Final = 3
"""Silence as soft as the recording's own, for the squelch to learn its floor."""
TRAIL_S: Final = 3
"""Silence after it, longer than any hang time: no over waits for the next recording."""
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

    def __init__(
        self,
        recordings: Sequence[Path],
        squelch: SquelchSettings,
        speed: float = math.inf,
        *,
        discriminator: bool = False,
    ) -> None:
        """Every recording must have passed `decoding.check`; each is read once to learn how quiet it gets.

        `discriminator`: the box will make the sound flat before it cuts it.
        """
        self.recordings = tuple(recordings)
        self._quiet = [_quiet(each) for each in recordings]
        self.seconds = sum(LEAD_S + soundfile.info(each).duration + TRAIL_S for each in recordings)
        self.stretches: list[Stretch] = []
        self.damaged: list[str] = []
        """One sentence on each recording that broke off."""
        self.overs = 0
        """That ended so far."""
        self.kerchunks = 0
        self.bursts = 0
        """Of an open squelch with nobody there."""
        self.ended = False
        self.played_s = 0.0
        """Of `seconds`."""
        self.began = monotonic()
        """When the sample at position 0 was heard."""
        self._position = 0
        # After a longer hole in its sound, a cutter forgets what it knew of the channel.
        self._hole = round((squelch.floor_seconds + 1) * SAMPLE_RATE)
        holes_s = self._hole * len(self.recordings) / SAMPLE_RATE
        self._ahead_of_time = holes_s + self.seconds * max(0.0, 1 - 1 / speed)
        self._pacer = Pacer(speed)
        self._cutter = OverCutter(squelch)
        self._flat = Deemphasis() if discriminator else None
        self._turn = threading.Condition()
        self._handed = self._taken = 0
        """Positions."""
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
        played = 0
        for samples in self._samples():
            played += len(samples)
            if not self._may_go_on() or not self._pacer.wait_for(played):
                return
            block = Block(samples, self.began + self._position / SAMPLE_RATE, self._position)
            self._position = self._handed = self._position + len(samples)
            on_block(block)
            self._count(block)
            self.played_s = played / SAMPLE_RATE
        self.ended = True
        on_lost(AudioEnded("every recording was played to its end"))

    def _samples(self) -> Iterator[Samples]:
        for recording, quiet in zip(self.recordings, self._quiet, strict=True):
            yield from silence(quiet, LEAD_S)
            self.stretches.append(Stretch(recording, self._position))
            try:
                yield from read_blocks(recording)
            except AudioError as error:
                self.damaged.append(str(error))
            yield from silence(SILENT_DBFS, TRAIL_S)
            self._position += self._hole

    def _may_go_on(self) -> bool:
        with self._turn:
            self._turn.wait_for(self._has_room)
            return not self._closed

    def _has_room(self) -> bool:
        heard = self._handed - self._taken < _AHEAD
        return self._closed or (heard and self.overs - self._worded < _WITHOUT_WORDS)

    def _count(self, block: Block) -> None:
        if self._flat:
            block = replace(block, samples=self._flat.step(block.samples))
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


def _quiet(recording: Path) -> float:
    try:
        return quiet_dbfs(recording)
    except AudioError:  # told when it is heard
        return SILENT_DBFS
