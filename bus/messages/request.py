"""What a console asks of the centre, and the answer.

The verb is the last level of the topic; its arguments are the model of the same name below. A request
repeated under the same `id` gets the first answer again and changes nothing twice.
"""

from typing import Any, Literal

from pydantic import Field

from bus.messages.base import Exercise, Message, Priority, Utc, Value

CLIP_PIECE = 48 * 1024
"""Bytes of a recording in one reply."""


class Request(Message):
    """One question or command."""

    id: str
    console: str
    session: str | None = None
    args: dict[str, Any] = {}


class Problem(Value):
    """Why not: a code for programs, a sentence for people."""

    code: str
    en: str
    zh: str
    field: str | None = None
    by: str | None = None
    """Who stands in the way, when it is a person."""


class Reply(Message):
    """Exactly one of `result` and `error` is set."""

    id: str
    result: dict[str, Any] | None = None
    error: Problem | None = None


class SignIn(Value):
    """Gives `{"session", "login", "name", "role"}`."""

    login: str
    password: str


class AskSnapshot(Value):
    """Gives a `Snapshot`."""


class AskTimeline(Value):
    """Gives `{"rows": [TimelineRow…]}` of one object, oldest first."""

    object_id: str


class Find(Value):
    """Overs, newest first. Gives `{"rows": [OverRow…], "more", "count", "upto"}`.

    Without `upto` the answer says how many there are in all, and up to where that is: with it, further pages
    (`skip`) are of the same overs, whatever has been said meanwhile, and are not counted again. `words` in
    Chinese or English, all of them, each as a beginning; a "quoted phrase" as a whole. `since` is within,
    `until` is not. `gated` true: only overs without words; false: only those with words.
    """

    words: str = Field(default="", max_length=400)
    unit: str | None = None
    place: str | None = None
    channel: str | None = None
    since: Utc | None = None
    until: Utc | None = None
    gated: bool | None = None
    upto: int | None = Field(default=None, ge=0)
    skip: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=100, ge=1, le=200)


class AskClip(Value):
    """A piece of a recording. Gives `{"data", "size"}`: base64, and the whole's bytes.

    Pieces are `CLIP_PIECE` bytes but for the last; ask for the next at `offset` plus what came. Observers
    may not listen.
    """

    clip: str
    """Its name, as rows and timeline lines have it."""
    offset: int = Field(default=0, ge=0)
    format: Literal["flac", "wav"] = "flac"
    """`wav` for players that know nothing else."""


class PullOver(Value):
    """An over the gate kept out becomes an alarm by hand. Gives `{"alarm"}`."""

    alarm: str
    """Made by the console: its id at the origin."""
    over: str
    type: str | None = None
    place: str | None = None
    text: str = ""


class TypedAlarm(Value):
    """An alarm from somebody at the desk or on the phone. Gives `{"alarm"}`."""

    alarm: str
    """Made by the console: its id at the origin."""
    text: str
    type: str | None = None
    place: str | None = None
    via: Literal["desk", "phone"] = "desk"
    exercise: Exercise = "actual"


class Claim(Value):
    alarm: str
    version: int | None = None


class Release(Value):
    alarm: str


class Promote(Value):
    """The alarm becomes an incident. Gives `{"incident", "no"}`."""

    alarm: str
    type: str | None = None
    place: str | None = None
    summary: str | None = None


class NewIncident(Value):
    """Gives `{"incident", "no"}`."""

    type: str
    place: str | None
    summary: str
    exercise: Exercise = "actual"


class LinkAlarm(Value):
    alarm: str
    incident: str
    kind: Literal["duplicate", "supplement", "urging", "unit_feedback", "harassment"] = "supplement"


class AcceptLink(Value):
    """Join what was proposed: `target` is an alarm or an incident. An alarm gives `{"incident", "no"}`."""

    alarm: str
    target: str
    version: int | None = None


class RejectLink(Value):
    """They are two matters: the proposal is not made again."""

    alarm: str
    target: str


class Dismiss(Value):
    alarm: str
    reason: Literal["test", "nuisance", "non-police", "abort-code", "harassment"]


class ReopenAlarm(Value):
    alarm: str
    reason: str


class Dispatch(Value):
    """Gives `{"assignments": [id…]}`."""

    incident: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    comment: str = ""


class Answer(Value):
    """The alarm becomes an incident and the units are sent to it, or neither.

    Gives `{"incident", "no", "assignments"}`.
    """

    alarm: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    comment: str = ""
    version: int | None = None


