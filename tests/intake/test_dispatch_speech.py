"""Speech: what becomes an alarm, what moves an assignment, and what only leaves a line."""

from typing import Any

import pytest

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.objects import UnitState
from intake.dispatch.queries import unit_state
from intake.dispatch.speech import Understanding
from tests.support.dispatch_board import PARSER, Board, kinds


def sent() -> Board:
    """A theft in hall A with P1, P2 and P3 sent to it a minute ago."""
    board = Board()
    board.incident()
    board.send("P1", "P2", "P3")
    board.wait(60)
    return board


def test_a_spoken_report_becomes_one_alarm_with_its_clip() -> None:
    """A report with a type is queued at that type's priority, with place, unit, clip and words."""
    board = Board()
    report: dict[str, Any] = {"intent": "report", "type": "fight", "place": "taxi-stand", "units": ("P1",)}
    assert kinds(board.say("P1 fight at the taxi stand", **report)) == ["over.transcribed", "alarm.queued"]
    content = board.state.alarms["alarm-o1"].content
    assert (content.priority, content.place, content.caller_unit) == (1, "taxi-stand", "P1")
    assert (content.clip, content.stt_model) == ("clip-o1", "vosk/small")
    assert board.state.overs["o1"].alarm == "alarm-o1"
    assert board.state.units["P1"].last_heard_at == board.now


@pytest.mark.parametrize(
    ("intent", "type_", "queued"),
    [
        ("unknown", "fight", True),
        ("report", None, False),
        ("query", "fight", False),
        ("order", "fight", False),
        ("request", "fight", True),
        ("request", "theft", False),
        ("request", "weapon", True),
        ("status", "weapon", True),
        ("status", "theft", False),
        ("readback", "weapon", False),
    ],
)
def test_who_tells_of_an_event_and_who_only_names_it(intent: str, type_: str | None, queued: bool) -> None:  # noqa: FBT001  a column of the table
    """Reports of a named event are alarms, and so is a dangerous one that a unit only mentions."""
    board = Board()
    assert ("alarm.queued" in kinds(board.say("...", intent=intent, type=type_))) is queued


def test_a_cry_that_sounds_like_an_order_is_queued_unless_it_is_known() -> None:
    """Everybody out, he has a gun: that may be anybody; to a unit it is the centre's."""
    board = Board()
    assert "alarm.queued" not in kinds(board.say("...", intent="order", type="weapon", units=("P1",)))
    assert "alarm.queued" in kinds(board.say("...", intent="order", type="weapon"))
    board.incident(type="weapon")
    assert "alarm.queued" not in kinds(board.say("...", intent="order", type="weapon"))


def test_what_is_worked_on_already_is_no_news_beside_a_step() -> None:
    """On scene at the known fight: no second alarm. A knife there that nobody knew of: one."""
    board = Board()
    board.incident(type="fight")
    board.send("P1")
    board.wait(10)
    assert "alarm.queued" not in kinds(board.status("P1", status="onscene", type="fight"))
    fight = Understanding(intent="report", type="fight", place="taxi-stand")
    assert "alarm.queued" not in kinds(board.status("P1", status="onscene", also=(fight,)))
    assert "alarm.queued" in kinds(board.status("P1", status="onscene", type="weapon"))


def test_what_may_be_an_alarm_is_queued_without_a_type() -> None:
    """Nobody can tell what happened: it waits at the priority of the unknown, with clip and words."""
    board = Board()
    said = board.say("a lad is wedged in gate five", intent="report", place="gate-5", may_be_alarm=True)
    assert kinds(said) == ["over.transcribed", "alarm.queued"]
    content = board.state.alarms["alarm-o1"].content
    assert (content.type, content.priority, content.place) == (None, 2, "gate-5")


def test_two_places_in_one_breath_are_two_alarms() -> None:
    """A lost child is not lost behind a fight; a second word for the same place is no second alarm."""
    board = Board()
    child = Understanding(intent="report", type="missing-person", place="gate-5", confidence=0.8)
    blood = Understanding(intent="report", type="medical", place="gate-2", confidence=0.8)
    fight: dict[str, Any] = {"intent": "report", "type": "fight", "place": "gate-2"}
    said = board.say("fight and blood at gate two, lost child at gate five", **fight, also=(blood, child))
    assert kinds(said) == ["over.transcribed", "alarm.queued", "alarm.queued"]
    assert {one.content.place for one in board.state.alarms.values()} == {"gate-2", "gate-5"}
    assert board.state.overs["o1"].alarm == "alarm-o1"


def test_a_step_that_its_words_do_not_make_sure_is_proposed() -> None:
    """However high the confidence: only what changes a status by its words is applied."""
    board = sent()
    said = board.status("P1", status="onscene", changes_status=False, confidence=0.95)
    assert kinds(said)[1:] == ["status.proposed"]
    assert board.at("P1") == "DISPATCHED"


