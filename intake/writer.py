"""The one writer: what arrives together is decided one by one, committed as one group, then told.

    submit → queue → decide on the staged state → commit → the state moves → answers and listeners

Nobody, not even the next decision's reader, sees an event that is not in the journal. When the disk fails,
people's requests are refused at once and sources' messages wait at the head of the queue until it works
again: a source was never given a receipt, so its box keeps them too.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from intake.dispatch.base import Ref
from intake.dispatch.commands import Command
from intake.dispatch.decide import decide
from intake.dispatch.events import Event, event_from_json, event_to_json
from intake.dispatch.evolve import evolve_with_refs
from intake.dispatch.refusals import Refusal
from intake.dispatch.state import State
from intake.errors import JournalError, JournalUnwritable
from intake.journal import Batch, Entry, Journal

GROUP = 100
"""At most so many submissions share a commit; 100 rows a commit gave 15,000 rows/s on a small machine."""

RETRY_S = 1.0
"""Pause before a failed commit of sources' messages is tried again."""

Answer = Callable[[Sequence[Event]], str | None]


@dataclass(frozen=True)
class Happened:
    """One event and the objects it changed, made or removed."""

    event: Event
    touched: tuple[Ref, ...]


@dataclass(frozen=True)
class Stored:
    """It is in the journal: now, or since an earlier time (`repeated`)."""

    happened: tuple[Happened, ...] = ()
    answer: str | None = None
    repeated: bool = False


Outcome = Stored | Refusal


@dataclass(frozen=True)
class Submission:
    """One message or request, and the commands it means."""

    cause: str
    commands: tuple[Command, ...]
    answer: Answer
    patient: bool
    done: asyncio.Future[Outcome] = field(compare=False)


@dataclass(frozen=True)
class Commit:
    """What listeners hear: the events of a group, with the states around them, after they are on disk."""

    first: int
    """Number of the first event in the journal; the others follow without a gap."""
    happened: tuple[Happened, ...]
    before: State
    after: State


@dataclass(frozen=True)
class _Staged:
    submission: Submission
    outcome: Outcome
    batch: Batch | None


class Writer:
    """Owns the journal's write side and the current state."""

    def __init__(self, journal: Journal, state: State) -> None:
        self._journal = journal
        self._queue: asyncio.Queue[Submission] = asyncio.Queue(maxsize=10 * GROUP)
        self.state = state
        self.on_commit: Callable[[Commit], None] = lambda _: None
        """Hears of every group that is on disk, before anybody is answered."""
        self.trouble: str | None = None
        """One sentence while the journal cannot be written."""
        self._waiting: list[Submission] = []
        """Sources' messages that are tried again until they are stored."""

    async def store(self, cause: str, *commands: Command) -> asyncio.Future[Outcome]:
        """Queue a source's message; the future gives its outcome, however long the disk is full."""
        return await self._put(cause, commands, lambda _: None, patient=True)

    async def request(self, cause: str, *commands: Command, answer: Answer = lambda _: None) -> Outcome:
        """Decide a person's request. Raises `JournalError` when nothing can be stored just now."""
        if self._waiting and self.trouble:
            raise JournalUnwritable(self.trouble)
        return await (await self._put(cause, commands, answer, patient=False))

    async def _put(
        self, cause: str, commands: tuple[Command, ...], answer: Answer, *, patient: bool
    ) -> asyncio.Future[Outcome]:
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        await self._queue.put(Submission(cause, commands, answer, patient, done))
        return done

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            group = self._waiting + await self._next_group(wait=not self._waiting)
            try:
                await self._commit(group)
                self._waiting = []
            except JournalError as error:
                self.trouble = str(error)
                self._waiting = _turn_away(group, error)
                await asyncio.sleep(RETRY_S if self._waiting else 0)

    async def _next_group(self, *, wait: bool) -> list[Submission]:
        group = [await self._queue.get()] if wait else []
        while len(group) < GROUP and not self._queue.empty():
            group.append(self._queue.get_nowait())
        return group

    async def _commit(self, group: list[Submission]) -> None:
        staged, after = await self._decide(group)
        batches = [each.batch for each in staged if each.batch]
        before, first = self.state, self._journal.last + 1
        if batches:
            await self._journal.append(batches)
            self.trouble = None
        self.state = after
        happened = [
            one for each in staged if isinstance(each.outcome, Stored) for one in each.outcome.happened
        ]
        if happened:
            self.on_commit(Commit(first, tuple(happened), before, after))
        for each in staged:
            if not each.submission.done.done():
                each.submission.done.set_result(each.outcome)

    async def _decide(self, group: list[Submission]) -> tuple[list[_Staged], State]:
        answered = await self._journal.answers([each.cause for each in group])
        state, staged = self.state, []
        for submission in group:
            if submission.cause in answered:
                outcome = Stored(answer=answered[submission.cause], repeated=True)
                staged.append(_Staged(submission, outcome, None))
                continue
            state, each = _decide_one(state, submission)
            if each.batch:
                answered[submission.cause] = each.batch.answer
            staged.append(each)
        return staged, state


def _decide_one(state: State, submission: Submission) -> tuple[State, _Staged]:
    try:
        return _carry_out(state, submission)
    except Exception as error:  # noqa: BLE001 - see below
        # One message must not stop all others, nor every later start: it is refused, and kept by who sent it.
        structlog.get_logger("writer").exception("fault", cause=submission.cause)
        return state, _Staged(submission, _fault(error), None)


def _carry_out(state: State, submission: Submission) -> tuple[State, _Staged]:
    after, happened = state, []
    for command in submission.commands:
        decision = decide(after, command)
        if isinstance(decision, Refusal):
            return state, _Staged(submission, decision, None)
        for event in decision:
            after, touched = evolve_with_refs(after, event)
            happened.append(Happened(event, touched))
    stored = Stored(tuple(happened), submission.answer([one.event for one in happened]))
    batch = Batch(submission.cause, tuple(_entry(one) for one in happened), stored.answer)
    return after, _Staged(submission, stored, batch)


def _entry(one: Happened) -> Entry:
    event, body = one.event, event_to_json(one.event)
    if event_from_json(body) != event:
        raise ValueError(f"{event.kind} would not come back from the journal as it was")
    return Entry(event.at, event.kind, body, tuple(ref.id for ref in one.touched))


def _fault(error: Exception) -> Refusal:
    return Refusal(
        code="fault",
        en=f"The centre failed on this ({type(error).__name__}); nothing was stored. Tell the technician.",
        zh=f"中心处理时出错（{type(error).__name__}），未保存任何内容。请通知技术人员。",
    )


def _turn_away(group: list[Submission], error: JournalError) -> list[Submission]:
    for each in group:
        if not each.patient and not each.done.done():
            each.done.set_exception(error)
    return [each for each in group if each.patient]