class AskAdvice(Value):
    """Whom to send to an alarm or an incident, one of the two.

    Gives `{"units": [{"unit", "minutes", "points", "reasons", "bar", "how", "rung"}…]}`, best first, those
    that are not proposed last, with their `bar`.
    """

    alarm: str | None = None
    incident: str | None = None


class Step(Value):
    """A unit's step, as the dispatcher heard or was told it."""

    unit: str
    step: Literal["signed", "enroute", "onscene", "cleared"]
    incident: str | None = None
    quote: str = ""
    disposition: str | None = None


class CancelAssignment(Value):
    unit: str
    incident: str
    reason: str


class Reserve(Value):
    """Set a unit aside; nobody calls it. Gives `{"assignments": [id]}`."""

    incident: str
    unit: str


class Decline(Value):
    """Quote a unit that cannot go."""

    unit: str
    reason: str
    incident: str | None = None


class StepBack(Value):
    """A step was a mistake: the unit stands at an earlier one."""

    unit: str
    step: Literal["dispatched", "signed", "enroute", "onscene"]
    incident: str | None = None
    text: str = ""


class Note(Value):
    incident: str
    text: str


class SetPriority(Value):
    incident: str
    priority: Priority = Field(ge=0, le=4)
    reason: str


class SetCertainty(Value):
    """How sure it is; what a sighting proposes needs no reason, and the present one keeps it as it is."""

    incident: str
    certainty: Literal["possible", "likely", "observed"]
    reason: str = ""


class Hold(Value):
    incident: str
    minutes: int = Field(ge=1, le=7 * 24 * 60)
    reason: str


class ReleaseHold(Value):
    """A held incident comes back, on top of its priority."""

    incident: str
    reason: str = ""


class Correct(Value):
    """What an incident really is, or where; what is not given stays."""

    incident: str
    reason: str
    type: str | None = None
    place: str | None = None


class Resolve(Value):
    """The work is done; the feedback is still to come."""

    incident: str
    disposition: str
    text: str = ""


class Close(Value):
    incident: str
    disposition: str
    text: str = ""


class CancelIncident(Value):
    incident: str
    reason: str


class ReopenIncident(Value):
    incident: str
    reason: str


class Merge(Value):
    """Both are one event: the work goes on under `into`."""

    incident: str
    into: str


class UnitStatus(Value):
    unit: str
    status: Literal["off_duty", "available", "post", "busy", "out_of_service"]
    reason: str = ""


class TeamStatus(Value):
    """Several units at once, all or none: refused with the list of those at work."""

    units: tuple[str, ...] = Field(min_length=1)
    status: Literal["off_duty", "available", "post", "busy", "out_of_service"]
    reason: str = ""


class ClearEmergency(Value):
    """A unit's emergency is over. A supervisor's word."""

    unit: str
    reason: str


class NameRadio(Value):
    """Whose radio it is; without `unit` the site file says it again."""

    radio: str = Field(min_length=1, max_length=64)
    """`<signalling>:<id>`, or the id alone for any signalling."""
    unit: str | None = None


class Tick(Value):
    """A unit is at a point of its patrol."""

    unit: str
    place: str


class DrawCheck(Value):
    """Draw units on duty at random; each is to report in within `minutes`. Gives `{"check", "units"}`."""

    count: int = Field(ge=1, le=100)
    minutes: int = Field(default=5, ge=1, le=120)


class Say(Value):
    """Have a box say this on its channel within so many seconds, or not at all.

    Without `channel` on the only one there is.
    """

    text: str = Field(min_length=1, max_length=400)
    channel: str | None = None
    priority: int = Field(default=2, ge=0, le=4)
    within_s: int = Field(default=60, ge=5, le=120)


class Hush(Value):
    """Mute the transmitter of a channel, or, with `on` false, let it speak again."""

    channel: str | None = None
    on: bool = True


class AskPatrol(Value):
    """Gives `{"points", "lines", "checks"}` as they stand: visits due and overdue, walks, who is missing."""


class AskStatistics(Value):
    """Gives the figures of the last hours as `tongpin report --json` does, without the marks."""

    hours: int = Field(default=24, ge=1, le=31 * 24)
    of: Exercise = "actual"


class AskOperators(Value):
    """Gives `{"seats"}`: who signed in last at each console, in which role, since when, last heard when."""


class OpenHandover(Value):
    """Begin to hand the desk over; gives `{"handover"}`."""


class LeaveNote(Value):
    """A note for the next shift; `work` and `important` ones go on to the shift after it."""

    handover: str
    kind: Literal["work", "important", "shift"]
    text: str = Field(min_length=1, max_length=2000)


class AskBrief(Value):
    """Gives `{"lines": [{"key", "kind", "facts"}]}`: what the next shift must read, as the board stands."""

    handover: str