def test_each_fact_has_its_own_confidence() -> None:
    """Two units, two steps: both are proposed on their own."""
    board = sent()
    other = Understanding(intent="status", units=("P2",), status="onscene", confidence=0.4)
    board.status("P1", status="enroute", changes_status=False, confidence=0.4, also=(other,))
    assert [(one.unit, one.status) for one in board.state.overs["o1"].proposals] == [
        ("P1", "enroute"),
        ("P2", "onscene"),
    ]


def test_a_gated_phrase_is_listed_and_nothing_else() -> None:
    """A12: an invented subtitle makes no alarm and moves nobody, but stands in the list with its reason."""
    board = sent()
    said = board.status("P1", status="onscene", gated="no speech", type="fire")
    assert kinds(said) == ["over.transcribed"]
    transcript = board.state.overs["o1"].transcript
    assert transcript is not None
    assert transcript.gated == "no speech"
    assert board.state.units["P1"].last_heard_at is None


@pytest.mark.parametrize("status", ["signed", "enroute", "onscene"])
def test_a_clear_status_moves_the_assignment_with_evidence(status: str) -> None:
    """A named unit, high confidence: the step is stamped with when it was said and the clip that says so."""
    board = sent()
    assert kinds(board.status("P1", status=status, ago=4)) == ["over.transcribed", "assignment.stepped"]
    assert board.at("P1") == status.upper()
    stamp = board.state.assignments["P1-i1"].stamps[board.state.assignments["P1-i1"].state]
    assert (stamp.evidence, stamp.confidence) == ("clip-o1", 0.9)
    assert (board.now - stamp.at).total_seconds() == 4


def test_a_unit_on_two_incidents_moves_the_one_it_names_or_is_at() -> None:
    """A1: on scene moves the assignment of the place said, else the one under way; never both."""
    board = sent()
    board.incident("i2", type="fight", place="taxi-stand")
    board.send("P1", to="i2", how="stack")
    board.wait(10)
    board.status("P1", status="onscene", place="taxi-stand")
    assert (board.at("P1", "i1"), board.at("P1", "i2")) == ("DISPATCHED", "ONSCENE")
    board.send("P2", to="i2", how="stack")
    board.step("P2", "ENROUTE", on="i1")
    board.wait(10)
    board.status("P2", status="onscene")
    assert (board.at("P2", "i1"), board.at("P2", "i2")) == ("ONSCENE", "DISPATCHED")


def test_a_unit_on_two_incidents_naming_a_third_place_is_asked() -> None:
    """A unit is never moved on a guess."""
    board = sent()
    board.incident("i2", type="fight", place="taxi-stand")
    board.send("P1", to="i2", how="stack")
    board.wait(10)
    assert kinds(board.status("P1", status="onscene", place="platform-3"))[1:] == ["status.proposed"]
    assert board.state.overs["o1"].proposals[0].why == "which"


def test_a_readback_confirms_and_moves_nothing() -> None:
    """A2: the centre's readback is attached to the step it repeats; there is no second change."""
    board = sent()
    board.status("P1", status="enroute")
    before = board.at("P1")
    board.wait(3)
    readback: dict[str, Any] = {"intent": "readback", "units": ("P1",), "status": "enroute"}
    assert kinds(board.say("patrol one you are en route", **readback))[1:] == ["assignment.confirmed"]
    stamps = board.state.assignments["P1-i1"].stamps
    assert [stamp.confirmed for stamp in stamps.values()] == [None, None, "o2"]
    assert board.at("P1") == before
    assert kinds(board.say("patrol one you are en route", **readback))[1:] == []


def test_a_lone_readback_changes_nothing() -> None:
    """A readback of a step that was never reported confirms nothing and moves nobody."""
    board = sent()
    said = board.say("patrol one on scene", intent="readback", units=("P1",), status="onscene")
    assert kinds(said) == ["over.transcribed"]
    assert board.at("P1") == "DISPATCHED"


def test_a_cleared_unit_can_still_be_read_back() -> None:
    """The step that ended the assignment is confirmed too, while it is fresh."""
    board = sent()
    board.step("P1", "ONSCENE")
    board.wait(30)
    board.status("P1", status="cleared")
    board.wait(3)
    said = board.say("patrol one clear", intent="readback", units=("P1",), status="cleared")
    assert kinds(said)[1:] == ["assignment.confirmed"]


def test_a_late_report_moves_nothing() -> None:
    """A3: said before the current step was reached: only a line, however late it arrives."""
    board = sent()
    board.step("P1", "ONSCENE")
    assert kinds(board.status("P1", status="cleared", ago=40))[1:] == ["status.proposed"]
    assert board.state.overs["o1"].proposals[0].why == "late"
    assert board.at("P1") == "ONSCENE"


def test_a_clock_that_is_wrong_is_corrected_or_not_believed() -> None:
    """A small known offset is subtracted; a source minutes off counts as said when it was recorded."""
    board = sent()
    board.status("P1", status="signed", clock_offset=3)
    board.status("P2", status="signed", clock_offset=300)
    for unit in ("P1", "P2"):
        assert board.state.assignments[f"{unit}-i1"].reached_at == board.now


