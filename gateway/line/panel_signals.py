"""From what a line said to the signals the centre gets. Pure, but for the ids made here, at the origin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bus.ids import new_id
from bus.messages.base import Value
from bus.messages.signal import Clockwork, LineTrouble, PanelEvent, PanelSignal
from gateway.box import Box
from gateway.line.known import Known, known_as, learned
from gateway.line.repeats import REMEMBERED, Moment, Seen, Verdict, judge, remember
from gateway.line.supervision import Change
from gateway.spool.rows import Batch, Draft, SourceState
from hardware.panels.asking import NEVER_ASKED, Asking, State
from hardware.panels.frame import PanelRecord


class LineMemory(Value):
    """What outlives a restart: recent frames, the panel's state, and the trouble the centre knows of."""

    seen: tuple[Seen, ...] = ()
    known: tuple[Known, ...] = ()
    trouble: LineTrouble | None = None


def memory_of(state: SourceState) -> LineMemory:
    """The memory kept in a source's state."""
    return LineMemory.model_validate_json(state.memory) if state.memory else LineMemory()


@dataclass(frozen=True)
class Identity:
    """What a frame has in common with its repeats, and for how long a second one is a repeat."""

    key: str
    window_s: float


@dataclass(frozen=True)
class Heard:
    """What happened on one line at one moment: a change of its state, and frames, in that order.

    `reconciling`: the panel was just asked for its whole state, so known things come again. `identity`: what
    the one frame repeats, where its protocol can tell; else a repeat has the same raw bytes.
    """

    when: Moment
    clock: Clockwork
    change: Change | None = None
    records: tuple[PanelRecord, ...] = ()
    reconciling: bool = False
    identity: Identity | None = None


@dataclass(frozen=True)
class SignalMaker:
    """Makes the signals of one line or channel of one box."""

    box: Box
    line: str
    protocol: str
    window_s: float
    asking: Asking = field(default=NEVER_ASKED)
    remembered: int = REMEMBERED

    def batch(self, state: SourceState, heard: Heard) -> Batch:
        """The signals of `heard`, numbered on from `state`, and the memory that belongs to them."""
        memory = memory_of(state)
        bodies: list[dict[str, Any]] = []
        if heard.change is not None:
            bodies.append(_change(heard.change))
            trouble = heard.change.trouble if heard.change.kind == "line_fault" else None
            memory = memory.model_copy(update={"trouble": trouble})
        for record in heard.records:
            frame, memory = self._told(record, memory, heard)
            bodies += frame
        drafts = (self._draft(body, state.seq + 1 + i, heard) for i, body in enumerate(bodies))
        return Batch(tuple(drafts), memory.model_dump_json())

    def _told(
        self, record: PanelRecord, memory: LineMemory, heard: Heard
    ) -> tuple[list[dict[str, Any]], LineMemory]:
        """The signals of one frame, none where it is no news, and the memory with it."""
        state = self.asking.state(record)
        same = known_as(memory.known, state)
        if state and ((same and state.echo) or (heard.reconciling and _rests(record, state, memory))):
            return [], memory
        verdict = (
            Verdict(repeat_of=same.ids) if same and heard.reconciling else self._judged(record, memory, heard)
        )
        frame = list(_frame(record, verdict))
        if verdict.repeat_of:
            return frame, memory
        ids = tuple(body["id"] for body in frame)
        heard_now = Seen(raw=self._identity(record, heard).key, ids=ids, when=heard.when)
        seen = remember(memory.seen, heard_now, self.remembered)
        return frame, memory.model_copy(update={"seen": seen, "known": learned(memory.known, state, ids)})

    def _judged(self, record: PanelRecord, memory: LineMemory, heard: Heard) -> Verdict:
        """A panel that waits for no answer never says its event again for want of one."""
        if record.kind == "event" and record.reply == "none":
            return Verdict()
        identity = self._identity(record, heard)
        return judge(memory.seen, identity.key, heard.when, identity.window_s)

    def _identity(self, record: PanelRecord, heard: Heard) -> Identity:
        return heard.identity or Identity(record.raw, self.window_s)

    def _draft(self, body: dict[str, Any], seq: int, heard: Heard) -> Draft:
        signal = PanelSignal(
            gateway=self.box.gateway,
            line=self.line,
            protocol=self.protocol,
            seq=seq,
            boot=self.box.boot,
            said_at=heard.when.at,
            clock=heard.clock,
            **body,
        )
        return Draft(signal.id, "signal", self.box.topics.signal, signal.encode(), heard.when.at)


def _rests(record: PanelRecord, state: State, memory: LineMemory) -> bool:
    """Whether an answer says that nothing is amiss where nothing was: 64 zones are closed, every time."""
    return record.qualifier == "restore" and all(one.of != state.of for one in memory.known)


def _change(change: Change) -> dict[str, Any]:
    return {"id": new_id(), "kind": change.kind, "trouble": change.trouble, "detail": change.detail}


def _frame(record: PanelRecord, verdict: Verdict) -> Iterator[dict[str, Any]]:
    if verdict.repeat_of:
        for of in verdict.repeat_of:
            yield {"id": new_id(), "kind": "repeat", "raw": record.raw, "repeat_of": of}
        return
    for event in _events(record):
        yield {
            "id": new_id(),
            "kind": record.kind,
            "event": event,
            "raw": record.raw,
            "maybe_repeat": verdict.maybe_repeat,
        }


def _events(record: PanelRecord) -> Sequence[PanelEvent]:
    """One for each event of the frame; a frame of several repeats its first in its own fields."""
    where = {"receiver": record.receiver, "line": record.line, "account": record.account}
    return [
        PanelEvent(
            **where,
            qualifier=one.qualifier,
            code_set=one.code_set,
            code=one.code,
            partition=one.partition,
            zone=one.zone,
            user=one.user,
            text=one.text,
        )
        for one in (record.events or (record,))
    ]
