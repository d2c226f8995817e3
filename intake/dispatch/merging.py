"""Rules about incidents that are one event: merged by people, and split again when they were not.

Everything moves with its times: the alarms, the assignments, the history. What was merged keeps its number,
which stands for the other from then on, and remembers what it brought, so that a reopening gives it back.
"""

from intake.dispatch.commands import ReopenIncident
from intake.dispatch.desk_events import IncidentActivated, IncidentReturned
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, incident_in, incident_named, not_mixed, seen_as_it_is
from intake.dispatch.incident_commands import MergeIncidents
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.incidents import UNSENT, reopen_incident
from intake.dispatch.linking import raise_to
from intake.dispatch.objects import (
    OPEN_INCIDENT,
    STEPS,
    Assignment,
    AssignmentState,
    Incident,
    IncidentState,
)
from intake.dispatch.queries import (
    alarms_of,
    assignments_of,
    live_of_incident,
    merged_whither,
    unfinished_of_unit,
)
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.dispatch.steps import end, return_if_nobody_left


def merge_incidents(draft: Draft, command: MergeIncidents) -> Refusal | None:
    """Go on with two incidents as one; who was sent to both keeps the order that is further along."""
    state = draft.state
    gone = incident_named(state, command.incident_id)
    if isinstance(gone, Refusal):
        return gone
    if refusal := seen_as_it_is(gone, command.version) or incident_in(gone, *OPEN_INCIDENT):
        return refusal
    into = _target(state, gone, command.into)
    if isinstance(into, Refusal):
        return into
    draft.write(IncidentMerged(**draft.head, incident_id=gone.id, into=into.id))
    _drop_doubles(draft, into)
    raise_to(draft, into.id, gone.priority, gone.certainty, why="merged")
    _go_on(draft, into.id, was_active=gone.state is IncidentState.ACTIVE)
    return None


def _target(state: State, gone: Incident, into_id: str) -> Incident | Refusal:
    """Open, another, of the same kind of work, and not itself merged into the one that goes."""
    if into_id == gone.id:
        return refuse("merge-itself", field="into", no=gone.no)
    if merged_whither(state, into_id) == gone.id:
        return refuse("merge-cycle", field="into", no=state.incidents[into_id].no, into=gone.no)
    into = incident_named(state, into_id)
    if isinstance(into, Refusal):
        return into
    return incident_in(into, *OPEN_INCIDENT) or not_mixed(gone.exercise, into.exercise) or into


def _drop_doubles(draft: Draft, into: Incident) -> None:
    """A unit that was sent to both has one order now."""
    for one in assignments_of(draft.state, into.id):
        mine = [each for each in unfinished_of_unit(draft.state, one.unit) if each.incident == into.id]
        for lesser in sorted(mine, key=_progress, reverse=True)[1:]:
            end(draft, lesser, AssignmentState.CANCELLED, said_at=draft.at, reason="merged")


def _progress(assignment: Assignment) -> int:
    return STEPS.index(assignment.state) if assignment.is_live else -1


def _go_on(draft: Draft, incident_id: str, *, was_active: bool) -> None:
    """The state that fits what it has now: at work again if it had ended, active if units are out."""
    incident = draft.state.incidents[incident_id]
    unfinished = any(one.is_unfinished for one in assignments_of(draft.state, incident_id))
    if incident.state is IncidentState.RESOLVED and unfinished:
        draft.write(IncidentReturned(**draft.head, incident_id=incident_id, why="merged"))
    incident = draft.state.incidents[incident_id]
    if incident.state in UNSENT and (was_active or live_of_incident(draft.state, incident_id)):
        draft.write(IncidentActivated(**draft.head, incident_id=incident_id))


def reopen(draft: Draft, command: ReopenIncident) -> Refusal | None:
    """Bring an ended incident back; what was merged has again what it brought, if that is still there."""
    incident = draft.state.incidents.get(command.incident_id)
    if incident is None or incident.state is not IncidentState.MERGED:
        return reopen_incident(draft, command)
    if refusal := seen_as_it_is(incident, command.version) or given(command.reason, "reason"):
        return refusal
    _split(draft, incident, command.reason)
    return None


def _split(draft: Draft, incident: Incident, reason: str) -> None:
    out_of = merged_whither(draft.state, incident.id)
    there = {one.id for one in (*alarms_of(draft.state, out_of), *assignments_of(draft.state, out_of))}
    there |= {order.id for order in draft.state.incidents[out_of].teams}
    brought = tuple(id_ for id_ in incident.brought if id_ in there)
    split = IncidentSplit(
        **draft.head, incident_id=incident.id, out_of=out_of, brought=brought, reason=reason
    )
    draft.write(split)
    _go_on(draft, incident.id, was_active=False)
    return_if_nobody_left(draft, out_of)