class ReadLines(Value):
    """Lines of the brief that were read, by their keys; the first reader is who takes over."""

    handover: str
    lines: tuple[str, ...] = Field(max_length=2000)


class SignHandover(Value):
    """By who goes, or by who comes and has read every line."""

    handover: str


class DropHandover(Value):
    """Nobody takes over after all."""

    handover: str
    reason: str


class MuteTimer(Value):
    """Let a timer wait; `kind` and `id` name the object it runs for."""

    kind: Literal["alarm", "incident", "assignment", "unit"]
    id: str
    timer: str
    minutes: int = Field(ge=0, le=24 * 60)
    """0 ends a mute."""
    reason: str


class Offer(Value):
    """Offer an alarm or an incident, one of the two, to another agency; whoever offers stays responsible."""

    alarm: str | None = None
    incident: str | None = None
    to: str
    reason: str


class AnswerOffer(Value):
    """Take what was offered, or not; whoever offered takes it back the same way.

    An alarm that is taken becomes an incident the agency leads: gives `{"incident", "no"}`; `type`
    and `place` are the alarm's own where not given.
    """

    alarm: str | None = None
    incident: str | None = None
    accept: bool
    reason: str = ""
    type: str | None = None
    place: str | None = None


class OrderTeam(Value):
    """A team's desk names who goes."""

    incident: str
    team: str


class SignTeam(Value):
    """The team's desk has its order."""

    incident: str
    team: str


class NameUnits(Value):
    """Who goes for a team; `quoted`: its desk said so by voice. Gives `{"assignments": [id…]}`."""

    incident: str
    team: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    quoted: bool = False


class RecallTeam(Value):
    """Take a team's order back before anybody was named."""

    incident: str
    team: str
    reason: str


class AskGrant(Value):
    """Ask that `taker` may order units of `giver`. Gives `{"grant", "no"}`; it holds once signed."""

    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident: str | None = None
    minutes: int | None = Field(default=None, ge=1, le=30 * 24 * 60)
    reason: str


class SignGrant(Value):
    """Agree to a grant, as another person of the other side."""

    grant: str


class RevokeGrant(Value):
    """No new order rests on it. Gives `{"running": [unit…], "teams": [team…]}`: whose orders do."""

    grant: str
    reason: str


class LendUnit(Value):
    """A unit works with another team for a while; without `team` it returns to its own."""

    unit: str
    team: str | None = None
    reason: str = ""


class Undo(Value):
    """The last own action, within 10 s."""


ARGUMENTS: dict[str, type[Value]] = {
    "sign-in": SignIn,
    "snapshot": AskSnapshot,
    "timeline": AskTimeline,
    "find": Find,
    "clip": AskClip,
    "report": TypedAlarm,
    "pull": PullOver,
    "claim": Claim,
    "release": Release,
    "promote": Promote,
    "new": NewIncident,
    "link": LinkAlarm,
    "accept": AcceptLink,
    "reject": RejectLink,
    "dismiss": Dismiss,
    "reopen-alarm": ReopenAlarm,
    "dispatch": Dispatch,
    "answer": Answer,
    "advise": AskAdvice,
    "step": Step,
    "cancel": CancelAssignment,
    "reserve": Reserve,
    "decline": Decline,
    "back": StepBack,
    "note": Note,
    "priority": SetPriority,
    "certainty": SetCertainty,
    "hold": Hold,
    "release-hold": ReleaseHold,
    "correct": Correct,
    "resolve": Resolve,
    "close": Close,
    "cancel-incident": CancelIncident,
    "reopen": ReopenIncident,
    "merge": Merge,
    "unit": UnitStatus,
    "team": TeamStatus,
    "safe": ClearEmergency,
    "radio": NameRadio,
    "tick": Tick,
    "check": DrawCheck,
    "say": Say,
    "hush": Hush,
    "patrol": AskPatrol,
    "statistics": AskStatistics,
    "operators": AskOperators,
    "handover": OpenHandover,
    "handover-note": LeaveNote,
    "brief": AskBrief,
    "read": ReadLines,
    "sign": SignHandover,
    "handover-drop": DropHandover,
    "mute": MuteTimer,
    "offer": Offer,
    "answer-offer": AnswerOffer,
    "order-team": OrderTeam,
    "sign-team": SignTeam,
    "name-units": NameUnits,
    "recall-team": RecallTeam,
    "ask-grant": AskGrant,
    "sign-grant": SignGrant,
    "revoke-grant": RevokeGrant,
    "lend": LendUnit,
    "undo": Undo,
}
"""Verb to the model of its arguments: the whole of what a console can ask."""
