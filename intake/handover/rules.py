"""Rules of handing over: both are responsible until both have signed, and nobody signs unread lines."""

from intake.dispatch.draft import Draft
from intake.dispatch.guards import given
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.handover.brief import brief, latest, unread
from intake.handover.commands import DropHandover, LeaveNote, OpenHandover, ReadLines, SignHandover
from intake.handover.events import (
    HandoverDropped,
    HandoverNoted,
    HandoverOpened,
    HandoverRead,
    HandoverSigned,
)
from intake.handover.objects import Handover, Note


def open_handover(draft: Draft, command: OpenHandover) -> Refusal | None:
    """Begin one; each person hands over one desk at a time."""
    own = (one for one in draft.state.handovers.values() if one.is_open and one.outgoing == draft.by.name)
    if next(own, None) is not None:
        return refuse("handover-open")
    draft.write(HandoverOpened(**draft.head, handover_id=command.handover_id, notes=_carried(draft.state)))
    return None


def leave_note(draft: Draft, command: LeaveNote) -> Refusal | None:
    """Write a note; whoever goes may, and whoever comes."""
    handover = _open_one(draft.state, command.handover_id)
    if isinstance(handover, Refusal):
        return handover
    if (refusal := given(command.text, "text")) is not None:
        return refusal
    note = Note(id=command.id, kind=command.note, text=command.text, by=draft.by.name, at=draft.at)
    draft.write(HandoverNoted(**draft.head, handover_id=handover.id, note=note))
    return None


def read_lines(draft: Draft, command: ReadLines) -> Refusal | None:
    """Note what was read; lines that are gone meanwhile, or read before, count for nothing."""
    handover = _open_one(draft.state, command.handover_id)
    if isinstance(handover, Refusal):
        return handover
    if draft.by.name == handover.outgoing:
        return refuse("handover-own")
    if handover.incoming not in (None, draft.by.name):
        return refuse("handover-taken", by=handover.incoming)
    there = {line.key for line in brief(draft.state, handover)}
    fresh = tuple(key for key in dict.fromkeys(command.lines) if key in there and key not in handover.read)
    if fresh:
        draft.write(HandoverRead(**draft.head, handover_id=handover.id, lines=fresh))
    return None


def sign_handover(draft: Draft, command: SignHandover) -> Refusal | None:
    """Sign; whoever comes needs to have read every line there is at this moment."""
    handover = _open_one(draft.state, command.handover_id)
    if isinstance(handover, Refusal):
        return handover
    if draft.by.name == handover.outgoing:
        if handover.outgoing_signed_at is None:
            draft.write(HandoverSigned(**draft.head, handover_id=handover.id, side="outgoing"))
        return None
    if handover.incoming not in (None, draft.by.name):
        return refuse("handover-taken", by=handover.incoming)
    missing = unread(draft.state, handover)
    if missing:
        return refuse("handover-unread", n=len(missing))
    if handover.incoming_signed_at is None:
        draft.write(HandoverSigned(**draft.head, handover_id=handover.id, side="incoming"))
    return None


def drop_handover(draft: Draft, command: DropHandover) -> Refusal | None:
    """Give it up; the one who wanted to go stays responsible."""
    handover = _open_one(draft.state, command.handover_id)
    if isinstance(handover, Refusal):
        return handover
    if (refusal := given(command.reason, "reason")) is not None:
        return refusal
    draft.write(HandoverDropped(**draft.head, handover_id=handover.id, reason=command.reason))
    return None


def _open_one(state: State, id_: str) -> Handover | Refusal:
    handover = state.handovers.get(id_)
    if handover is None:
        return refuse("unknown", field="handover", what="handover", id=id_)
    return handover if handover.is_open else refuse("handover-over")


def _carried(state: State) -> tuple[Note, ...]:
    """The notes that outlast a shift, of the latest handover that was signed."""
    last = latest(state)
    return tuple(note for note in last.notes if note.kind != "shift") if last else ()
