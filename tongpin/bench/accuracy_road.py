"""The whole road from a channel's sound to words, in one process: cut, hand on live, gate, hear, gate again.

It is the box's cutter and the centre's live transcription, without the broker between them: fast, and the
same every time.
"""

from dataclasses import dataclass

import numpy as np

from gateway.channel.over_events import OverAudio, OverEnded, OverStarted
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from intake.speech.engine import Recognizer
from intake.speech.transcription import Transcription


@dataclass(frozen=True, slots=True)
class HeardOver:
    """One over as it was cut, `start` and `end` in samples of the channel; `gated` is why it has no words."""

    start: int
    end: int
    text: str
    gated: str | None

    @property
    def words(self) -> str:
        """What reaches the queue."""
        return "" if self.gated else self.text


class Road:
    """One channel, heard from its first sample on."""

    def __init__(self, recognizer: Recognizer, squelch: SquelchSettings | None = None) -> None:
        self._recognizer = recognizer
        self._cutter = OverCutter(squelch or SquelchSettings())
        self._position = 0
        self._start = 0
        self._live: list[Samples] = []
        self._transcription = Transcription(recognizer)

    def hear(self, samples: Samples) -> list[HeardOver]:
        """The channel's next samples, whole blocks of them; the overs that ended meanwhile.

        Raises `EngineFailed`.
        """
        heard = []
        for block in samples.reshape(-1, BLOCK_SAMPLES):
            events = self._cutter.feed(Block(block, self._position / SAMPLE_RATE, self._position))
            self._position += BLOCK_SAMPLES
            for event in events:
                match event:
                    case OverStarted(position=position):
                        self._begin(position)
                    case OverAudio(samples=piece):
                        self._live.append(piece)
                        self._transcription.feed(piece)
                    case OverEnded():
                        heard.append(self._end(event))
                    case _:
                        continue
        return heard

    def _begin(self, position: int) -> None:
        self._start, self._live = position, []
        self._transcription = Transcription(self._recognizer)

    def _end(self, over: OverEnded) -> HeardOver:
        # Words of what is heard live and not recorded, or the other way round, would be words of neither.
        if not np.array_equal(np.concatenate(self._live), over.samples):
            raise AssertionError("the live sound of an over is not its recording")
        heard = self._transcription.finish()
        return HeardOver(self._start, self._start + len(over.samples), heard.text, heard.gated)
