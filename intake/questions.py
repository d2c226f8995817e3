"""What a console may ask without changing anything: the board, a history, a search, a recording."""

import asyncio
import base64
import io
import wave
from functools import lru_cache
from typing import Any

from bus.clock import Clock
from bus.messages.base import Value
from bus.messages.request import Problem
from bus.messages.verbs import (
    CLIP_PIECE,
    AskAdvice,
    AskBrief,
    AskClip,
    AskOperators,
    AskPatrol,
    AskSnapshot,
    AskStatistics,
    AskTimeline,
    Find,
)
from intake.board import Board
from intake.clips import Clips
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.errors import ClipMissing, JournalError, RecordingUnreadable, SearchUnavailable
from intake.finding.finder import Finder
from intake.handover.asked import lines_of
from intake.history import timeline_of
from intake.journal import Journal
from intake.measuring import Measuring
from intake.operators import Operator, Operators
from intake.patrol.coverage import coverage
from intake.recommendation.asked import advice_of
from intake.speech.engine import SAMPLE_RATE
from intake.speech.sound import samples_of
from intake.writer import Writer

QUESTIONS = frozenset(
    {"snapshot", "timeline", "find", "clip", "brief", "patrol", "advise", "statistics", "operators"}
)
"""Their verbs: answered anew each time, for their answers are large and grow old."""

Answer = dict[str, Any] | Problem


class Questions:
    """Answers them from the state, the journal, the index and the folder of recordings."""

    def __init__(
        self,
        writer: Writer,
        board: Board,
        journal: Journal,
        finder: Finder,
        clips: Clips,
        measuring: Measuring,
        operators: Operators,
        clock: Clock,
    ) -> None:
        self._writer = writer
        self._board = board
        self._journal = journal
        self._finder = finder
        self._clips = clips
        self._measuring = measuring
        self._operators = operators
        self._clock = clock
        self._sound = lru_cache(maxsize=4)(self._read)

    async def answer(self, args: Value, operator: Operator) -> Answer | None:
        """None for what is no question. Raises `JournalError`."""
        match args:
            case AskSnapshot():
                return self._board.snapshot(self._clock.now()).model_dump(mode="json")
            case AskTimeline():
                rows = await timeline_of(args.object_id, self._writer.state, self._journal)
                return {"rows": [row.model_dump(mode="json") for row in rows]}
            case AskPatrol() | AskBrief() | AskAdvice() | AskOperators():
                return self._at_once(args, operator)
            case Find():
                return await self._find(args)
            case AskClip():
                return await self._clip(args, operator)
            case _:
                return await self._statistics(args) if isinstance(args, AskStatistics) else None

    def _at_once(self, args: AskPatrol | AskBrief | AskAdvice | AskOperators, operator: Operator) -> Answer:
        """What the state alone can tell, or who signed in."""
        state = self._writer.state
        match args:
            case AskPatrol():
                return coverage(state, self._clock.now())
            case AskBrief():
                return _or_problem(lines_of(args, state))
            case AskAdvice():
                return _or_problem(advice_of(args, operator.agency, state, self._clock.now()))
            case AskOperators():
                return {"seats": [seat.told() for seat in self._operators.seats()]}

    async def _statistics(self, asked: AskStatistics) -> Answer:
        try:
            return await self._measuring.told(asked, self._clock.now())
        except JournalError as error:
            return Problem(
                code="no-statistics",
                en=f"The journal cannot be measured just now: {error}.",
                zh=f"暂时无法统计：{error}。",
            )

    async def _find(self, asked: Find) -> Answer:
        try:
            found = await self._finder.find(asked, self._writer.state, self._journal)
        except SearchUnavailable as error:
            return Problem(
                code="no-search",
                en=f"Searching does not work just now: {error}.",
                zh=f"暂时无法检索：{error}。",
            )
        rows = [row.model_dump(mode="json") for row in found.rows]
        return {"rows": rows, "more": found.more, "count": found.count, "upto": found.upto}

    async def _clip(self, asked: AskClip, operator: Operator) -> Answer:
        """Who may listen is decided here; only what an over of the journal names is ever opened."""
        if operator.role == "observer":
            refusal = refuse("role", role=operator.role, needs="dispatcher/supervisor/technician")
            return Problem(code=refusal.code, en=refusal.en, zh=refusal.zh)
        if not _is_recording(asked.clip, self._writer.state):
            return _NO_CLIP
        try:
            sound = await asyncio.to_thread(self._sound, asked.clip, asked.format)
        except ClipMissing:
            return _NO_CLIP
        except RecordingUnreadable:
            return _DAMAGED
        piece = sound[asked.offset : asked.offset + CLIP_PIECE]
        return {"data": base64.b64encode(piece).decode(), "size": len(sound)}

    def _read(self, clip: str, kind: str) -> bytes:
        flac = self._clips.read(clip)
        return _as_wav(flac) if kind == "wav" else flac


def _or_problem(answer: dict[str, Any] | Refusal) -> Answer:
    if isinstance(answer, Refusal):
        return Problem(code=answer.code, en=answer.en, zh=answer.zh, field=answer.field)
    return answer


def _is_recording(clip: str, state: State) -> bool:
    id_ = clip.rpartition("/")[2].removesuffix(".flac")
    over, shelved = state.overs.get(id_), state.shelf.get(id_)
    if shelved is not None:
        return shelved.clip == clip
    return over is not None and over.meta.clip == clip and over.gone_at is None


def _as_wav(flac: bytes) -> bytes:
    wav = io.BytesIO()
    with wave.open(wav, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(samples_of(flac).tobytes())
    return wav.getvalue()


_NO_CLIP = Problem(
    code="no-clip", en="There is no such recording any more.", zh="没有该录音，或已删除。", field="clip"
)
_DAMAGED = Problem(
    code="damaged-clip", en="The recording cannot be read.", zh="录音文件无法读取。", field="clip"
)