def test_no_caller_on_scene_changes_nothing() -> None:
    """A11: words of a status without a speaking unit leave a line and nothing else."""
    board = sent()
    said = board.say("no caller on scene", intent="report", units=("P1",), changes_status=False)
    assert kinds(said) == ["over.transcribed"]
    assert kinds(board.say("on scene", intent="status", status="onscene")) == ["over.transcribed"]
    assert board.at("P1") == "DISPATCHED"


def test_each_named_unit_clears_and_the_others_stay() -> None:
    """A25: P1 and P2 clear, P3 remains, and the incident stays active; the disposition is still owed."""
    board = sent()
    for unit in ("P1", "P2", "P3"):
        board.step(unit, "ONSCENE")
    board.wait(300)
    board.status("P1", "P2", status="cleared")
    assert [board.at(unit) for unit in ("P1", "P2", "P3")] == ["CLEARED", "CLEARED", "ONSCENE"]
    assert board.incident_state() == "ACTIVE"
    assert board.state.assignments["P1-i1"].disposition is None
    added = board.step("P1", "CLEARED", disposition="settled")
    assert kinds(added) == ["assignment.disposition"]


@pytest.mark.parametrize(("confidence", "proposed"), [(0.69, True), (0.4, True), (0.39, False)])
def test_unsure_words_are_proposed_and_faint_ones_only_listed(confidence: float, proposed: bool) -> None:  # noqa: FBT001  a column of the table
    """Middle confidence asks, low confidence is listed; neither moves anybody."""
    board = sent()
    said = kinds(board.status("P1", status="enroute", confidence=confidence))
    assert ("status.proposed" in said) is proposed
    assert board.at("P1") == "DISPATCHED"


def test_clear_without_arrival_is_the_desks_to_decide() -> None:
    """A unit that never came does not clear itself by voice."""
    board = sent()
    board.status("P1", status="cleared")
    assert board.state.overs["o1"].proposals[0].why == "not-arrived"
    assert board.at("P1") == "DISPATCHED"


def test_speech_never_steps_back_and_repeats_are_no_news() -> None:
    """On scene, then en route: asked. On scene again, or a plain copy: nothing at all."""
    board = sent()
    board.status("P1", status="onscene")
    board.wait(5)
    assert kinds(board.status("P1", status="enroute"))[1:] == ["status.proposed"]
    assert kinds(board.status("P1", status="onscene"))[1:] == []
    assert kinds(board.status("P1", status="signed"))[1:] == []


def test_a_unit_may_decline_by_voice_before_it_moves() -> None:
    """Unable to go: declined with its own words as the reason."""
    board = sent()
    board.status("P1", status="declined", intent="status")
    assert board.at("P1") == "DECLINED"
    board.status("P2", status="enroute")
    board.wait(5)
    assert kinds(board.status("P2", status="declined"))[1:] == ["status.proposed"]


def test_a_free_unit_may_say_it_is_busy_or_back() -> None:
    """Busy and available are about the unit itself while it has no work."""
    board = Board()
    board.status("P1", status="busy")
    assert unit_state(board.state, "P1") == "BUSY"
    board.status("P1", status="available")
    assert unit_state(board.state, "P1") == "AVAILABLE_MOBILE"
    board.incident()
    board.send("P2")
    assert kinds(board.status("P2", status="busy"))[1:] == ["status.proposed"]


def test_a_step_of_a_unit_without_work_is_asked() -> None:
    """On scene by a unit nobody sent is proposed, and its place is not guessed."""
    board = Board()
    board.status("P1", status="onscene", place="taxi-stand")
    assert board.state.overs["o1"].proposals[0].why == "no-assignment"


def test_on_scene_with_a_place_moves_the_units_position() -> None:
    """The last spoken place is kept with its time and clip."""
    board = sent()
    board.status("P1", status="onscene", place="waiting-hall-a")
    unit = board.state.units["P1"]
    assert (unit.place, unit.place_at, unit.place_source) == ("waiting-hall-a", board.now, "clip-o1")


def test_a_handset_is_heard_by_its_id() -> None:
    """A radio id without words of its own still shows that the unit is alive."""
    board = Board()
    board.say("static", gated="no speech", radio_id="1002")
    assert board.state.units["P2"].last_heard_at == board.now


def test_an_over_is_transcribed_once() -> None:
    """The same transcript again changes nothing, and one of an unknown over is refused."""
    board = sent()
    board.status("P1", status="enroute")
    again = board.state.overs["o1"].transcript
    assert again is not None
    repeat = {"alarm_id": "x", "transcript": again}
    assert board.ask(told.AddTranscript, by=PARSER, over_id="o1", **repeat) == ()
    assert kinds(board.ask(told.AddTranscript, by=PARSER, over_id="o9", **repeat)) == ["unknown"]


def test_the_off_duty_unit_that_reports_in_is_available() -> None:
    """In service, said by voice, brings a unit on duty."""
    board = Board()
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.OFF_DUTY)
    board.status("P1", status="available")
    assert unit_state(board.state, "P1") == "AVAILABLE_MOBILE"
