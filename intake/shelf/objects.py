"""What is put away, and what is still known of it: parcels, and the recordings they hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from intake.dispatch.base import Frozen
from intake.dispatch.objects import Alarm, Assignment, Incident
from intake.dispatch.speech import Over


class Recording(NamedTuple):
    """The recording of an over that was put away; `ended_at` is the end of its incident, where it had one."""

    id: str
    clip: str
    recorded_at: datetime
    ended_at: datetime | None = None


class Signal(NamedTuple):
    """A repeat or an annotation that was counted, and the alarm it was counted on."""

    alarm: str | None
    at: datetime


class Parcel(Frozen):
    """Objects that hang together, each as it stood: an incident has its alarms, orders and overs with it."""

    incidents: tuple[Incident, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    overs: tuple[Over, ...] = ()

    @property
    def things(self) -> tuple[Alarm | Incident | Assignment | Over, ...]:
        """Every object, what is named before what names it."""
        return (*self.incidents, *self.overs, *self.alarms, *self.assignments)

    @property
    def recordings(self) -> Iterator[Recording]:
        """Of its overs, as far as they are kept."""
        ended_at = max((one.changed_at for one in self.incidents), default=None)
        for over in self.overs:
            if over.gone_at is None:
                yield Recording(over.id, over.meta.clip, over.meta.recorded_at, ended_at)
