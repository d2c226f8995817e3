"""What is done with alarms, and with overs that may be some."""

from typing import Literal

from bus.messages.base import Exercise, Value


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
