"""How sure an incident is: what is said of it from its scene proposes, people decide, and both say why."""

from intake.dispatch.desk_events import CertaintyChanged, WhyCertain
from intake.dispatch.draft import Draft
from intake.dispatch.guards import incident_in, incident_named, seen_as_it_is
from intake.dispatch.incident_commands import SetCertainty
from intake.dispatch.incident_events import CertaintyProposed
from intake.dispatch.links import CERTAINTIES
from intake.dispatch.objects import AssignmentState, Incident, IncidentState
from intake.dispatch.proposals import Certainty, Sighting, WhySighted
from intake.dispatch.queries import WORKING_INCIDENT, moving_of_unit, unit_of_radio
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.speech import ANYTHING, Over, Transcript, Understanding
from intake.dispatch.spoken import said_when, sureness
from intake.dispatch.state import State

TELLING = frozenset({"report", "status"})
"""Intents in which somebody says what is to be seen; who asks or orders does not."""


def set_certainty(draft: Draft, command: SetCertainty) -> Refusal | None:
    """Change how sure it is, or keep it against what is proposed; less sure needs a reason or a sighting."""
    incident = incident_named(draft.state, command.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if refusal := seen_as_it_is(incident, command.version) or incident_in(
        incident, *WORKING_INCIDENT, IncidentState.RESOLVED
    ):
        return refusal
    sighting = incident.sighting
    if sighting is None and command.certainty == incident.certainty:
        return None
    proposed = sighting is not None and sighting.certainty == command.certainty
    if not proposed and _is_less(command.certainty, incident.certainty) and not command.reason.strip():
        return refuse("less-sure-needs-reason", field="reason")
    why: WhyCertain = "kept" if command.certainty == incident.certainty else "desk"
    decided = CertaintyChanged(
        **draft.head,
        incident_id=incident.id,
        before=incident.certainty,
        after=command.certainty,
        why=sighting.why if sighting is not None and proposed else why,
        reason=command.reason or (sighting.text if sighting is not None and proposed else ""),
        evidence=sighting.clip if sighting is not None else None,
    )
    draft.write(decided)
    return None


def hear_sighting(draft: Draft, over: Over, transcript: Transcript, said: Understanding) -> None:
    """Propose what somebody on a scene, or speaking of one, sees there or does not; never more than that."""
    state = draft.state
    if said.intent not in TELLING or sureness(transcript, said) < state.policy.propose_above:
        return
    unit, incident = _who_sees(state, over, said)
    if incident is None:
        return
    if _matches(said.absent, incident):
        _propose(draft, over, transcript, incident, unit, "nothing-showing")
    elif unit is not None and said.intent == "report" and said.type == incident.type:
        _propose(draft, over, transcript, incident, unit, "seen")


def _who_sees(state: State, over: Over, said: Understanding) -> tuple[str | None, Incident | None]:
    """The unit on scene that speaks and its incident; else the one incident at work at the place it names."""
    radios = (unit_of_radio(state, radio) for radio in over.meta.radios)
    for unit in (*filter(None, radios), *said.units):
        at = moving_of_unit(state, unit)
        if at is not None and at.state is AssignmentState.ONSCENE:
            return unit, state.incidents[at.incident]
    here = [
        one
        for one in state.incidents.values()
        if said.place is not None and one.place == said.place and one.state in WORKING_INCIDENT
    ]
    return None, here[0] if len(here) == 1 else None


def _propose(
    draft: Draft, over: Over, transcript: Transcript, incident: Incident, unit: str | None, why: WhySighted
) -> None:
    at = CERTAINTIES.index(incident.certainty)
    proposed = CERTAINTIES[max(at - 1, 0)] if why == "nothing-showing" else CERTAINTIES[-1]
    if proposed == incident.certainty:
        return
    sighting = Sighting(
        certainty=proposed,
        why=why,
        unit=unit,
        clip=over.meta.clip,
        text=transcript.text,
        at=said_when(over.meta, draft.state.policy),
    )
    draft.write(
        CertaintyProposed(
            **draft.head,
            incident_id=incident.id,
            over_id=over.id,
            before=incident.certainty,
            sighting=sighting,
        )
    )


def _matches(absent: str | None, incident: Incident) -> bool:
    return absent in (ANYTHING, incident.type)


def _is_less(one: Certainty, other: Certainty) -> bool:
    return CERTAINTIES.index(one) < CERTAINTIES.index(other)
