"""The rule that answers an alarm in one go: it becomes an incident and units are sent to it, or neither."""

from intake.dispatch.alarms import promote
from intake.dispatch.assignments import dispatch_units
from intake.dispatch.commands import DispatchUnits, Promote
from intake.dispatch.draft import Draft
from intake.dispatch.refusals import Refusal
from intake.dispatch.work_commands import AnswerAlarm


def answer_alarm(draft: Draft, command: AnswerAlarm) -> Refusal | None:
    """Promote and dispatch; an undo takes both back."""
    promotion = Promote(
        id=command.id,
        at=command.at,
        by=command.by,
        alarm_id=command.alarm_id,
        version=command.version,
        incident_id=command.incident_id,
    )
    if refusal := promote(draft, promotion):
        return refusal
    order = DispatchUnits(
        id=command.id,
        at=command.at,
        by=command.by,
        incident_id=command.incident_id,
        units=command.units,
        how=command.how,
        comment=command.comment,
    )
    return dispatch_units(draft, order)
