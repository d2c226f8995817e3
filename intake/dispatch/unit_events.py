"""What lies over a unit's state, whatever it is at."""

from typing import Literal

from intake.dispatch.source_events import BaseEvent, SourceEvent


class EmergencyDeclared(SourceEvent):
    """A unit called for help, by its radio's emergency key or in words: the alarm says how."""

    kind: Literal["unit.emergency"] = "unit.emergency"
    unit: str
    alarm_id: str


class EmergencyCleared(BaseEvent):
    """A supervisor says that it is over."""

    kind: Literal["unit.emergency-cleared"] = "unit.emergency-cleared"
    unit: str
    reason: str
