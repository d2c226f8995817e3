"""From a console's verb to a command of the core: every verb has one, with ids a repeat would make again."""

import json
from datetime import timedelta

import pytest

from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.agencies import commands as agencies
from intake.asking import Asking, answer_for, command_for
from intake.comprehension import Comprehension
from intake.dispatch import commands as do
from intake.dispatch.incident_commands import MergeIncidents, SetCertainty
from intake.dispatch.objects import AssignmentState, UnitState
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import AcceptAlarm
from intake.dispatch.unit_commands import ClearEmergency, SetTeamStatus
from intake.dispatch.work_commands import AnswerAlarm, CorrectIncident, CorrectStep
from intake.handover import commands as hand
from intake.patrol import commands as patrol
from intake.questions import QUESTIONS
from intake.site import example_site_path, load_site
from intake.speaking import commands as speaking
from intake.timers.commands import MuteTimer
from tests.support.dispatch_board import LI, START, Board

CASES: list[tuple[Value, type[do.Command], dict[str, object]]] = [
    (ask.Claim(alarm="a1", version=3), do.Claim, {"alarm_id": "a1", "version": 3}),
    (ask.Release(alarm="a1"), do.Release, {"alarm_id": "a1"}),
    (ask.Promote(alarm="a1", type="fire"), do.Promote, {"alarm_id": "a1", "type": "fire", "place": None}),
    (ask.NewIncident(type="theft", place="gate-1", summary="bag"), do.NewIncident, {"summary": "bag"}),
    (
        ask.LinkAlarm(alarm="a1", incident="i1"),
        do.LinkAlarm,
        {"incident_id": "i1", "link_kind": "supplement"},
    ),
    (ask.Dismiss(alarm="a1", reason="test"), do.DismissAlarm, {"alarm_id": "a1", "reason": "test"}),
    (
        ask.AcceptLink(alarm="a1", target="i1"),
        do.AcceptLink,
        {"alarm_id": "a1", "target": "i1"},
    ),
    (ask.RejectLink(alarm="a1", target="i1"), do.RejectLink, {"alarm_id": "a1", "target": "i1"}),
    (ask.ReopenAlarm(alarm="a1", reason="x"), do.ReopenAlarm, {"alarm_id": "a1", "reason": "x"}),
    (ask.Dispatch(incident="i1", units=("P2",), how="stack"), do.DispatchUnits, {"how": "stack"}),
    (
        ask.Step(unit="P1", step="signed", quote="ok"),
        do.SetStep,
        {"step": AssignmentState.SIGNED, "evidence": "ok"},
    ),
    (ask.CancelAssignment(unit="P1", incident="i1", reason="x"), do.CancelAssignment, {"reason": "x"}),
    (ask.Reserve(incident="i1", unit="P2"), do.Reserve, {"incident_id": "i1", "unit": "P2"}),
    (ask.Decline(unit="P1", reason="x"), do.Decline, {"assignment_id": "P1-i1", "reason": "x"}),
    (
        ask.StepBack(unit="P1", step="dispatched", incident="i1"),
        CorrectStep,
        {"assignment_id": "P1-i1", "step": AssignmentState.DISPATCHED},
    ),
    (ask.ReleaseHold(incident="i1"), do.ReleaseHold, {"incident_id": "i1"}),
    (
        ask.Correct(incident="i1", place="gate-1", reason="x"),
        CorrectIncident,
        {"type": None, "place": "gate-1"},
    ),
    (ask.Resolve(incident="i1", disposition="no-dispatch"), do.Resolve, {"disposition": "no-dispatch"}),
    (ask.Note(incident="i1", text="x"), do.AddNote, {"incident_id": "i1", "text": "x"}),
    (ask.SetPriority(incident="i1", priority=1, reason="x"), do.SetPriority, {"priority": 1, "reason": "x"}),
    (
        ask.SetCertainty(incident="i1", certainty="likely"),
        SetCertainty,
        {"certainty": "likely"},
    ),
    (ask.Hold(incident="i1", minutes=5, reason="x"), do.Hold, {"review_at": START + timedelta(minutes=5)}),
    (ask.Close(incident="i1", disposition="done"), do.Close, {"disposition": "done", "text": "done"}),
    (ask.CancelIncident(incident="i1", reason="x"), do.CancelIncident, {"incident_id": "i1", "reason": "x"}),
    (ask.ReopenIncident(incident="i1", reason="x"), do.ReopenIncident, {"incident_id": "i1", "reason": "x"}),
    (ask.Merge(incident="i1", into="i2"), MergeIncidents, {"incident_id": "i1", "into": "i2"}),
    (ask.UnitStatus(unit="P1", status="busy", reason="meal"), do.SetUnitStatus, {"state": UnitState.BUSY}),
    (
        ask.TeamStatus(units=("P1", "P2"), status="post"),
        SetTeamStatus,
        {"units": ("P1", "P2"), "state": UnitState.AVAILABLE_POST},
    ),
    (ask.ClearEmergency(unit="P1", reason="x"), ClearEmergency, {"unit": "P1", "reason": "x"}),
    (ask.NameRadio(radio="MDC1200:1A2B", unit="P1"), do.NameRadio, {"radio": "mdc1200:1a2b", "unit": "P1"}),
    (
        ask.PullOver(alarm="a9", over="o1", text="theft at gate 4"),
        do.PullOver,
        {"over_id": "o1", "alarm_id": "a9", "type": "theft", "place": "gate-4"},
    ),
    (ask.OpenHandover(), hand.OpenHandover, {}),
    (ask.LeaveNote(handover="h1", kind="work", text="x"), hand.LeaveNote, {"note": "work", "text": "x"}),
    (ask.ReadLines(handover="h1", lines=("a",)), hand.ReadLines, {"lines": ("a",)}),
    (ask.SignHandover(handover="h1"), hand.SignHandover, {"handover_id": "h1"}),
    (ask.DropHandover(handover="h1", reason="x"), hand.DropHandover, {"reason": "x"}),
    (ask.Tick(unit="P1", place="gate-1"), patrol.TickPoint, {"unit": "P1", "place": "gate-1"}),
    (ask.Say(text="all units"), speaking.SayOnChannel, {"channel": None, "language": "en", "priority": 2}),
    (ask.Say(text="各单位", channel="main"), speaking.SayOnChannel, {"channel": "main", "language": "zh"}),
    (ask.Hush(on=False), speaking.MuteChannel, {"channel": None, "on": False}),
    (ask.DrawCheck(count=2), patrol.DrawCheck, {"count": 2, "minutes": 5}),
    (
        ask.MuteTimer(kind="unit", id="P1", timer="contact", minutes=5, reason="x"),
        MuteTimer,
        {"timer": "contact", "about": ("unit", "P1"), "reason": "x"},
    ),
    (ask.Answer(alarm="a1", units=("P2",)), AnswerAlarm, {"alarm_id": "a1", "how": None}),
    (
        ask.Offer(incident="i1", to="local", reason="x"),
        agencies.MakeOffer,
        {"about": ("incident", "i1"), "to": "local"},
    ),
    (
        ask.AnswerOffer(alarm="a1", accept=False, reason="x"),
        agencies.AnswerOffer,
        {"about": ("alarm", "a1"), "accept": False},
    ),
    (ask.OrderTeam(incident="i1", team="hall"), agencies.OrderTeam, {"team": "hall"}),
    (ask.SignTeam(incident="i1", team="hall"), agencies.SignTeam, {"incident_id": "i1"}),
    (ask.NameUnits(incident="i1", team="hall", units=("P2",)), agencies.NameUnits, {"team": "hall"}),
    (ask.RecallTeam(incident="i1", team="hall", reason="x"), agencies.RecallTeam, {"reason": "x"}),
    (
        ask.AskGrant(giver="rail", taker="local", minutes=5, reason="x"),
        agencies.AskGrant,
        {"giver": "rail", "until": START + timedelta(minutes=5)},
    ),
    (ask.SignGrant(grant="g1"), agencies.SignGrant, {"grant_id": "g1"}),
    (ask.RevokeGrant(grant="g1", reason="x"), agencies.RevokeGrant, {"reason": "x"}),
    (ask.LendUnit(unit="P1", team="square"), agencies.LendUnit, {"team": "square"}),
    (ask.Undo(), do.Undo, {"action": None}),
]


