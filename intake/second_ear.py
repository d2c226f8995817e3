"""A second speech engine hears a share of the overs again: how far the two agree is counted in the journal.

What the second one hears is a figure about the engines; it changes nothing on the board.
"""

import asyncio
import hashlib
from functools import partial

import structlog

from bus.clock import Clock
from bus.ids import derived_id
from intake.arrivals.arrival import PARSER
from intake.background import in_background
from intake.clips import Clips
from intake.dispatch.source_commands import CompareOver
from intake.dispatch.source_events import OverTranscribed
from intake.dispatch.speech import Over, SecondHearing
from intake.errors import ClipMissing, SpeechError
from intake.settings import SpeechSettings
from intake.speech.choose import open_recognizer
from intake.speech.transcriber import Transcriber
from intake.speech.wording import word_errors
from intake.writer import Commit, Writer

WAITING = 50
"""Overs that may wait for the second engine; on a busy day the others are left out of the sample."""


class SecondEar:
    """Used from the event loop; silent unless the settings name a second engine."""

    def __init__(self, settings: SpeechSettings, clips: Clips, writer: Writer, clock: Clock) -> None:
        self._settings = settings
        self._clips = clips
        self._writer = writer
        self._clock = clock
        self._waiting: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self._log = structlog.get_logger("second_ear")

    def committed(self, commit: Commit) -> None:
        """Overs that have words now may be in the sample."""
        if self._settings.second_engine is None:
            return
        for one in commit.happened:
            event = one.event
            if isinstance(event, OverTranscribed) and event.transcript.gated is None:
                self._consider(event.over_id)

    @property
    def waiting(self) -> int:
        """Overs in line."""
        return self._waiting.qsize()

    async def run(self) -> None:
        """Load the engine and hear for ever; return at once when there is none."""
        if self._settings.second_engine is None:
            return
        transcriber = await self._loaded()
        while transcriber is not None:
            waiting = await self._waiting.get()
            if (over := self._writer.state.overs.get(waiting)) is not None:
                await self._compare(transcriber, over)

    async def _loaded(self) -> Transcriber | None:
        try:
            return await in_background("second_ear.load", self._load)
        except SpeechError as error:
            self._log.error("no second engine", why=str(error))
        except Exception:  # noqa: BLE001 (a figure about engines must not stop the centre)
            self._log.exception("fault")
        return None

    def _consider(self, over: str) -> None:
        if not in_sample(over, self._settings.second_share):
            return
        if self._waiting.full():
            self._log.info("left out of the sample", over=over)
            return
        self._waiting.put_nowait(over)

    async def _compare(self, transcriber: Transcriber, over: Over) -> None:
        try:
            second = await in_background(f"second_ear[{over.id}]", partial(self._second, transcriber, over))
        except (ClipMissing, SpeechError) as error:
            self._log.warning("not heard again", over=over.id, why=str(error))
            return
        except Exception:  # noqa: BLE001 (as above)
            self._log.exception("fault", over=over.id)
            return
        command = CompareOver(
            id=derived_id(over.id, "second"),
            at=self._clock.now(),
            by=PARSER,
            over_id=over.id,
            second=second,
        )
        await (await self._writer.store(command.id, command))

    def _second(self, transcriber: Transcriber, over: Over) -> SecondHearing:
        heard = transcriber.transcribe(self._clips.read(over.meta.clip))
        text = "" if heard.gated else heard.text
        differing, words = word_errors(over.transcript.text if over.transcript else "", text)
        return SecondHearing(
            engine=heard.engine, model=heard.model, text=text, words=words, differing=differing
        )

    def _load(self) -> Transcriber:
        speech = self._settings
        return Transcriber(
            open_recognizer(speech.language, models_dir=speech.models, preferred=speech.second_engine)
        )


def in_sample(over: str, share: float) -> bool:
    """Whether an over belongs to a sample of `share`, 0 to 1, of all overs: by its id, so always the same."""
    drawn = int.from_bytes(hashlib.sha256(over.encode()).digest()[:8])
    return drawn < share * 2**64
