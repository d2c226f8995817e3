"""From recorded overs to words and what they mean, one after the other, in threads of their own.

The journal knows which overs have no words yet, so a restart goes on where the last run ended and no over is
heard twice.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bus.clock import Clock
from bus.ids import derived_id
from intake.arrivals.arrival import PARSER
from intake.aside import aside
from intake.clips import Clips
from intake.dispatch import speech as core
from intake.dispatch.overs import radio_units
from intake.dispatch.source_commands import AddTranscript
from intake.dispatch.speech import Over
from intake.errors import ClipMissing, SpeechError
from intake.speech.transcriber import Transcriber
from intake.speech.transcript import Transcript
from intake.understanding.model import Understanding
from intake.writer import Writer

UNREADABLE = "unreadable"
"""Gate reason of an over whose recording cannot be read: listed, with its clip's name, never dropped."""

_NOT_HEARD = core.Transcript(text="", engine="none", model="none", confidence=0.0, gated=UNREADABLE)


class Hearing:
    """A queue of over ids and a few worker tasks; order between overs is kept by a single worker."""

    def __init__(
        self,
        transcriber: Transcriber,
        understanding: Callable[[str, str | None], Understanding],
        clips: Clips,
        writer: Writer,
        clock: Clock,
    ) -> None:
        self._transcriber = transcriber
        self._understanding = understanding
        self._clips = clips
        self._writer = writer
        self._clock = clock
        self._todo: asyncio.Queue[str] = asyncio.Queue()
        self._log = structlog.get_logger("hearing")

    def hear(self, over: str) -> None:
        """Put an over in line."""
        self._todo.put_nowait(over)

    async def run(self) -> None:
        """Work for ever. Several of these may run side by side."""
        while True:
            waiting = await self._todo.get()
            over = self._writer.state.overs.get(waiting)
            if over is not None and over.transcript is None:
                await self._one(over)

    async def _one(self, over: Over) -> None:
        try:
            caller = next(iter(radio_units(self._writer.state, over.meta)), None)
            heard = await aside(f"hearing[{over.id}]", partial(self._transcribe, over, caller))
        except (ClipMissing, SpeechError) as error:
            self._log.error("not heard", over=over.id, why=str(error))
            heard = _NOT_HEARD
        except Exception:  # noqa: BLE001 - see below
            # An over that stops the engine would stop it again at every start; people can still play it.
            self._log.exception("fault", over=over.id)
            heard = _NOT_HEARD
        command = AddTranscript(
            id=derived_id(over.id, "transcript"),
            at=self._clock.now(),
            by=PARSER,
            over_id=over.id,
            alarm_id=derived_id(over.id, "alarm"),
            transcript=heard,
        )
        await (await self._writer.store(command.id, command))

    def _transcribe(self, over: Over, caller: str | None) -> core.Transcript:
        """`caller` is the unit whose radio transmitted: it is named where the words name none."""
        transcript = self._transcriber.transcribe(self._clips.read(over.meta.clip))
        return in_core_words(transcript, lambda text: self._understanding(text, caller))


def in_core_words(heard: Transcript, understanding: Callable[[str], Understanding]) -> core.Transcript:
    """The engine's transcript with its understanding, as the core takes it."""
    if heard.gated or not heard.text:
        gated = heard.gated or "no_words"
        return core.Transcript(
            text=heard.text, engine=heard.engine, model=heard.model, confidence=0.0, gated=gated
        )
    meaning = understanding(heard.text)
    return core.Transcript(
        text=heard.text,
        engine=heard.engine,
        model=heard.model,
        confidence=meaning.confidence,
        understanding=core.Understanding(
            intent=meaning.intent,
            type=meaning.type,
            place=meaning.place,
            units=meaning.units,
            status=meaning.status,
            changes_status=meaning.changes_status,
            because=meaning.because,
        ),
    )
