"""Taking an action back: what it changed stands as before, unless somebody has built on it."""

from collections.abc import Iterable, Iterator

from intake.agencies.objects import Grant
from intake.dispatch.base import Ref
from intake.dispatch.commands import Undo
from intake.dispatch.desk_events import ActionUndone
from intake.dispatch.draft import Draft
from intake.dispatch.evolve import evolve_with_refs
from intake.dispatch.lawful import broken_rules
from intake.dispatch.objects import Alarm, Assignment, Incident, Overlay, Unit
from intake.dispatch.queries import alarms_of, assignments_of
from intake.dispatch.radio import Radio
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import Action, State, Thing
from intake.dispatch.tables import ref_of
from intake.handover.objects import Handover
from intake.patrol.objects import Check, Line, Patrolled, Point

MACHINES = ("parser", "rule:")
"""Whose actions any dispatcher may take back: the machine proposes, people decide."""


def undo(draft: Draft, command: Undo) -> Refusal | None:
    """Take back the asker's last action, or a named one of his own or of the parser."""
    state = draft.state
    action = _wanted(state, command)
    if action is None:
        return refuse("nothing-to-undo")
    if action.by != command.by.name and not action.by.startswith(MACHINES):
        return refuse("not-yours", by=action.by)
    age, window = command.at - action.at, state.policy.undo_window
    if age > window:
        return refuse("undo-late", seconds=int(age.total_seconds()), window=int(window.total_seconds()))
    if builder := _built_on_by(state, action):
        return refuse("built-on", by=builder)
    undone = _taking_back(draft, action)
    after, refs = evolve_with_refs(state, undone)
    if broken_rules(after, refs):
        return refuse("built-on", by=_last_changer(state, action))
    draft.write(undone)
    return None


def _wanted(state: State, command: Undo) -> Action | None:
    """Return the named action, else the asker's latest."""
    for action in reversed(state.recent):
        if action.id == command.action or (command.action is None and action.by == command.by.name):
            return action
    return None


def _built_on_by(state: State, action: Action) -> str | None:
    """Return who changed one of the action's objects after it, if anybody did."""
    for ref, version in action.after:
        now = state.find(ref)
        if (
            isinstance(now, Alarm | Incident | Assignment | Unit | Radio | Handover | Patrolled | Grant)
            and now.version != version
        ):
            return now.changed_by
    return None


def _last_changer(state: State, action: Action) -> str:
    """Return who last changed what the action's objects hang together with: who stands in the way."""
    own = {ref for ref, _ in action.before}
    near = [thing for thing in _neighbours(state, own) if ref_of(thing) not in own]
    last = max(near, key=lambda thing: (thing.changed_at, thing.id), default=None)
    return last.changed_by if last else action.by


def _neighbours(state: State, refs: Iterable[Ref]) -> Iterator[Alarm | Incident | Assignment]:
    """Yield the incidents of these objects, with all their alarms and assignments."""
    things = [state.find(ref) for ref in refs]
    incidents = {thing.id for thing in things if isinstance(thing, Incident)}
    incidents |= {thing.incident for thing in things if isinstance(thing, Assignment)}
    for id_ in sorted(incidents):
        yield state.incidents[id_]
        yield from alarms_of(state, id_)
        yield from assignments_of(state, id_)


def _taking_back(draft: Draft, action: Action) -> ActionUndone:
    """Return the event that restores what stood before, under new versions."""
    restored = [_restored(draft, ref, before) for ref, before in action.before if before is not None]
    return ActionUndone(
        **draft.head,
        undone=action.id,
        undone_by=action.by,
        alarms=tuple(thing for thing in restored if isinstance(thing, Alarm)),
        incidents=tuple(thing for thing in restored if isinstance(thing, Incident)),
        assignments=tuple(thing for thing in restored if isinstance(thing, Assignment)),
        units=tuple(thing for thing in restored if isinstance(thing, Unit)),
        radios=tuple(thing for thing in restored if isinstance(thing, Radio)),
        handovers=tuple(thing for thing in restored if isinstance(thing, Handover)),
        patrol=tuple(thing for thing in restored if isinstance(thing, Patrolled)),
        grants=tuple(thing for thing in restored if isinstance(thing, Grant)),
        removed=tuple(ref for ref, before in action.before if before is None),
    )


def _unit_of(radio: Thing) -> str | None:
    return radio.unit if isinstance(radio, Radio) else None


def _restored(draft: Draft, ref: Ref, before: Thing) -> Thing:
    """Return an object as it was, but for what sources have said since; its version goes on rising."""
    now = draft.state.find(ref)
    stamp = {"changed_by": draft.by.name, "changed_at": draft.at}
    match now:
        case Alarm():
            said = {"count": now.count, "annotations": now.annotations, "proposals": now.proposals}
            return before.model_copy(update={"version": now.version + 1, **stamp, **said})
        case Unit():
            own = before.overlays if isinstance(before, Unit) else frozenset()
            overlays = now.overlays | (own & {Overlay.EMERGENCY})
            heard = {"last_heard_at": now.last_heard_at, "card": now.card, "overlays": overlays}
            return before.model_copy(update={"version": now.version + 1, **stamp, **heard})
        case Radio():
            return now.model_copy(update={"version": now.version + 1, **stamp, "unit": _unit_of(before)})
        case Incident():
            sighting = now.sighting or (before.sighting if isinstance(before, Incident) else None)
            return before.model_copy(update={"version": now.version + 1, **stamp, "sighting": sighting})
        case Assignment() | Handover() | Point() | Line() | Check() | Grant():
            return before.model_copy(update={"version": now.version + 1, **stamp})
        case _:
            return before
