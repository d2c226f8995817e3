"""What a dispatcher's request means: from a verb and its arguments to commands of the core. Pure."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bus.ids import derived_id
from bus.messages import verbs as ask
from bus.messages.base import Value
from intake import asking_work
from intake.agencies import asked as agencies
from intake.agencies.events import GrantAsked, GrantRevoked
from intake.dispatch import commands as do
from intake.dispatch.base import Actor
from intake.dispatch.desk_events import IncidentOpened, UnitDispatched, UnitReserved
from intake.dispatch.events import Event
from intake.dispatch.incident_commands import MergeIncidents, SetCertainty
from intake.dispatch.objects import AlarmContent, UnitState
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.source_commands import AcceptAlarm
from intake.dispatch.state import State
from intake.dispatch.unit_commands import ClearEmergency, SetTeamStatus
from intake.dispatch.work_commands import CorrectIncident
from intake.handover import asked as handover
from intake.handover.events import HandoverOpened
from intake.patrol import asked as patrol
from intake.patrol.events import CheckDrawn
from intake.speaking import asked as speaking
from intake.timers import asked as timers
from intake.understanding.model import Understanding


@dataclass(frozen=True)
class Asking:
    """Who asks, when, under which id, the board they ask about, and what typed words mean at this site."""

    id: str
    at: datetime
    by: Actor
    state: State
    meaning: Callable[[str], Understanding]

    @property
    def head(self) -> dict[str, Any]:
        """What every command begins with."""
        return {"id": self.id, "at": self.at, "by": self.by}

    @property
    def new_incident(self) -> str:
        """The id an incident made by this request gets; the same for its repeat."""
        return derived_id(self.id, "incident")


Meaning = do.Command | Refusal


def command_for(args: Value, asking: Asking) -> Meaning:
    """The command `args` asks for, or why it cannot be told."""
    return _MEANINGS[type(args)](args, asking)


def answer_for(events: Sequence[Event]) -> str | None:
    """What the asker wants to know of what happened, as JSON; None when done is enough."""
    answer: dict[str, Any] = {}
    for event in events:
        if isinstance(event, IncidentOpened):
            answer |= {"incident": event.incident_id, "no": event.no}
        if isinstance(event, CheckDrawn):
            answer |= {"check": event.check_id, "units": event.units}
        if isinstance(event, GrantAsked):
            answer |= {"grant": event.grant_id, "no": event.grant.no}
        if isinstance(event, GrantRevoked):
            answer |= {"running": event.running, "teams": event.teams}
        if isinstance(event, HandoverOpened):
            answer["handover"] = event.handover_id
        if isinstance(event, UnitDispatched | UnitReserved):
            answer.setdefault("assignments", []).append(event.assignment_id)
    return json.dumps(answer) if answer else None


def _report(args: ask.TypedAlarm, asking: Asking) -> Meaning:
    """What the operator named counts; what they left out is taken from the words, with how sure that is."""
    words = asking.meaning(args.text)
    type_, place = args.type or words.type, args.place or words.place
    inferred = (type_, place) != (args.type, args.place)
    content = AlarmContent(
        id=args.alarm,
        source="manual",
        source_id=args.via,
        said_at=asking.at,
        recorded_at=asking.at,
        priority=asking.state.policy.priority_of(type_),
        type=type_,
        place=place,
        text=args.text,
        confidence=words.confidence if inferred else None,
        exercise=args.exercise,
    )
    return AcceptAlarm(**asking.head, content=content)


def _pull(args: ask.PullOver, asking: Asking) -> Meaning:
    words = asking.meaning(args.text)
    return do.PullOver(
        **asking.head,
        over_id=args.over,
        alarm_id=args.alarm,
        type=args.type or words.type,
        place=args.place or words.place,
        text=args.text,
    )


def _claim(args: ask.Claim, asking: Asking) -> Meaning:
    return do.Claim(**asking.head, alarm_id=args.alarm, version=args.version)


def _release(args: ask.Release, asking: Asking) -> Meaning:
    return do.Release(**asking.head, alarm_id=args.alarm)


def _promote(args: ask.Promote, asking: Asking) -> Meaning:
    return do.Promote(
        **asking.head,
        alarm_id=args.alarm,
        incident_id=asking.new_incident,
        type=args.type,
        place=args.place,
        summary=args.summary,
    )


def _new(args: ask.NewIncident, asking: Asking) -> Meaning:
    if args.place is None:
        return refuse("missing", field="place")
    return do.NewIncident(
        **asking.head,
        incident_id=asking.new_incident,
        type=args.type,
        place=args.place,
        summary=args.summary,
        exercise=args.exercise,
    )


def _link(args: ask.LinkAlarm, asking: Asking) -> Meaning:
    return do.LinkAlarm(**asking.head, alarm_id=args.alarm, incident_id=args.incident, link_kind=args.kind)


def _accept(args: ask.AcceptLink, asking: Asking) -> Meaning:
    return do.AcceptLink(
        **asking.head,
        alarm_id=args.alarm,
        target=args.target,
        incident_id=asking.new_incident,
        version=args.version,
    )


def _reject(args: ask.RejectLink, asking: Asking) -> Meaning:
    return do.RejectLink(**asking.head, alarm_id=args.alarm, target=args.target)


def _dismiss(args: ask.Dismiss, asking: Asking) -> Meaning:
    return do.DismissAlarm(**asking.head, alarm_id=args.alarm, reason=args.reason)


def _reopen_alarm(args: ask.ReopenAlarm, asking: Asking) -> Meaning:
    return do.ReopenAlarm(**asking.head, alarm_id=args.alarm, reason=args.reason)


def _note(args: ask.Note, asking: Asking) -> Meaning:
    return do.AddNote(**asking.head, incident_id=args.incident, text=args.text)


def _priority(args: ask.SetPriority, asking: Asking) -> Meaning:
    return do.SetPriority(
        **asking.head, incident_id=args.incident, priority=args.priority, reason=args.reason
    )


def _certainty(args: ask.SetCertainty, asking: Asking) -> Meaning:
    return SetCertainty(
        **asking.head, incident_id=args.incident, certainty=args.certainty, reason=args.reason
    )


def _hold(args: ask.Hold, asking: Asking) -> Meaning:
    review_at = asking.at + timedelta(minutes=args.minutes)
    return do.Hold(**asking.head, incident_id=args.incident, review_at=review_at, reason=args.reason)


def _release_hold(args: ask.ReleaseHold, asking: Asking) -> Meaning:
    return do.ReleaseHold(**asking.head, incident_id=args.incident, reason=args.reason)


def _correct(args: ask.Correct, asking: Asking) -> Meaning:
    return CorrectIncident(
        **asking.head, incident_id=args.incident, type=args.type, place=args.place, reason=args.reason
    )


def _resolve(args: ask.Resolve, asking: Asking) -> Meaning:
    return do.Resolve(**asking.head, incident_id=args.incident, disposition=args.disposition, text=args.text)


def _close(args: ask.Close, asking: Asking) -> Meaning:
    text = args.text or args.disposition
    return do.Close(**asking.head, incident_id=args.incident, disposition=args.disposition, text=text)


def _cancel_incident(args: ask.CancelIncident, asking: Asking) -> Meaning:
    return do.CancelIncident(**asking.head, incident_id=args.incident, reason=args.reason)


def _reopen(args: ask.ReopenIncident, asking: Asking) -> Meaning:
    return do.ReopenIncident(**asking.head, incident_id=args.incident, reason=args.reason)


def _merge(args: ask.Merge, asking: Asking) -> Meaning:
    return MergeIncidents(**asking.head, incident_id=args.incident, into=args.into)


def _unit(args: ask.UnitStatus, asking: Asking) -> Meaning:
    state = _UNIT_STATES[args.status]
    return do.SetUnitStatus(**asking.head, unit=args.unit, state=state, reason=args.reason)


def _team(args: ask.TeamStatus, asking: Asking) -> Meaning:
    state = _UNIT_STATES[args.status]
    return SetTeamStatus(**asking.head, units=args.units, state=state, reason=args.reason)


def _safe(args: ask.ClearEmergency, asking: Asking) -> Meaning:
    return ClearEmergency(**asking.head, unit=args.unit, reason=args.reason)


def _radio(args: ask.NameRadio, asking: Asking) -> Meaning:
    return do.NameRadio(**asking.head, radio=args.radio.lower(), unit=args.unit)


def _undo(_: ask.Undo, asking: Asking) -> Meaning:
    return do.Undo(**asking.head)


_UNIT_STATES = {
    "off_duty": UnitState.OFF_DUTY,
    "available": UnitState.AVAILABLE_MOBILE,
    "post": UnitState.AVAILABLE_POST,
    "busy": UnitState.BUSY,
    "out_of_service": UnitState.OUT_OF_SERVICE,
}

_MEANINGS: dict[type[Value], Callable[[Any, Asking], Meaning]] = {
    ask.TypedAlarm: _report,
    ask.PullOver: _pull,
    ask.Claim: _claim,
    ask.Release: _release,
    ask.Promote: _promote,
    ask.NewIncident: _new,
    ask.LinkAlarm: _link,
    ask.AcceptLink: _accept,
    ask.RejectLink: _reject,
    ask.Dismiss: _dismiss,
    ask.ReopenAlarm: _reopen_alarm,
    ask.Note: _note,
    ask.SetPriority: _priority,
    ask.SetCertainty: _certainty,
    ask.Hold: _hold,
    ask.ReleaseHold: _release_hold,
    ask.Correct: _correct,
    ask.Resolve: _resolve,
    ask.Close: _close,
    ask.CancelIncident: _cancel_incident,
    ask.ReopenIncident: _reopen,
    ask.Merge: _merge,
    ask.UnitStatus: _unit,
    ask.TeamStatus: _team,
    ask.ClearEmergency: _safe,
    ask.NameRadio: _radio,
    ask.Undo: _undo,
    **handover.MEANINGS,
    **patrol.MEANINGS,
    **speaking.MEANINGS,
    **timers.MEANINGS,
    **agencies.MEANINGS,
    **asking_work.MEANINGS,
}
