"""The workers that write overs down, shared fairly by every channel that speaks.

Decoding is work of threads; which over is next is decided here, on the event loop, one short turn at a time.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable

from intake.aside import aside
from intake.speech.engine import Recognizer
from intake.speech.scribe import Scribe
from intake.speech.transcription import Transcription
from intake.speech.turns import Task, next_turn

_LOOK_S = 0.1
"""How soon a pause is noticed."""


class Pool:
    """Open a `Scribe` for an over, feed it, and await its transcript; `run` does the work.

    `run` may be running several times: each is one worker.
    """

    def __init__(self, recognizer: Recognizer, clock: Callable[[], float] = time.monotonic) -> None:
        self._recognizer = recognizer
        self._clock = clock
        self._open: dict[Scribe, bool] = {}
        """Every over that is being written down, and whether a worker is at it."""
        self._news = asyncio.Event()

    def open(self, over: str, on_text: Callable[[str], None] | None = None) -> Scribe:
        """A scribe for one over; `on_text` as in `Scribe`."""
        scribe = Scribe(
            over, Transcription(self._recognizer), clock=self._clock, on_news=self._news.set, on_text=on_text
        )
        self._open[scribe] = False
        return scribe

    async def run(self) -> None:
        """Work for ever."""
        while True:
            self._sweep()
            free = {scribe: scribe.load() for scribe, busy in self._open.items() if not busy}
            turn = next_turn(free, self._clock())
            if turn is None:
                await self._wait()
            else:
                await self._serve(*turn)

    async def _serve(self, scribe: Scribe, task: Task) -> None:
        self._open[scribe] = True
        try:
            scribe.done(await aside(f"hearing[{scribe.over}]", scribe.begin(task)))
        except Exception as error:  # noqa: BLE001 (whoever waits for the transcript hears it)
            scribe.failed(error)
        finally:
            self._open[scribe] = False
            self._news.set()

    def _sweep(self) -> None:
        for scribe in [each for each, busy in self._open.items() if each.transcript.done() and not busy]:
            del self._open[scribe]

    async def _wait(self) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_S if self._open else None):
                await self._news.wait()
