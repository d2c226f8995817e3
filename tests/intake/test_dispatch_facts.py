"""Events as facts: JSON there and back, a timeline line each, refusals in two languages, quick evolution."""

import time
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import pytest

from intake import agencies, dispatch, handover, patrol, shelf, speaking, timers
from intake.agencies import commands as agreeing
from intake.agencies.jurisdiction import Jurisdiction
from intake.dispatch import commands as ask
from intake.dispatch import incident_commands, unit_commands, work_commands
from intake.dispatch import source_commands as told
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.decide import RULES
from intake.dispatch.desk_events import ActionUndone
from intake.dispatch.events import Event, event_from_json, event_to_json
from intake.dispatch.evolve import AFTER, evolve, evolve_with_refs
from intake.dispatch.objects import AssignmentState, UnitCard, UnitState
from intake.dispatch.refusals import SENTENCES, refuse
from intake.dispatch.source_events import BaseEvent
from intake.dispatch.speech import Device, SecondHearing
from intake.dispatch.state import State
from intake.dispatch.tables import put
from intake.dispatch.timeline import timeline_entry
from intake.handover import commands as hand
from intake.handover.brief import unread
from intake.patrol import commands as patrols
from intake.patrol.objects import LinePlan, PointPlan
from intake.shelf.commands import BringBack, TidyUp
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.over import what_is_over
from intake.speaking import commands as speaking_commands
from intake.timers.commands import MuteTimer, fire
from intake.timers.kinds import running
from tests.support.dispatch_board import CHIEF, PANEL, WANG, Board, kinds, replayed


