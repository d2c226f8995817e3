# ruff: noqa: ANN401  the helpers pass on the fields of any command
"""A board to test rules on: it decides, evolves, keeps every event, and turns its own clock."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bus.messages import over as message
from bus.messages.over import RadioCall
from intake.arrivals.arrival import Receiving
from intake.arrivals.radio_call import radio_call_arrival
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command
from intake.dispatch.decide import Decision, decide
from intake.dispatch.events import Event
from intake.dispatch.evolve import evolve
from intake.dispatch.objects import AlarmContent, AssignmentState, Incident, UnitCard
from intake.dispatch.queries import assignments_of
from intake.dispatch.radio import Caller
from intake.dispatch.refusals import Refusal
from intake.dispatch.speech import OverMeta, Transcript, Understanding
from intake.dispatch.state import State

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)

LI = Actor(name="person:li", role=Role.DISPATCHER)
WANG = Actor(name="person:wang", role=Role.DISPATCHER)
CHIEF = Actor(name="person:chief", role=Role.SUPERVISOR)
TECHNICIAN = Actor(name="person:tech", role=Role.TECHNICIAN)
WATCHER = Actor(name="person:wall", role=Role.OBSERVER)
PANEL = Actor(name="panel", role=Role.SYSTEM)
PARSER = Actor(name="parser", role=Role.SYSTEM)

C = TypeVar("C", bound=Command)


@dataclass
class Board:
    """A state with three patrols on duty and a clock that stands still until it is told to move."""

    state: State = field(default_factory=State)
    now: datetime = START
    events: list[Event] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        cards = tuple(
            UnitCard(id=f"P{n}", team="hall", agency="rail", family="patrol", n=n, radio=f"100{n}")
            for n in (1, 2, 3)
        )
        self.ask(told.EnrolUnits, by=PANEL, cards=cards)

    def ask(self, kind: type[C], *, by: Actor = LI, **fields: Any) -> Decision:
        """Give a command now, and apply what was decided."""
        self.asked += 1
        return self.give(kind(id=f"c{self.asked}", at=self.now, by=by, **fields))

    def give(self, command: Command) -> Decision:
        """Give a finished command, and apply what was decided."""
        decision = decide(self.state, command)
        if isinstance(decision, tuple):
            for event in decision:
                self.state = evolve(self.state, event)
            self.events.extend(decision)
        return decision

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def alarm(self, id_: str = "a1", **content: Any) -> Decision:
        """Let a panel report a burglary in hall A, or whatever `content` says."""
        usual = {
            "source": "panel",
            "source_id": "box1/1234",
            "said_at": self.now,
            "recorded_at": self.now,
            "priority": 1,
            "type": "intrusion",
            "place": "waiting-hall-a",
            "account": "1234",
            "zone": "7",
        }
        return self.ask(told.AcceptAlarm, by=PANEL, content=AlarmContent(**{"id": id_} | usual | content))

    def incident(self, id_: str = "i1", **fields: Any) -> Incident:
        """Open an incident by hand."""
        usual = {"incident_id": id_, "type": "theft", "place": "waiting-hall-a"}
        self.ask(ask.NewIncident, **usual | fields)
        return self.state.incidents[id_]

    def send(self, *units: str, to: str = "i1", **fields: Any) -> Decision:
        """Dispatch units; each assignment is called `<unit>-<incident>`."""
        named = {unit: f"{unit}-{to}" for unit in units}
        return self.ask(ask.DispatchUnits, incident_id=to, units=named, **fields)

    def step(self, unit: str, step: str, *, on: str = "i1", **fields: Any) -> Decision:
        """Quote a unit's step at the desk."""
        return self.ask(ask.SetStep, assignment_id=f"{unit}-{on}", step=AssignmentState(step), **fields)

    def say(
        self,
        text: str,
        *,
        confidence: float = 0.9,
        gated: str | None = None,
        ago: float = 0,
        clock_offset: float = 0,
        radio_id: str | None = None,
        callers: tuple[str, ...] = (),
        clip: str | None = None,
        **understood: Any,
    ) -> Decision:
        """Let an over come in, said `ago` seconds before now, and be understood so.

        `callers` are MDC-1200 ids heard in it.
        """
        id_ = f"o{len(self.state.overs) + 1}"
        meta = OverMeta(
            id=id_,
            gateway="box1",
            channel="ch1",
            clip=clip or f"clip-{id_}",
            said_at=self.now - timedelta(seconds=ago - clock_offset),
            recorded_at=self.now,
            seconds=2.5,
            end_reason="squelch",
            sha256="00",
            clock_offset=clock_offset,
            radio_id=radio_id,
            callers=tuple(Caller(kind="mdc1200", id=one) for one in callers),
        )
        self.ask(told.AcceptOver, by=PARSER, meta=meta)
        transcript = Transcript(
            text=text,
            engine="vosk",
            model="small",
            confidence=confidence,
            gated=gated,
            understanding=Understanding(**understood),
        )
        more = tuple(f"alarm-{id_}-{n}" for n in range(len(transcript.understanding.also)))
        ids = {"over_id": id_, "alarm_id": f"alarm-{id_}", "more_alarm_ids": more}
        return self.ask(told.AddTranscript, by=PARSER, **ids, transcript=transcript)

    def press(self, id_: str, radio: str = "1a2b", over: str | None = None) -> Decision:
        """Let the emergency key of an MDC-1200 radio be heard."""
        call = RadioCall(
            id=id_,
            gateway="box1",
            channel="ch1",
            seq=1,
            boot="b1",
            said_at=self.now,
            clock="synced",
            over=over,
            caller=message.Caller(kind="mdc1200", id=radio, meaning="emergency", at_ms=80),
        )
        (command,) = radio_call_arrival(call, Receiving(self.now)).commands
        return self.give(command)

    def status(self, *units: str, status: str, **fields: Any) -> Decision:
        """Let units report their own status by voice."""
        says: dict[str, Any] = {"intent": "status", "units": units, "status": status, "changes_status": True}
        return self.say(f"{' '.join(units)} {status}", **says | fields)

    def alarm_state(self, id_: str = "a1") -> str:
        """Return where an alarm stands."""
        return self.state.alarms[id_].state.value

    def incident_state(self, id_: str = "i1") -> str:
        """Return where an incident stands."""
        return self.state.incidents[id_].state.value

    def at(self, unit: str, incident: str = "i1") -> str:
        """Return where a unit stands with an incident."""
        return self.state.assignments[f"{unit}-{incident}"].state.value

    def on_it(self, incident: str = "i1") -> set[str]:
        """Return the units with something left to do on an incident."""
        return {one.unit for one in assignments_of(self.state, incident) if one.is_unfinished}


def code(decision: Decision) -> str:
    """Return a refusal's code; "" when it was not refused."""
    return decision.code if isinstance(decision, Refusal) else ""


def kinds(decision: Decision) -> list[str]:
    """Return the kinds of the events decided on; the code alone when refused."""
    return [decision.code] if isinstance(decision, Refusal) else [event.kind for event in decision]


def replayed(board: Board) -> State:
    """Return what the board's events alone build, from nothing."""
    state = replace(State(), policy=board.state.policy)
    for event in board.events:
        state = evolve(state, event)
    return state
