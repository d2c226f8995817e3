"""What became of whole incidents besides their work: one event with another, or not after all."""

from typing import Literal

from intake.dispatch.proposals import Certainty, Sighting
from intake.dispatch.source_events import BaseEvent, SourceEvent


class IncidentMerged(BaseEvent):
    """It is one event with `into`, which has its alarms and assignments now, with all their times."""

    kind: Literal["incident.merged"] = "incident.merged"
    incident_id: str
    into: str


class IncidentSplit(BaseEvent):
    """It was another event than `out_of` after all, and has `brought` again: alarms and assignments."""

    kind: Literal["incident.split"] = "incident.split"
    incident_id: str
    out_of: str
    brought: tuple[str, ...]
    reason: str


class IncidentCorrected(BaseEvent):
    """It is something else, or elsewhere, than was thought."""

    kind: Literal["incident.corrected"] = "incident.corrected"
    incident_id: str
    type_before: str
    type: str
    place_before: str
    place: str
    reason: str


class CertaintyProposed(SourceEvent):
    """What was said in an over speaks for or against it; people decide."""

    kind: Literal["incident.certainty-proposed"] = "incident.certainty-proposed"
    incident_id: str
    over_id: str
    before: Certainty
    sighting: Sighting
