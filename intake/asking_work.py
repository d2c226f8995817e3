"""What a console's requests about the work of units mean."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bus.ids import derived_id
from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.dispatch import commands as do
from intake.dispatch.objects import AssignmentState
from intake.dispatch.queries import assignments_of, recalls_of_unit, unfinished_of_unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.work_commands import AnswerAlarm, CorrectStep, EarlierStep

if TYPE_CHECKING:
    from intake.asking import Asking

Meaning = do.Command | Refusal
OfUnit = ask.Step | ask.CancelAssignment | ask.Decline | ask.StepBack


def _dispatch(args: ask.Dispatch, asking: "Asking") -> Meaning:
    ids = {unit: derived_id(asking.id, "assignment", unit) for unit in args.units}
    return do.DispatchUnits(
        **asking.head, incident_id=args.incident, units=ids, how=args.how, comment=args.comment
    )


def _answer(args: ask.Answer, asking: "Asking") -> Meaning:
    ids = {unit: derived_id(asking.id, "assignment", unit) for unit in args.units}
    return AnswerAlarm(
        **asking.head,
        alarm_id=args.alarm,
        version=args.version,
        incident_id=asking.new_incident,
        units=ids,
        how=args.how,
        comment=args.comment,
    )


def _step(args: ask.Step, asking: "Asking") -> Meaning:
    found = _assignment(args, asking, done=args.step == "cleared")
    if isinstance(found, Refusal):
        return found
    return do.SetStep(
        **asking.head,
        assignment_id=found,
        step=_STEPS[args.step],
        disposition=args.disposition,
        evidence=args.quote or None,
    )


def _cancel(args: ask.CancelAssignment, asking: "Asking") -> Meaning:
    found = _assignment(args, asking)
    if isinstance(found, Refusal):
        return found
    return do.CancelAssignment(**asking.head, assignment_id=found, reason=args.reason)


def _reserve(args: ask.Reserve, asking: "Asking") -> Meaning:
    fresh = derived_id(asking.id, "assignment", args.unit)
    return do.Reserve(**asking.head, incident_id=args.incident, unit=args.unit, assignment_id=fresh)


def _decline(args: ask.Decline, asking: "Asking") -> Meaning:
    found = _assignment(args, asking)
    if isinstance(found, Refusal):
        return found
    return do.Decline(**asking.head, assignment_id=found, reason=args.reason)


def _back(args: ask.StepBack, asking: "Asking") -> Meaning:
    found = _assignment(args, asking, done=True)
    if isinstance(found, Refusal):
        return found
    return CorrectStep(**asking.head, assignment_id=found, step=_EARLIER[args.step], text=args.text)


def _assignment(args: OfUnit, asking: "Asking", *, done: bool = False) -> str | Refusal:
    """Which assignment of the unit is meant; its only one when no incident is named.

    `done`: also one that it has cleared, where the incident is named.
    """
    state, unit, incident = asking.state, args.unit, args.incident
    candidates = [*recalls_of_unit(state, unit), *unfinished_of_unit(state, unit)]
    if incident and done:
        candidates = [one for one in assignments_of(state, incident) if one.unit == unit]
    meant = [one for one in candidates if incident in (None, one.incident)]
    unfinished = [one for one in meant if one.is_unfinished] or meant
    if not meant:
        return refuse("no-assignment", unit=unit)
    if len(unfinished) > 1 and incident is None:
        return refuse("which-incident", unit=unit)
    return unfinished[-1].id


_STEPS: dict[str, do.Step] = {
    "signed": AssignmentState.SIGNED,
    "enroute": AssignmentState.ENROUTE,
    "onscene": AssignmentState.ONSCENE,
    "cleared": AssignmentState.CLEARED,
}

_EARLIER: dict[str, EarlierStep] = {
    "dispatched": AssignmentState.DISPATCHED,
    "signed": AssignmentState.SIGNED,
    "enroute": AssignmentState.ENROUTE,
    "onscene": AssignmentState.ONSCENE,
}

MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Meaning]] = {
    ask.Dispatch: _dispatch,
    ask.Answer: _answer,
    ask.Reserve: _reserve,
    ask.Step: _step,
    ask.StepBack: _back,
    ask.Decline: _decline,
    ask.CancelAssignment: _cancel,
}
