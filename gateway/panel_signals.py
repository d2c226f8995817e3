"""From what a line said to the signals the centre gets. Pure, but for the ids made here, at the origin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bus.ids import new_id
from bus.messages.base import Value
from bus.messages.signal import Clockwork, LineTrouble, PanelEvent, PanelSignal
from gateway.box import Box
from gateway.repeats import Moment, Seen, judge, remember
from gateway.spool_rows import Batch, Draft, SourceState
from gateway.supervision import Change
from hardware.panels.frame import PanelRecord


class LineMemory(Value):
    """What a line must remember over a restart: recent frames, and the trouble the centre knows of."""

    seen: tuple[Seen, ...] = ()
    trouble: LineTrouble | None = None


def memory_of(state: SourceState) -> LineMemory:
    """The memory kept in a source's state."""
    return LineMemory.model_validate_json(state.memory) if state.memory else LineMemory()


@dataclass(frozen=True)
class Heard:
    """What happened on one line at one moment: a change of its state, and frames, in that order."""

    when: Moment
    clock: Clockwork
    change: Change | None = None
    records: tuple[PanelRecord, ...] = ()


@dataclass(frozen=True)
class SignalMaker:
    """Makes the signals of one line or channel of one box."""

    box: Box
    line: str
    protocol: str
    window_s: float

    def batch(self, state: SourceState, heard: Heard) -> Batch:
        """The signals of `heard`, numbered on from `state`, and the memory that belongs to them."""
        memory = memory_of(state)
        bodies: list[dict[str, Any]] = []
        if heard.change is not None:
            bodies.append(_change(heard.change))
            trouble = heard.change.trouble if heard.change.kind == "line_fault" else None
            memory = memory.model_copy(update={"trouble": trouble})
        seen = memory.seen
        for record in heard.records:
            frame = list(self._frame(record, seen, heard.when))
            bodies += frame
            if frame[0]["kind"] != "repeat":
                ids = tuple(body["id"] for body in frame)
                seen = remember(seen, Seen(raw=record.raw, ids=ids, when=heard.when))
        drafts = (self._draft(body, state.seq + 1 + i, heard) for i, body in enumerate(bodies))
        return Batch(tuple(drafts), memory.model_copy(update={"seen": seen}).model_dump_json())

    def _frame(self, record: PanelRecord, seen: tuple[Seen, ...], when: Moment) -> Iterator[dict[str, Any]]:
        verdict = judge(seen, record.raw, when, self.window_s)
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


def _change(change: Change) -> dict[str, Any]:
    return {"id": new_id(), "kind": change.kind, "trouble": change.trouble, "detail": change.detail}


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
