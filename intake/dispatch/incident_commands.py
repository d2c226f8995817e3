"""What people may ask of whole incidents besides the way of work: to be one with another."""

from dataclasses import dataclass

from intake.dispatch.commands import IncidentCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeIncidents(IncidentCommand):
    """Say that an incident and `into` are one event: the work goes on under `into`."""

    into: str
