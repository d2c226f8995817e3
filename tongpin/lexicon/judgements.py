"""What people at the desk made of what was heard, read from the events of the journal. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from intake.dispatch.desk_events import ActionUndone, AlarmDismissed, AssignmentStepped, IncidentOpened
from intake.dispatch.events import Event
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_events import AlarmQueued, OverAccepted, OverTranscribed
from intake.dispatch.speech import Transcript

Field = Literal["type", "place", "unit", "alarm"]
"""What a person judged: whether it was an alarm at all, of which type, where, by which unit."""

NO_ALARM = frozenset({"nuisance", "non-police", "harassment"})
"""Reasons of a dismissal that say nothing had happened."""
AT_ONCE = timedelta(seconds=60)
"""A step given to another unit so soon after one was taken back was meant in its place."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing heard, and what it was in truth: `heard` and `right` are ids, None for nothing.

    `action` is the id of the request that told it; `clip` names the recording.
    """

    at: datetime
    action: str
    field: Field
    text: str
    clip: str | None
    heard: str | None
    right: str | None

    @property
    def is_right(self) -> bool:
        """Whether the machine had understood it so."""
        return self.heard == self.right


@dataclass
class _Desk:
    """What has been read so far, and is needed to judge what comes."""

    clips: dict[str, str] = field(default_factory=dict)
    """Over → its recording."""
    heard: dict[str, Transcript] = field(default_factory=dict)
    """Recording → what was understood of it."""
    alarms: dict[str, AlarmContent] = field(default_factory=dict)
    steps: dict[str, AssignmentStepped] = field(default_factory=dict)
    """Spoken steps by their action."""
    taken_back: list[tuple[ActionUndone, AssignmentStepped]] = field(default_factory=list)

    def transcript(self, clip: str | None) -> Transcript | None:
        return self.heard.get(clip or "")


def judgements(events: Iterable[Event]) -> list[Judgement]:
    """Every judgement in the order it was passed; those taken back are left out."""
    desk, found = _Desk(), list[Judgement]()
    for event in events:
        if isinstance(event, ActionUndone):
            found = [one for one in found if one.action != event.undone]
        found.extend(_judged(event, desk))
    return found


def _judged(event: Event, desk: _Desk) -> Iterator[Judgement]:
    match event:
        case OverAccepted():
            desk.clips[event.meta.id] = event.meta.clip
        case OverTranscribed():
            desk.heard[desk.clips.get(event.over_id, "")] = event.transcript
        case AlarmQueued():
            yield from _queued(event, desk)
        case IncidentOpened():
            yield from _promoted(event, desk)
        case AlarmDismissed():
            yield from _dismissed(event, desk)
        case AssignmentStepped():
            yield from _stepped(event, desk)
        case ActionUndone() if event.undone in desk.steps:
            desk.taken_back.append((event, desk.steps[event.undone]))


def _queued(event: AlarmQueued, desk: _Desk) -> Iterator[Judgement]:
    """An alarm that a person made of an over is one that nobody had heard."""
    content = event.content
    if content.source != "radio":
        return
    desk.alarms[content.id] = content
    heard = desk.transcript(content.clip)
    if _by_hand(content) and heard is not None:
        yield Judgement(event.at, event.action, "alarm", heard.text, content.clip, None, "alarm")


def _promoted(event: IncidentOpened, desk: _Desk) -> Iterator[Judgement]:
    content = desk.alarms.get(event.alarm_id or "")
    heard = desk.transcript(content.clip) if content else None
    if content is None or heard is None:
        return
    said = heard.understanding if _by_hand(content) else content
    passed = partial(Judgement, event.at, event.action, text=heard.text, clip=content.clip)
    if not _by_hand(content):
        yield passed("alarm", heard="alarm", right="alarm")
    yield passed("type", heard=said.type, right=event.type)
    yield passed("place", heard=said.place, right=event.place)


def _dismissed(event: AlarmDismissed, desk: _Desk) -> Iterator[Judgement]:
    content = desk.alarms.get(event.alarm_id)
    if content is not None and not _by_hand(content) and event.reason in NO_ALARM:
        yield Judgement(event.at, event.action, "alarm", content.text, content.clip, "alarm", None)


def _stepped(event: AssignmentStepped, desk: _Desk) -> Iterator[Judgement]:
    """A spoken step is taken for right until it is taken back and given to another unit."""
    if event.by.name == "parser":
        desk.steps[event.action] = event
        heard = desk.transcript(event.evidence)
        text = heard.text if heard else ""
        yield Judgement(event.at, event.action, "unit", text, event.evidence, event.unit, event.unit)
        return
    for undone, spoken in desk.taken_back:
        meant = event.step is spoken.step and event.unit != spoken.unit
        if meant and event.at - undone.at <= AT_ONCE:
            desk.taken_back.remove((undone, spoken))
            heard = desk.transcript(spoken.evidence)
            text = heard.text if heard else ""
            yield Judgement(event.at, event.action, "unit", text, spoken.evidence, spoken.unit, event.unit)
            return


def _by_hand(content: AlarmContent) -> bool:
    """Whether a person pulled an over into the queue: no recogniser is named."""
    return content.stt_model is None