WORDS = Comprehension(load_site(example_site_path()))


@pytest.fixture
def board() -> Board:
    """P1 is on incident i1."""
    board = Board()
    board.incident()
    board.send("P1")
    return board


def asking(board: Board) -> Asking:
    """Li's request r1."""
    return Asking("r1", START, LI, board.state, WORDS.typed)


@pytest.mark.parametrize(("args", "kind", "fields"), CASES, ids=lambda value: type(value).__name__)
def test_each_verb_is_its_command(
    board: Board, args: Value, kind: type[do.Command], fields: dict[str, object]
) -> None:
    """Who, when and under which id come from the request, the rest from its arguments."""
    command = command_for(args, asking(board))

    assert isinstance(command, kind)
    assert (command.id, command.at, command.by) == ("r1", START, LI)
    assert {name: getattr(command, name) for name in fields} == fields


def test_the_cases_are_all_verbs() -> None:
    """But for those that ask or sign in, and the typed alarm below."""
    questions = {ask.ARGUMENTS[verb] for verb in QUESTIONS}
    others = questions | {ask.SignIn, ask.TypedAlarm}

    assert {type(args) for args, _, _ in CASES} == set(ask.ARGUMENTS.values()) - others


def test_a_typed_alarm_keeps_the_id_its_console_made(board: Board) -> None:
    """Its priority is that of its type, at this site."""
    command = command_for(ask.TypedAlarm(alarm="a9", text="smoke", type="fire", via="phone"), asking(board))

    assert isinstance(command, AcceptAlarm)
    content = command.content
    assert (content.id, content.source, content.source_id, content.priority) == ("a9", "manual", "phone", 0)


