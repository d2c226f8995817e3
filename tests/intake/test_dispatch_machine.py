"""Random desks: whatever is asked in whatever order, the board stays lawful and nothing is lost."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, ObjectKind, Ref
from intake.dispatch.commands import Command
from intake.dispatch.decide import Decision
from intake.dispatch.desk_events import ActionUndone
from intake.dispatch.events import event_from_json, event_to_json
from intake.dispatch.incident_commands import MergeIncidents
from intake.dispatch.lawful import broken_rules
from intake.dispatch.links import followers_of, leader_of, standing
from intake.dispatch.objects import Alarm, AssignmentState, UnitState
from intake.dispatch.queries import WAITING_ALARM
from intake.dispatch.state import State, Thing
from intake.dispatch.tables import ref_of
from intake.dispatch.unit_commands import ClearEmergency, SetTeamStatus
from intake.dispatch.work_commands import CorrectIncident, CorrectStep
from intake.shelf.commands import BringBack, TidyUp
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.over import what_is_over
from intake.snapshot.parts import lines_of, state_of
from tests.support.dispatch_board import CHIEF, LI, PANEL, WANG, Board, replayed

ALARMS = st.sampled_from([*(f"a{n}" for n in range(4)), "e0"])
RADIOS = st.sampled_from(["1001", "1a2b"])
"""P1's by the site file, and nobody's."""

INCIDENTS = st.sampled_from([f"i{n}" for n in range(3)])
UNITS = st.sampled_from(["P1", "P2", "P3"])
PLACES = st.sampled_from(["taxi-stand", "waiting-hall-a", "platform-3"])
PEOPLE = st.sampled_from([LI, WANG, CHIEF])
STEPS = st.sampled_from(["SIGNED", "ENROUTE", "ONSCENE", "CLEARED"])
DISPOSITIONS = st.sampled_from([None, "settled", "no-arrival", "no-dispatch"])
TRACES = {"version", "changed_by", "changed_at"}
SAID_BY_SOURCES = {
    "count",
    "annotations",
    "proposals",
    "last_heard_at",
    "card",
    "heard",
    "channel",
    "overlays",
}


class Desk(RuleBasedStateMachine):
    """Three people, three units, a panel and a channel, all at once."""

    others: tuple[Actor, ...] = ()
    """People besides those three."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.accepted = {"a0", "a1", "a2"}
        for id_, priority in zip(sorted(self.accepted), (0, 1, 2), strict=True):
            self.board.alarm(id_, priority=priority)
        for id_, place in (("i0", "waiting-hall-a"), ("i1", "taxi-stand")):
            self.board.incident(id_, place=place)
        self.board.send("P1", "P2", to="i0")
        self.board.wait(11)
        self.before: dict[str, State] = {}
        self.checked = 0

    def desk(self, kind: type[Command], **fields: Any) -> Decision:  # noqa: ANN401  fields of any command
        """Give a command and remember what stood before it."""
        before = self.board.state
        decision = self.board.ask(kind, **fields)
        self.before[f"c{self.board.asked}"] = before
        return decision

    @rule(seconds=st.integers(0, 6))
    def time_passes(self, seconds: int) -> None:
        """Nothing happens by itself."""
        self.board.wait(seconds)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        """What is over for long leaves the board, and only that."""
        self.board.wait(days * 86400)
        parcels, signals = what_is_over(self.board.state, self.board.now)
        self.board.ask(TidyUp, by=PANEL, parcels=parcels, signals=signals)
        for thing in (thing for parcel in parcels for thing in parcel.things):
            assert self.board.state.find(ref_of(thing)) is None

    @rule(nth=st.integers(0, 3))
    def bring_back(self, nth: int) -> None:
        """Somebody asks about what was put away: each object stands as it did."""
        away = [event for event in self.board.events if isinstance(event, PutAway) and event.parcel.things]
        if not away:
            return
        event = away[nth % len(away)]
        decision = self.board.ask(BringBack, by=PANEL, parcel=event.parcel, put_away_at=event.at)
        for back in decision if isinstance(decision, tuple) else ():
            assert isinstance(back, BroughtBack)
            for thing in back.parcel.things:
                assert self.board.state.find(ref_of(thing)) == thing

    @rule(id_=ALARMS, priority=st.integers(0, 2), zone=st.sampled_from(["1", "2"]))
    def a_panel_reports(self, id_: str, priority: int, zone: str) -> None:
        """Alarms come, some of them twice."""
        self.board.alarm(id_, priority=priority, zone=zone)
        self.accepted.add(id_)

    @rule(id_=ALARMS, signal=st.sampled_from(["s1", "s2"]))
    def a_panel_repeats(self, id_: str, signal: str) -> None:
        """The same frame once more."""
        self.board.ask(told.CountRepeat, by=PANEL, alarm_id=id_, signal_id=signal)

    @rule(who=PEOPLE, id_=ALARMS, verb=st.sampled_from([ask.Claim, ask.Release]))
    def claim_or_release(self, who: Actor, id_: str, verb: type[Command]) -> None:
        """Two people reach for one alarm."""
        self.desk(verb, by=who, alarm_id=id_)

    @rule(who=PEOPLE, id_=ALARMS, incident=INCIDENTS, promote=st.booleans())
    def decide_alarm(self, who: Actor, id_: str, incident: str, *, promote: bool) -> None:
        """Make an incident of an alarm, or attach it to one."""
        if not promote:
            self.desk(ask.LinkAlarm, by=who, alarm_id=id_, incident_id=incident, link_kind="supplement")
        elif incident not in self.board.state.incidents:
            self.desk(ask.Promote, by=who, alarm_id=id_, incident_id=incident)

    @rule(who=PEOPLE, nth=st.integers(0, 3), accept=st.booleans())
    def answer_proposal(self, who: Actor, nth: int, *, accept: bool) -> None:
        """Join what is proposed, or keep it apart."""
        state = self.board.state
        proposed = [
            (each.id, one.target.id) for each in state.alarms.values() for one in standing(state, each)
        ]
        if not proposed:
            return
        alarm, target = sorted(proposed)[nth % len(proposed)]
        if accept:
            fresh = f"joined-{self.board.asked}"
            self.desk(ask.AcceptLink, by=who, alarm_id=alarm, target=target, incident_id=fresh)
        else:
            self.desk(ask.RejectLink, by=who, alarm_id=alarm, target=target)

    @rule(who=PEOPLE, id_=ALARMS)
    def dismiss(self, who: Actor, id_: str) -> None:
        """Dismiss, or second a dismissal."""
        self.desk(ask.DismissAlarm, by=who, alarm_id=id_, reason="nuisance")

    @rule(who=PEOPLE, id_=ALARMS)
    def reopen_alarm(self, who: Actor, id_: str) -> None:
        """Bring an alarm back."""
        self.desk(ask.ReopenAlarm, by=who, alarm_id=id_, reason="again")

    @rule(who=PEOPLE, id_=INCIDENTS, type_=st.sampled_from(["fire", "theft"]))
    def new_incident(self, who: Actor, id_: str, type_: str) -> None:
        """Open one by hand."""
        self.desk(ask.NewIncident, by=who, incident_id=id_, type=type_, place="taxi-stand")

    @rule(who=PEOPLE, id_=INCIDENTS, priority=st.integers(0, 4))
    def hold_or_raise(self, who: Actor, id_: str, priority: int) -> None:
        """Hold an incident, then change its priority."""
        later = self.board.now.replace(year=2027)
        self.desk(ask.Hold, by=who, incident_id=id_, review_at=later, reason="wait")
        self.desk(ask.SetPriority, by=who, incident_id=id_, priority=priority, reason="so")

    @rule(who=PEOPLE, id_=INCIDENTS, disposition=DISPOSITIONS)
    def close(self, who: Actor, id_: str, disposition: str | None) -> None:
        """Close, if everybody is done."""
        self.desk(ask.Close, by=who, incident_id=id_, text="done", disposition=disposition)

    @rule(who=PEOPLE, id_=INCIDENTS, cancel=st.booleans())
    def cancel_or_reopen(self, who: Actor, id_: str, *, cancel: bool) -> None:
        """Call off, or bring back."""
        verb = ask.CancelIncident if cancel else ask.ReopenIncident
        self.desk(verb, by=who, incident_id=id_, reason="so")

    @rule(who=PEOPLE, id_=INCIDENTS, into=INCIDENTS)
    def merge(self, who: Actor, id_: str, into: str) -> None:
        """Say that two are one."""
        self.desk(MergeIncidents, by=who, incident_id=id_, into=into)

    @rule(
        who=PEOPLE,
        id_=INCIDENTS,
        units=st.sets(UNITS, min_size=1),
        how=st.sampled_from([None, "divert", "stack"]),
    )
    def send(self, who: Actor, id_: str, units: set[str], how: str | None) -> None:
        """Send units under fresh assignment ids."""
        named = {unit: f"{unit}-{id_}-{self.board.asked}" for unit in sorted(units)}
        self.desk(ask.DispatchUnits, by=who, incident_id=id_, units=named, how=how)

    @rule(who=PEOPLE, id_=INCIDENTS, unit=UNITS)
    def reserve(self, who: Actor, id_: str, unit: str) -> None:
        """Set a unit aside."""
        fresh = f"{unit}-{id_}-{self.board.asked}"
        self.desk(ask.Reserve, by=who, incident_id=id_, unit=unit, assignment_id=fresh)

    @rule(who=PEOPLE, nth=st.integers(0, 9), step=STEPS, disposition=DISPOSITIONS)
    def quote(self, who: Actor, nth: int, step: str, disposition: str | None) -> None:
        """Quote a step of one of the latest assignments."""
        step_ = AssignmentState(step)
        wanted = {"assignment_id": self.nth_assignment(nth), "step": step_, "disposition": disposition}
        self.desk(ask.SetStep, by=who, **wanted)

    @rule(who=PEOPLE, nth=st.integers(0, 9), verb=st.sampled_from([ask.Decline, ask.CancelAssignment]))
    def end(self, who: Actor, nth: int, verb: type[Command]) -> None:
        """Decline or recall one of the latest assignments."""
        self.desk(verb, by=who, assignment_id=self.nth_assignment(nth), reason="so")

    @rule(who=PEOPLE, nth=st.integers(0, 9), step=st.sampled_from(["DISPATCHED", "SIGNED", "ENROUTE"]))
    def put_back(self, who: Actor, nth: int, step: str) -> None:
        """Say that a step was a mistake, also of a unit that has cleared."""
        ids = sorted(self.board.state.assignments)
        if ids:
            step_ = AssignmentState(step)
            self.desk(CorrectStep, by=who, assignment_id=ids[nth % len(ids)], step=step_)

    @rule(who=PEOPLE, nth=st.integers(0, 9))
    def recall_heard(self, who: Actor, nth: int) -> None:
        """Quote a unit that heard it was called off."""
        ids = sorted(one.id for one in self.board.state.assignments.values() if one.recall_open)
        if ids:
            signed = AssignmentState.SIGNED
            self.desk(ask.SetStep, by=who, assignment_id=ids[nth % len(ids)], step=signed)

    @rule(who=PEOPLE, id_=INCIDENTS, type_=st.sampled_from(["fire", "theft"]), place=PLACES)
    def correct(self, who: Actor, id_: str, type_: str, place: str) -> None:
        """Say what it really is, and where."""
        self.desk(CorrectIncident, by=who, incident_id=id_, type=type_, place=place, reason="misheard")

    def nth_assignment(self, nth: int) -> str:
        """Return one of the assignments that are not done, else of all there are, else an id nobody has."""
        known = self.board.state.assignments
        ids = sorted(one.id for one in known.values() if one.is_unfinished) or sorted(known)
        return ids[nth % len(ids)] if ids else "none"

    @rule(who=PEOPLE, unit=UNITS, state=st.sampled_from(UnitState))
    def unit_status(self, who: Actor, unit: str, state: UnitState) -> None:
        """Put a unit off duty, to its meal, on its post."""
        self.desk(ask.SetUnitStatus, by=who, unit=unit, state=state)

    @rule(who=PEOPLE, units=st.sets(UNITS, min_size=1), state=st.sampled_from(UnitState))
    def team_status(self, who: Actor, units: set[str], state: UnitState) -> None:
        """Tell several at once."""
        self.desk(SetTeamStatus, by=who, units=tuple(sorted(units)), state=state)

    @rule(unit=UNITS)
    def clear_emergency(self, unit: str) -> None:
        """End a call for help."""
        self.desk(ClearEmergency, by=CHIEF, unit=unit, reason="safe")

    @rule(
        units=st.sets(UNITS, min_size=1, max_size=2),
        status=st.sampled_from(["signed", "enroute", "onscene", "cleared", "available", "busy", "declined"]),
        intent=st.sampled_from(["status", "readback"]),
        confidence=st.sampled_from([0.2, 0.5, 0.9]),
        place=st.sampled_from([None, "taxi-stand", "waiting-hall-a"]),
        ago=st.integers(0, 20),
    )
    def speak(self, units: set[str], intent: str, **said: Any) -> None:  # noqa: ANN401  see the strategies
        """A status or its readback, sure or unsure, on time or late."""
        said["changes_status"] = intent == "status"
        before = self.board.state
        self.board.say("...", intent=intent, units=tuple(sorted(units)), **said)
        self.before[f"c{self.board.asked}"] = before

    @rule(id_=st.sampled_from(["e0", "e1"]), radio=RADIOS, heard=st.booleans())
    def press(self, id_: str, radio: str, *, heard: bool) -> None:
        """An emergency key, in the next over or in one that is never recorded."""
        over = f"o{len(self.board.state.overs) + 1}" if heard else None
        self.board.press(id_, radio, over)

    @rule(radio=RADIOS, gated=st.sampled_from([None, "no_speech"]), type_=st.sampled_from([None, "fire"]))
    def call(self, radio: str, gated: str | None, type_: str | None) -> None:
        """A radio that tells its id reports something, or makes noise."""
        self.board.say("...", callers=(radio,), gated=gated, intent="report", type=type_)

    @rule(who=PEOPLE, radio=RADIOS, unit=st.none() | UNITS)
    def name_radio(self, who: Actor, radio: str, unit: str | None) -> None:
        """Say whose radio it is, or that nobody knows."""
        self.desk(ask.NameRadio, by=who, radio=f"mdc1200:{radio}", unit=unit)

    @rule(who=PEOPLE, over=st.sampled_from(["o1", "o2", "o3"]), pull=st.booleans())
    def pull_or_remove(self, who: Actor, over: str, *, pull: bool) -> None:
        """Queue an over by hand, or let its recording go."""
        if pull:
            self.desk(ask.PullOver, by=who, over_id=over, alarm_id=f"by-hand-{over}")
        else:
            self.board.ask(told.RemoveRecordings, by=PANEL, overs=(over,), why="age", evidence=None)

    @rule(nth=st.integers(0, 5), stranger=st.booleans())
    def undo(self, nth: int, *, stranger: bool) -> None:
        """Take one of the latest actions back: its author does, or a stranger tries."""
        recent = self.board.state.recent
        if not recent:
            return
        action = recent[-1 - nth % len(recent)]
        people = (LI, WANG, CHIEF, *self.others)
        author = next((person for person in people if person.name == action.by), LI)
        who = CHIEF if stranger else author
        decision = self.board.ask(ask.Undo, by=who, action=action.id)
        if isinstance(decision, tuple):
            event, *_ = decision
            assert isinstance(event, ActionUndone)
            self.stands_as_before(event, self.before[event.undone])

    def stands_as_before(self, event: ActionUndone, before: State) -> None:
        """Every object the undo touched is what it was, but for who last changed it and what sources said."""
        restored: tuple[Thing, ...] = (
            *event.alarms,
            *event.incidents,
            *event.assignments,
            *event.units,
            *event.radios,
            *event.handovers,
            *event.patrol,
            *event.grants,
        )
        for thing in restored:
            old = before.find(ref_of(thing))
            assert bare(old) == bare(thing)
        assert not [ref for ref in event.removed if before.find(ref) or self.board.state.find(ref)]

    @invariant()
    def the_board_is_lawful(self) -> None:
        """No object contradicts another."""
        state = self.board.state
        refs = [Ref(kind, id_) for kind in ObjectKind for id_ in state.table(kind)]
        assert broken_rules(state, refs) == []

    @invariant()
    def what_is_proposed_is_open(self) -> None:
        """No proposal to anything decided, of anything decided, or to itself."""
        state = self.board.state
        for alarm in state.alarms.values():
            for one in standing(state, alarm):
                assert alarm.state in WAITING_ALARM
                assert one.target.id != alarm.id
                if isinstance(one.target, Alarm):
                    assert one.target.state in WAITING_ALARM
                else:
                    assert one.target.is_open or one.proposal.ended

    @invariant()
    def every_alarm_has_a_row(self) -> None:
        """What shares a row shares it with an alarm that leads one."""
        state = self.board.state
        for alarm in state.alarms.values():
            leader = leader_of(state, alarm)
            if leader is not None:
                assert leader_of(state, leader) is None
                assert alarm in followers_of(state, leader)

    @invariant()
    def no_alarm_is_lost(self) -> None:
        """What was accepted is on the board, or was put away."""
        away = (event.parcel for event in self.board.events if isinstance(event, PutAway))
        put_away = {alarm.id for parcel in away for alarm in parcel.alarms}
        assert self.accepted <= set(self.board.state.alarms) | put_away

    @invariant()
    def an_emergency_has_one_alarm(self) -> None:
        """The words of an over in which a key was pressed never make a second one."""
        state = self.board.state
        spoken = {f"alarm-{over}" for over in state.over_alarms if state.overs.get(over)}
        early = {
            over.alarm for over in state.overs.values() if over.alarm and over.alarm.startswith("alarm-")
        }
        assert not (spoken & set(state.alarms)) - early

    @invariant()
    def events_cross_json(self) -> None:
        """Every new event comes back equal."""
        for event in self.board.events[self.checked :]:
            assert event_from_json(event_to_json(event)) == event
        self.checked = len(self.board.events)

    def teardown(self) -> None:
        """The events alone build the same state, and a snapshot gives it back."""
        state = self.board.state
        assert replayed(self.board) == state
        assert state_of(lines_of(state), state.policy) == state


def bare(thing: Thing | None) -> dict[str, Any]:
    """An object without the traces of its changes and without what sources add to it."""
    assert thing is not None
    return thing.model_dump(exclude=TRACES | SAID_BY_SOURCES)


@pytest.mark.slow
def test_random_desks_stay_lawful() -> None:
    """Always the same 150 desks, up to 40 moves each."""
    once = settings(max_examples=150, stateful_step_count=40, deadline=None, derandomize=True, database=None)
    run_state_machine_as_test(Desk, settings=once)
