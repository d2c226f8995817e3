"""One over that the pool of workers writes down: sound in on the event loop, its transcript out."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial

import numpy as np

from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.transcript import Transcript
from intake.speech.transcription import Transcription
from intake.speech.turns import Load, Task

TURN = SAMPLE_RATE
"""Samples decoded in one turn, so that a long over does not keep the others waiting."""


class Scribe:
    """Used from the event loop, but for `work`. `transcript` is done when everything is written down."""

    def __init__(
        self,
        over: str,
        transcription: Transcription,
        *,
        clock: Callable[[], float],
        on_news: Callable[[], None],
        on_text: Callable[[str], None] | None = None,
    ) -> None:
        """`on_text` hears the words so far whenever they were looked for; None: nobody is watching."""
        self.over = over
        self.transcript: asyncio.Future[Transcript] = asyncio.get_running_loop().create_future()
        self._transcription = transcription
        self._clock = clock
        self._on_news = on_news
        self._on_text = on_text
        self._waiting: deque[Samples] = deque()
        self._unheard = 0
        self._ended = False
        self._fresh = False
        self._fed_at = self._served_at = self._told_at = clock()
        self._text_cost_s = 0.0

    def feed(self, samples: Samples) -> None:
        """The next samples."""
        self._waiting.extend(samples[at : at + TURN] for at in range(0, len(samples), TURN))
        self._unheard += len(samples)
        self._fed_at = self._clock()
        self._on_news()

    def end(self) -> None:
        """Nothing more comes: its transcript goes before all text of overs that still run."""
        self._ended = True
        self._on_news()

    def abandon(self) -> None:
        """Nobody wants it any more."""
        self.transcript.cancel()
        self._on_news()

    @property
    def behind_s(self) -> float:
        """Seconds of sound nobody has decoded yet."""
        return self._unheard / SAMPLE_RATE

    def load(self) -> Load:
        """What it asks for now."""
        return Load(
            waiting=self._unheard,
            ended=self._ended,
            fresh=self._fresh and self._on_text is not None,
            fed_at=self._fed_at,
            served_at=self._served_at,
            told_at=self._told_at,
            text_cost_s=self._text_cost_s,
        )

    def begin(self, task: Task) -> Callable[[], Transcript | str | None]:
        """Take a turn: gives the work of it, to be done in any thread, one turn at a time."""
        self._served_at = self._clock()
        if self._waiting:
            # Small pieces that came one by one are decoded in one go.
            return partial(self._transcription.feed, self._take())
        if task == "final":
            return self._transcription.finish
        self._fresh, self._told_at = False, self._served_at
        return self._transcription.text

    def done(self, result: Transcript | str | None) -> None:
        """What the turn gave."""
        match result:
            case Transcript() if not self.transcript.done():
                self.transcript.set_result(result)
            case str() if self._on_text:
                self._text_cost_s = self._clock() - self._told_at
                self._on_text(result)
            case _:
                self._fresh = True

    def failed(self, error: Exception) -> None:
        """What the turn raised; whoever waits for the transcript hears it."""
        if not self.transcript.done():
            self.transcript.set_exception(error)
            self.transcript.exception()  # a live over that nobody asked for again is no fault of the program

    def _take(self) -> Samples:
        taken = [self._waiting.popleft()]
        while self._waiting and sum(map(len, taken)) + len(self._waiting[0]) <= TURN:
            taken.append(self._waiting.popleft())
        samples = np.concatenate(taken)
        self._unheard -= len(samples)
        return samples