@pytest.mark.parametrize(
    ("text", "kind", "place", "priority"),
    [
        ("man with a knife at gate 4", "weapon", "gate-4", 0),
        ("四号检票口有人持刀", "weapon", "gate-4", 0),
        ("somebody wants to speak to an officer", None, None, 2),
    ],
)
def test_a_typed_alarm_takes_from_its_words_what_was_not_named(
    board: Board, text: str, kind: str | None, place: str | None, priority: int
) -> None:
    """A knife typed in a hurry is not priority 2; what was inferred says how sure it is."""
    command = command_for(ask.TypedAlarm(alarm="a9", text=text), asking(board))

    assert isinstance(command, AcceptAlarm)
    content = command.content
    assert (content.type, content.place, content.priority) == (kind, place, priority)
    assert (content.confidence is not None) == (kind is not None)


def test_what_the_operator_names_counts_over_the_words(board: Board) -> None:
    """Somebody at the desk knows better than the text."""
    named = ask.TypedAlarm(alarm="a9", text="man with a knife at gate 4", type="test", place="gate-5")
    command = command_for(named, asking(board))

    assert isinstance(command, AcceptAlarm)
    content = command.content
    assert (content.type, content.place, content.priority) == ("test", "gate-5", 4)
    assert content.confidence is None


def test_a_repeat_makes_the_same_ids(board: Board) -> None:
    """Of incidents and assignments alike, and different ones for another request."""
    new = ask.NewIncident(type="theft", place="gate-1", summary="")
    send = ask.Dispatch(incident="i1", units=("P2", "P3"))

    assert command_for(new, asking(board)) == command_for(new, asking(board))
    assert command_for(send, asking(board)) == command_for(send, asking(board))
    other = command_for(new, Asking("r2", START, LI, board.state, WORDS.typed))
    assert getattr(other, "incident_id") != asking(board).new_incident  # noqa: B009 - of any command


def test_a_step_finds_the_assignment_meant(board: Board) -> None:
    """The unit's only one; with several the incident must be named; without one it is a sentence."""
    board.incident("i2")
    board.send("P1", to="i2", how="stack")

    def meant(**args: str) -> str:
        command = command_for(ask.Step.model_validate({"step": "signed"} | args), asking(board))
        return command.code if isinstance(command, Refusal) else getattr(command, "assignment_id", "")

    assert meant(unit="P1") == "which-incident"
    assert meant(unit="P1", incident="i2") == "P1-i2"
    assert meant(unit="P2") == "no-assignment"


def test_a_place_is_asked_for(board: Board) -> None:
    """An incident nobody can find is none."""
    refusal = command_for(ask.NewIncident(type="theft", place=None, summary=""), asking(board))

    assert isinstance(refusal, Refusal)
    assert refusal.field == "place"


def test_the_answer_names_what_was_made(board: Board) -> None:
    """The incident with its number, and every assignment; nothing where done is enough."""
    answer = json.loads(answer_for(board.events) or "{}")

    assert answer == {"incident": "i1", "no": 1001, "assignments": ["P1-i1"]}
    assert answer_for([]) is None