def busy_board() -> Board:
    """A board on which every kind of event has happened."""
    board = Board()
    board.alarm("a1")
    board.alarm("a2", type="hold-up", priority=0, zone="8")
    board.alarm("a3")
    board.ask(told.CountRepeat, by=PANEL, alarm_id="a1", signal_id="s1")
    note = {"source_id": "box1/1234", "account": "1234", "zone": "7", "said_at": board.now}
    board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s2", what="restore", **note)
    line = Device(id="b", what="line", state="up", since=board.now)
    board.ask(told.DeviceChanged, by=PANEL, device=line)
    board.ask(ask.Claim, alarm_id="a1")
    board.ask(ask.Release, alarm_id="a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.ask(ask.DismissAlarm, alarm_id="a2", reason="nuisance")
    board.ask(ask.LinkAlarm, alarm_id="a3", incident_id="i1", link_kind="duplicate")
    board.ask(ask.ReopenAlarm, alarm_id="a3", reason="another matter")
    board.ask(ask.DismissAlarm, alarm_id="a3", reason="test")
    board.ask(ask.AddNote, incident_id="i1", text="红色外套")
    board.ask(ask.SetPriority, incident_id="i1", priority=2, reason="calm")
    later = board.now.replace(hour=12)
    board.ask(ask.Hold, incident_id="i1", review_at=later, reason="interpreter")
    board.ask(ask.ReleaseHold, incident_id="i1")
    board.ask(ask.Reserve, incident_id="i1", unit="P2", assignment_id="P2-i1")
    board.send("P1", "P2")
    board.wait(20)
    board.say("fight at the taxi stand", intent="report", type="fight", place="taxi-stand")
    board.status("P1", status="onscene", place="waiting-hall-a")
    board.say("P1 on scene", intent="readback", units=("P1",), status="onscene")
    board.status("P2", status="enroute", confidence=0.5)
    board.ask(ask.Decline, assignment_id="P2-i1", reason="tyre")
    board.wait(20)
    board.status("P1", status="cleared")
    board.step("P1", "CLEARED", disposition="settled")
    board.ask(ask.Close, incident_id="i1", text="done", disposition="settled")
    board.incident("i2")
    board.ask(ask.CancelIncident, incident_id="i2", reason="hoax")
    merge_and_split(board)
    correct(board)
    board.ask(ask.SetUnitStatus, unit="P3", state=UnitState.BUSY, reason="meal")
    board.ask(ask.Undo)
    board.alarm("a4")
    board.ask(ask.DismissAlarm, alarm_id="a4", reason="test")
    board.press("e1")
    board.press("e2", over="o1")
    board.ask(ask.NameRadio, radio="mdc1200:1a2b", unit="P3")
    board.ask(unit_commands.ClearEmergency, by=CHIEF, unit="P3", reason="dropped the radio")
    link_and_keep_apart(board)
    hand_over_and_walk(board)
    hear_again_and_forget(board)
    agree(board)
    return board


def put_away(board: Board) -> None:
    """What was over for days leaves, and one parcel comes back."""
    board.wait(3 * 86400)
    parcels, signals = what_is_over(board.state, board.now)
    board.ask(TidyUp, by=PANEL, parcels=parcels, signals=signals)
    away = next(one for one in board.events if isinstance(one, PutAway) and one.parcel.incidents)
    board.ask(BringBack, by=PANEL, parcel=away.parcel, put_away_at=away.at)


def agree(board: Board) -> None:
    """Everything between agencies and with a team's desk."""
    jurisdiction = Jurisdiction(agencies=frozenset({"rail", "local"}))
    board.state = replace(board.state, policy=replace(board.state.policy, jurisdiction=jurisdiction))
    board.incident("g1")
    board.alarm("g2", zone="99", account="77")
    for about in (Ref(ObjectKind.INCIDENT, "g1"), Ref(ObjectKind.ALARM, "g2")):
        board.ask(agreeing.MakeOffer, about=about, to="local", reason="their ground")
        board.ask(agreeing.AnswerOffer, about=about, accept=True, opens="g3")
    board.ask(agreeing.OrderTeam, incident_id="g1", order_id="o-1", team="hall")
    board.ask(agreeing.RecallTeam, incident_id="g1", team="hall", reason="other")
    board.ask(agreeing.OrderTeam, incident_id="g1", order_id="o-2", team="hall")
    board.ask(agreeing.SignTeam, incident_id="g1", team="hall")
    board.wait(60)
    board.ask(agreeing.NameUnits, incident_id="g1", team="hall", units={"P2": "P2-g1"})
    board.ask(agreeing.AskGrant, grant_id="grant", giver="rail", taker="local", reason="fair")
    board.ask(agreeing.SignGrant, by=CHIEF, grant_id="grant")
    board.ask(agreeing.RevokeGrant, grant_id="grant", reason="over")
    lent = UnitCard(id="S1", team="square", agency="local", family="patrol", n=9)
    board.ask(told.EnrolUnits, by=PANEL, cards=(lent,))
    board.ask(agreeing.LendUnit, unit="P3", team="square", reason="fair")
    put_away(board)


def hear_again_and_forget(board: Board) -> None:
    """What becomes of overs later."""
    second = SecondHearing(engine="other", model="large", text="fight", words=5, differing=4)
    board.ask(told.CompareOver, by=PANEL, over_id="o1", second=second)
    board.ask(told.RemoveRecordings, by=PANEL, overs=("o2",), why="age", evidence=timedelta())


def merge_and_split(board: Board) -> None:
    """Two incidents are one, and then are not."""
    board.incident("i8", type="fire")
    board.incident("i9", type="fire")
    board.ask(incident_commands.MergeIncidents, incident_id="i8", into="i9")
    board.ask(ask.ReopenIncident, incident_id="i8", reason="another fire")


def hand_over_and_walk(board: Board) -> None:
    """What a shift does besides."""
    hand_over(board)
    walk_a_line(board)
    speak(board)


def walk_a_line(board: Board) -> None:
    """Everything that happens on patrol."""
    points = {place: PointPlan(place) for place in ("gate-1", "gate-2")}
    lines = {"round": LinePlan("round", ("gate-1", "gate-2"), 30)}
    policy = replace(board.state.policy, points=points, lines=lines)
    board.state = replace(board.state, policy=policy)
    board.ask(patrols.EnrolPatrol, by=PANEL)
    board.ask(patrols.TickPoint, unit="P3", place="gate-1")
    board.wait(60)
    board.ask(patrols.TickPoint, unit="P3", place="gate-2")
    board.ask(patrols.DrawCheck, check_id="k1", count=2, minutes=5)


def speak(board: Board) -> None:
    """Everything that becomes of words said on a channel."""
    channel = Device(id="box-1/main", what="channel", state="ok", since=board.now)
    board.ask(told.DeviceChanged, by=PANEL, device=channel)
    words: dict[str, Any] = {"text": "all units", "language": "en", "priority": 2, "not_after": board.now}
    board.ask(speaking_commands.SayOnChannel, channel="main", **words)
    request = board.events[-1].action
    progress: dict[str, Any] = {
        "request": request,
        "state": "waiting",
        "reason": "busy",
        "seconds": 0.0,
        "said_at": board.now,
    }
    board.ask(speaking_commands.NoteProgress, by=PANEL, device_id="box-1/main/tx", **progress)
    board.ask(speaking_commands.MuteChannel, channel=None, on=True)


def doubt(board: Board) -> None:
    """Nobody sees anything of what was likely."""
    board.incident("d1", type="fire", place="gate-2")
    board.ask(incident_commands.SetCertainty, incident_id="d1", certainty="likely")
    board.say("no smoke", intent="report", place="gate-2", absent="fire")
    board.ask(ask.CancelIncident, incident_id="d1", reason="toast")


def correct(board: Board) -> None:
    """Everything people correct, and a unit that is called off and diverted with an order waiting."""
    doubt(board)
    for id_ in ("c1", "c2", "c3"):
        board.incident(id_, place="taxi-stand")
    board.ask(work_commands.CorrectIncident, incident_id="c1", place="gate-1", reason="misheard")
    board.send("P1", to="c1")
    board.step("P1", "ENROUTE", on="c1")
    sent = AssignmentState.DISPATCHED
    board.ask(work_commands.CorrectStep, assignment_id="P1-c1", step=sent)
    board.send("P1", to="c2", how="stack")
    board.send("P1", to="c3", how="divert")
    board.ask(ask.CancelAssignment, assignment_id="P1-c3", reason="recall")
    board.step("P1", "SIGNED", on="c3")
    board.ask(ask.CancelAssignment, assignment_id="P1-c2", reason="recall")


def hand_over(board: Board) -> None:
    """Everything that can become of a handover."""
    board.ask(hand.OpenHandover, handover_id="h1")
    board.ask(hand.LeaveNote, handover_id="h1", note="work", text="red jacket")
    for line in unread(board.state, board.state.handovers["h1"]):
        board.ask(hand.ReadLines, by=WANG, handover_id="h1", lines=(line.key,))
    board.ask(hand.SignHandover, by=WANG, handover_id="h1")
    board.ask(hand.DropHandover, handover_id="h1", reason="stays on")
    let_time_pass(board)


def let_time_pass(board: Board) -> None:
    """A rung is reached, and the next one is muted."""
    about = Ref(ObjectKind.UNIT, "P1")
    board.wait(3600)
    board.give(fire(running(board.state, about)[0], board.now))
    until = board.now + timedelta(minutes=5)
    board.ask(MuteTimer, timer="contact", about=about, until=until, reason="at court")


def link_and_keep_apart(board: Board) -> None:
    """Everything that can become of a proposal."""
    smoke = {"type": "fire", "priority": 1, "place": "ticket-office"}
    board.alarm("smoke", account="1", zone="3", **smoke)
    board.say("smoke in the ticket office", intent="report", type="fire", place="ticket-office")
    board.alarm("apart", account="2", zone="9", **smoke)
    board.ask(ask.RejectLink, alarm_id="apart", target="smoke")
    board.ask(ask.AcceptLink, alarm_id=f"alarm-o{len(board.state.overs)}", target="smoke", incident_id="i3")
    board.alarm("again", account="1", zone="3", **smoke | {"priority": 2})
    board.ask(ask.Claim, alarm_id="again")


def classes_of(base: type) -> set[type]:
    """Every class of the rules' packages that is one of these, but for those others are made from."""
    modules = [
        import_module(each.name)
        for package in (agencies, dispatch, handover, patrol, shelf, speaking, timers)
        for each in iter_modules(package.__path__, f"{package.__name__}.")
    ]
    found = {thing for module in modules for thing in vars(module).values() if isinstance(thing, type)}
    kin = {one for one in found if issubclass(one, base)}
    return {one for one in kin if not any(one is not other and issubclass(other, one) for other in kin)}


def event_types() -> set[type]:
    """Every class of event."""
    return classes_of(BaseEvent)


def test_every_kind_of_event_crosses_json_and_comes_back_equal() -> None:
    """The journal loses nothing: each kind of event, out and in again."""
    board = busy_board()
    assert {type(event) for event in board.events} == event_types()
    for event in board.events:
        assert event_from_json(event_to_json(event)) == event


def test_replaying_the_events_builds_the_same_state() -> None:
    """State is the sum of the events and nothing else."""
    board = busy_board()
    assert replayed(board) == board.state


def test_every_event_knows_what_follows_from_it() -> None:
    """No kind of event is without its function, and every id is its command's and unique."""
    assert set(AFTER) == event_types() - {ActionUndone, PutAway, BroughtBack}
    events = busy_board().events
    assert len({event.id for event in events}) == len(events)
    assert all(event.id.startswith(f"{event.action}/") for event in events)


def test_the_board_learns_which_rows_an_event_touched() -> None:
    """Evolving can name the objects that changed."""
    board = Board()
    board.alarm()
    state, refs = evolve_with_refs(board.state, board.events[-1])
    assert [(ref.kind.value, ref.id) for ref in refs] == [("alarm", "a1")]
    assert state.alarms["a1"].id == "a1"


def test_every_event_people_read_has_a_timeline_line_of_codes() -> None:
    """Machinery aside, each event gives a line about the object its kind names, ready for JSON."""
    silent = {"unit.enrolled", "device.changed", "over.compared", "recordings.removed"}
    silent |= {"shelf.put-away", "shelf.brought-back"}
    silent |= {"patrol.point-enrolled", "patrol.line-enrolled"}
    for event in busy_board().events:
        entry = timeline_entry(event)
        assert (entry is None) == (event.kind in silent)
        if entry is not None:
            assert entry.kind == event.kind
            assert entry.model_validate_json(entry.model_dump_json()) == entry
            named = event.kind.partition(".")[0]
            assert named in {entry.about.kind.value, "status", "action", "timer"}


def test_a_line_keeps_when_it_was_said() -> None:
    """`said_at` is shown beside the centre's own time."""
    board = Board()
    board.incident()
    board.send("P1")
    board.wait(10)
    board.status("P1", status="enroute", ago=4)
    entry = timeline_entry(board.events[-1])
    assert entry is not None
    assert entry.said_at is not None
    assert (entry.at - entry.said_at).total_seconds() == 4


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_speaks_both_languages(code: str) -> None:
    """The English and the Chinese sentence name the same things, and can be filled."""
    english, chinese = (
        {name for _, name, _, _ in Formatter().parse(sentence) if name} for sentence in SENTENCES[code]
    )
    assert chinese <= english
    names = dict.fromkeys(english - {"field", "by"}, "x")
    refusal = refuse(code, field="f", by="person:li", **names)
    assert "{" not in refusal.en + refusal.zh


def test_every_command_has_a_rule() -> None:
    """No command is left without somebody to answer it."""
    assert set(RULES) == classes_of(ask.Command)


def test_an_observer_may_do_nothing() -> None:
    """Every rule names the roles that may ask, and observer is never among them."""
    assert not [command for command, (_, roles) in RULES.items() if "observer" in roles]


def claimed_among(alarms: int) -> tuple[State, Event]:
    """A board of so many alarms, and the event that claims one of them."""
    board = Board()
    board.alarm("a0")
    (first,) = board.state.alarms.values()
    for n in range(1, alarms):
        named = {"id": f"a{n}", "zone": str(n % 500)}
        alarm = first.model_copy(update={"id": f"a{n}", "content": first.content.model_copy(update=named)})
        board.state = put(board.state, alarm)
    full = board.state
    assert kinds(board.ask(ask.Claim, alarm_id="a7")) == ["alarm.claimed"]
    return full, board.events[-1]


def fastest(state: State, event: Event) -> float:
    """Seconds of fifty times evolving."""
    begun = time.perf_counter()
    for _ in range(50):
        evolve(state, event)
    return time.perf_counter() - begun


@pytest.mark.slow
def test_a_full_board_evolves_as_quickly_as_an_empty_one() -> None:
    """On 10,000 alarms an event costs no more than three times what it costs on ten: both timed in turn."""
    small, full = claimed_among(10), claimed_among(10_000)
    runs = [(fastest(*small), fastest(*full)) for _ in range(20)]
    assert min(on_full for _, on_full in runs) < 3 * min(on_small for on_small, _ in runs)
