"""Judges an over while it runs, beside the event loop: its end waits for its last piece only."""

import asyncio

import numpy as np

from gateway.channel.over_record import Finished, Judged
from gateway.channel.recording import to_flac
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.limiting import limited_percent
from hardware.speech_gate import SpeechGate

_PIECE = SAMPLE_RATE
"""Samples worth a thread's turn."""


class OverJudge:
    """One over; used from the event loop."""

    def __init__(self) -> None:
        self._gate = SpeechGate()
        self._waiting: list[Samples] = []
        self._work: asyncio.Future[None] | None = None

    def hear(self, samples: Samples) -> None:
        """The next samples that are certain to be in its record."""
        self._waiting.append(samples)
        if sum(map(len, self._waiting)) < _PIECE or (self._work and not self._work.done()):
            return
        piece, self._waiting = np.concatenate(self._waiting), []
        self._work = asyncio.get_running_loop().run_in_executor(None, self._gate.feed, piece)

    async def verdict(self, over: Finished) -> Judged:
        """On the whole of it, encoded as well."""
        if self._work:
            await self._work
        return await asyncio.to_thread(self._judged, over)

    def _judged(self, over: Finished) -> Judged:
        samples = over.ended.samples
        return Judged(over, to_flac(samples), round(self._gate.ratio(samples), 3), limited_percent(samples))
