"""Random desks of two agencies, with shifts, patrols, timers and teams: as lawful as the small ones."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from intake.agencies import commands as agreeing
from intake.agencies.jurisdiction import Jurisdiction
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, ObjectKind, Ref, Role
from intake.dispatch.incident_commands import SetCertainty
from intake.dispatch.links import CERTAINTIES
from intake.dispatch.objects import AlarmState, UnitCard
from intake.dispatch.proposals import Certainty
from intake.dispatch.work_commands import AnswerAlarm
from intake.handover import commands as handing_over
from intake.handover.brief import unread
from intake.patrol import commands as patrols
from intake.patrol.objects import LinePlan, PointPlan
from intake.timers.agenda import Agenda
from intake.timers.commands import MuteTimer, fire
from intake.timers.kinds import running
from tests.intake.test_dispatch_machine import ALARMS, INCIDENTS, PEOPLE, UNITS, Desk
from tests.support.dispatch_board import CHIEF, LI, PANEL, WANG

RAIL = Actor(name="person:rail", role=Role.DISPATCHER, agency="rail")
LOCAL = Actor(name="person:local", role=Role.DISPATCHER, agency="local")
HALL = Actor(name="person:hall", role=Role.DISPATCHER, agency="rail", team="hall")
EVERYBODY = st.sampled_from([LI, WANG, CHIEF, RAIL, LOCAL, HALL])
TEAMS = st.sampled_from(["hall", "square"])
AGENCIES = st.sampled_from(["rail", "local"])
REASONS = st.sampled_from(["", "so"])
ALL_UNITS = UNITS | st.just("P5")


class WholeDesk(Desk):
    """The joint centre, the desks of two agencies and of a team, four units of two teams."""

    others = (RAIL, LOCAL, HALL)

    def __init__(self) -> None:
        super().__init__()
        jurisdiction = Jurisdiction(agencies=frozenset({"rail", "local"}), owners={"taxi-stand": "local"})
        points = {place: PointPlan(place) for place in ("gate-1", "gate-2")}
        lines = {"round": LinePlan("round", ("gate-1", "gate-2"), 30)}
        policy = replace(self.board.state.policy, jurisdiction=jurisdiction, points=points, lines=lines)
        self.board.state = replace(self.board.state, policy=policy)
        card = UnitCard(id="P5", team="square", agency="local", family="patrol", n=5)
        self.board.ask(told.EnrolUnits, by=PANEL, cards=(card,))
        self.board.ask(patrols.EnrolPatrol, by=PANEL)

    @rule(who=EVERYBODY, id_=ALARMS, incident=INCIDENTS, unit=ALL_UNITS)
    def answer(self, who: Actor, id_: str, incident: str, unit: str) -> None:
        """An incident and its order in one go."""
        if incident not in self.board.state.incidents:
            units = {unit: f"{unit}-{incident}-{self.board.asked}"}
            self.desk(AnswerAlarm, by=who, alarm_id=id_, incident_id=incident, units=units)

    @rule(who=EVERYBODY, id_=INCIDENTS | ALARMS, to=AGENCIES)
    def offer(self, who: Actor, id_: str, to: str) -> None:
        """To the other agency, or to one's own."""
        self.desk(agreeing.MakeOffer, by=who, about=self.about(id_), to=to, reason="their ground")

    @rule(who=EVERYBODY, id_=INCIDENTS | ALARMS, accept=st.booleans())
    def answer_offer(self, who: Actor, id_: str, *, accept: bool) -> None:
        """Whoever may, and whoever may not."""
        asked: dict[str, Any] = {"about": self.about(id_), "accept": accept, "reason": "busy"}
        self.desk(agreeing.AnswerOffer, by=who, opens=f"{id_}-{self.board.asked}", **asked)

    @rule(who=EVERYBODY, id_=INCIDENTS, team=TEAMS, verb=st.sampled_from(["order", "sign", "name", "recall"]))
    def team_desk(self, who: Actor, id_: str, team: str, verb: str) -> None:
        """A team's order and what becomes of it."""
        asked: dict[str, Any] = {"by": who, "incident_id": id_, "team": team}
        unit, fresh = ("P5" if team == "square" else "P3"), self.board.asked
        match verb:
            case "order":
                self.desk(agreeing.OrderTeam, order_id=f"order-{fresh}", **asked)
            case "sign":
                self.desk(agreeing.SignTeam, **asked)
            case "name":
                self.desk(agreeing.NameUnits, units={unit: f"{unit}-{id_}-{fresh}"}, **asked)
            case _:
                self.desk(agreeing.RecallTeam, reason="no need", **asked)

    @rule(who=EVERYBODY, giver=AGENCIES, taker=AGENCIES, minutes=st.sampled_from([None, 1]))
    def ask_grant(self, who: Actor, giver: str, taker: str, minutes: int | None) -> None:
        """For a while or for good."""
        until = self.board.now + timedelta(minutes=minutes) if minutes else None
        id_ = f"grant-{len(self.board.state.grants)}"
        self.desk(
            agreeing.AskGrant, by=who, grant_id=id_, giver=giver, taker=taker, until=until, reason="fair"
        )

    @rule(who=EVERYBODY, nth=st.integers(0, 2), sign=st.booleans())
    def settle_grant(self, who: Actor, nth: int, *, sign: bool) -> None:
        """Signed or revoked."""
        if sign:
            self.desk(agreeing.SignGrant, by=who, grant_id=f"grant-{nth}")
        else:
            self.desk(agreeing.RevokeGrant, by=who, grant_id=f"grant-{nth}", reason="over")

    @rule(who=EVERYBODY, unit=ALL_UNITS, team=st.none() | TEAMS)
    def lend(self, who: Actor, unit: str, team: str | None) -> None:
        """To another team, and back."""
        self.desk(agreeing.LendUnit, by=who, unit=unit, team=team)

    @rule(who=PEOPLE, verb=st.sampled_from(["open", "read", "sign", "note", "drop"]))
    def hand_over(self, who: Actor, verb: str) -> None:
        """A shift ends, or does not."""
        handovers = sorted(self.board.state.handovers)
        if verb == "open" or not handovers:
            self.desk(handing_over.OpenHandover, by=who, handover_id=f"h{len(handovers)}")
            return
        asked: dict[str, Any] = {"by": who, "handover_id": handovers[-1]}
        match verb:
            case "read":
                lines = unread(self.board.state, self.board.state.handovers[handovers[-1]])
                keys = tuple(line.key for line in lines)
                self.desk(handing_over.ReadLines, lines=keys, **asked)
            case "sign":
                self.desk(handing_over.SignHandover, **asked)
            case "note":
                self.desk(handing_over.LeaveNote, note="work", text="red jacket", **asked)
            case _:
                self.desk(handing_over.DropHandover, reason="stays on", **asked)

    @rule(who=PEOPLE, unit=ALL_UNITS, place=st.sampled_from(["gate-1", "gate-2", "moon"]))
    def tick(self, who: Actor, unit: str, place: str) -> None:
        """A point of a line, or none."""
        self.desk(patrols.TickPoint, by=who, unit=unit, place=place)

    @rule(seconds=st.sampled_from([20, 61, 600]), most=st.integers(1, 4))
    def time_runs_out(self, seconds: int, most: int) -> None:
        """The rungs that are due are told, the earliest first."""
        self.board.wait(seconds)
        agenda = Agenda()
        agenda.look_at_all(self.board.state)
        for timer in agenda.take(self.board.now)[:most]:
            self.board.give(fire(timer, self.board.now))

    @rule(
        who=EVERYBODY,
        id_=INCIDENTS,
        certainty=st.sampled_from(CERTAINTIES),
        reason=REASONS,
    )
    def say_how_sure(self, who: Actor, id_: str, certainty: Certainty, reason: str) -> None:
        """By hand, or as somebody on the channel has it: the priority is never touched by it."""
        before = self.board.state.incidents.get(id_)
        self.desk(SetCertainty, by=who, incident_id=id_, certainty=certainty, reason=reason)
        assert before is None or self.board.state.incidents[id_].priority == before.priority

    @rule(unit=ALL_UNITS, seen=st.booleans(), place=st.sampled_from(["taxi-stand", "gate-1"]))
    def look_around(self, unit: str, place: str, *, seen: bool) -> None:
        """A unit tells what is there or not: proposed, and nothing else of the incidents changes."""
        before = self.board.state.incidents
        sees: dict[str, Any] = {"type": "fire"} if seen else {"absent": "anything"}
        self.board.say("look", intent="report", units=(unit,), place=place, **sees)
        for id_, incident in self.board.state.incidents.items():
            assert incident.model_copy(update={"sighting": None}) == before[id_].model_copy(
                update={"sighting": None}
            )

    @rule(who=PEOPLE, unit=ALL_UNITS)
    def mute(self, who: Actor, unit: str) -> None:
        """A timer of a unit waits a minute."""
        about = Ref(ObjectKind.UNIT, unit)
        for timer in running(self.board.state, about)[:1]:
            until = self.board.now + timedelta(minutes=1)
            self.desk(MuteTimer, by=who, timer=timer.kind, about=about, until=until, reason="court")

    def about(self, id_: str) -> Ref:
        """What an id of these desks names."""
        return Ref(ObjectKind.INCIDENT if id_.startswith("i") else ObjectKind.ALARM, id_)

    @invariant()
    def what_is_offered_waits(self) -> None:
        """An offered alarm has its offer and never leaves; an incident that ended may keep a dead one."""
        for alarm in self.board.state.alarms.values():
            assert (alarm.state is AlarmState.OFFERED) <= (alarm.offer is not None)
            assert alarm.state is not AlarmState.TRANSFERRED
            assert (alarm.state is AlarmState.QUEUED) <= (alarm.offer is None)

    @invariant()
    def what_is_proposed_of_an_incident_would_change_it(self) -> None:
        """And never by more than a step down."""
        for incident in self.board.state.incidents.values():
            if incident.sighting is not None:
                there, here = map(CERTAINTIES.index, (incident.sighting.certainty, incident.certainty))
                assert there != here
                assert there >= here - 1

    @invariant()
    def every_order_to_anothers_unit_rests_on_something(self) -> None:
        """Of a desk that belongs to an agency."""
        for one in self.board.state.assignments.values():
            by = {person.name: person.agency for person in (RAIL, LOCAL, HALL)}.get(one.ordered_by)
            if by is not None and "DISPATCHED" in one.stamps:
                own = self.board.state.units[one.unit].card.agency == by
                assert own or one.grant is not None


@pytest.mark.slow
def test_random_whole_desks_stay_lawful() -> None:
    """Always the same 120 desks, up to 40 moves each."""
    once = settings(max_examples=120, stateful_step_count=40, deadline=None, derandomize=True, database=None)
    run_state_machine_as_test(WholeDesk, settings=once)
