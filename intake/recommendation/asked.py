"""What a console is told when it asks whom to send."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bus.messages.verbs import AskAdvice
from intake.dispatch.guards import alarm_named, incident_named
from intake.dispatch.queries import place_of
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.recommendation.advice import Advice, Scene, advise


def advice_of(args: AskAdvice, asker: str | None, state: State, now: datetime) -> dict[str, Any] | Refusal:
    """The ranked units for the alarm or incident, as `AskAdvice` says, to a desk of the agency `asker`."""
    scene = _scene(args, state, asker)
    if isinstance(scene, Refusal):
        return scene
    return {"units": [_row(one) for one in advise(state, scene, now)]}


def _scene(args: AskAdvice, state: State, asker: str | None) -> Scene | Refusal:
    if args.incident is not None:
        incident = incident_named(state, args.incident)
        if isinstance(incident, Refusal):
            return incident
        return Scene(incident.type, incident.place, incident.priority, incident.id, incident.lead, asker)
    if args.alarm is None:
        return refuse("missing", field="alarm")
    alarm = alarm_named(state, args.alarm)
    if isinstance(alarm, Refusal):
        return alarm
    content, place, policy = alarm.content, place_of(state, alarm), state.policy
    agency = policy.jurisdiction.lead(content.type, place, content.recorded_at, policy.zone)
    return Scene(content.type, place, content.priority, agency=agency, asker=asker)


def _row(one: Advice) -> dict[str, Any]:
    return asdict(one) | {"points": one.points}
