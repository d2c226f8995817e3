"""What people may ask of whole incidents besides the way of work: to be one with another."""

from dataclasses import dataclass

from intake.dispatch.commands import IncidentCommand
from intake.dispatch.proposals import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeIncidents(IncidentCommand):
    """Say that an incident and `into` are one event: the work goes on under `into`."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCertainty(IncidentCommand):
    """Say how sure it is. What a sighting proposes needs no reason of one's own; the present one keeps it."""

    certainty: Certainty
    reason: str = ""
