"""Who calls: emergency keys that wait for no words, and radios that people give to units."""

from bus.messages.board import AlarmRow
from intake.dispatch import commands as ask
from intake.dispatch.policy import Policy
from intake.dispatch.queries import unit_of_radio
from intake.dispatch.state import State
from intake.rows import alarm_row, over_row, radio_row
from tests.support.dispatch_board import CHIEF, LI, TECHNICIAN, WATCHER, Board, code, kinds, replayed


def shown(board: Board, alarm: str) -> AlarmRow:
    """The alarm's row."""
    return alarm_row(board.state.alarms[alarm], board.state)


def test_an_emergency_key_is_an_alarm_of_priority_0_once() -> None:
    """It names radio and unit before any word, and the same call again changes nothing."""
    board = Board()
    assert kinds(board.press("e1", radio="1002")) == ["alarm.queued", "unit.emergency"]
    assert board.press("e1", radio="1002") == ()
    row = shown(board, "e1")
    assert (row.type, row.priority, row.radio, row.caller_unit) == (
        "officer-emergency",
        0,
        "mdc1200:1002",
        "P2",
    )
    assert row.text == "Emergency key of radio mdc1200 1002 on channel ch1"


def test_a_site_without_the_type_gets_its_emergency_first_of_all() -> None:
    """A site file that names no `officer-emergency` costs no priority; one that does has the say."""
    other = Board(State(policy=Policy(priorities={"theft": 2})))
    other.press("e1")
    own = Board(State(policy=Policy(priorities={"officer-emergency": 1})))
    own.press("e1")
    assert (shown(other, "e1").priority, shown(own, "e1").priority) == (0, 1)


def test_a_radio_nobody_knows_raises_its_emergency_all_the_same() -> None:
    """An unknown id costs nobody the alarm."""
    board = Board()
    board.press("e1", radio="beef")
    assert (shown(board, "e1").caller_unit, shown(board, "e1").priority) == (None, 0)


def test_the_over_of_an_emergency_is_its_evidence_and_no_second_alarm() -> None:
    """Clip and words come later and are shown with the alarm, with the place they name."""
    board = Board()
    board.press("e1", over="o1")
    said = board.say("officer needs help hall a", intent="report", type="officer-emergency", place="hall-a")
    assert kinds(said) == ["over.transcribed"]
    row = shown(board, "e1")
    assert (row.clip, row.words, row.place, row.confidence) == (
        "clip-o1",
        "officer needs help hall a",
        "hall-a",
        0.9,
    )
    assert over_row(board.state.overs["o1"], board.state).alarm == "e1"
    board.ask(ask.Promote, alarm_id="e1", incident_id="i1")
    assert board.state.incidents["i1"].place == "hall-a"


def test_an_emergency_told_after_its_words_joins_their_alarm() -> None:
    """A call the box could not send at once finds the alarm its over has already raised."""
    board = Board()
    board.say("officer needs help", intent="report", type="officer-emergency")
    assert kinds(board.press("e1", over="o1")) == ["alarm.repeated"]
    assert board.state.alarms["alarm-o1"].count == 2


def test_an_emergency_in_an_over_of_something_else_is_its_own_alarm() -> None:
    """A theft reported in the same over keeps its alarm; the emergency shows the clip too."""
    board = Board()
    board.say("theft in hall a", intent="report", type="theft")
    board.press("e1", over="o1")
    assert (board.alarm_state("alarm-o1"), shown(board, "e1").clip) == ("QUEUED", "clip-o1")


def test_a_radio_repeats_its_emergency_until_somebody_decides() -> None:
    """Presses while the alarm waits count on it, with their overs as evidence; later ones are news."""
    board = Board()
    board.press("e1")
    board.press("e2", over="o1")
    board.press("e3", radio="other")
    board.say("", gated="no_speech")
    assert set(board.state.alarms) == {"e1", "e3"}
    assert (shown(board, "e1").count, shown(board, "e1").clip) == (2, "clip-o1")
    board.ask(ask.Promote, alarm_id="e1", incident_id="i1", place="hall-a")
    board.press("e4")
    assert board.alarm_state("e4") == "QUEUED"
    assert replayed(board) == board.state


def test_an_unknown_radio_is_given_to_a_unit_and_taken_back() -> None:
    """After the naming its overs are the unit's; undo takes the name away and keeps what was heard."""
    board = Board()
    board.say("static", gated="no_speech", callers=("1A2B",))
    radio = board.state.radios["mdc1200:1a2b"]
    assert (radio_row(radio, board.state).unit, radio.heard) == (None, 1)

    board.ask(ask.NameRadio, radio="mdc1200:1a2b", unit="P3")
    board.wait(2)
    board.say("static", gated="no_speech", callers=("1A2B",))
    row = radio_row(board.state.radios["mdc1200:1a2b"], board.state)
    assert (row.unit, row.named_by, row.heard) == ("P3", "li", 2)
    assert board.state.units["P3"].last_heard_at == board.now

    assert kinds(board.ask(ask.Undo)) == ["action.undone"]
    assert unit_of_radio(board.state, "mdc1200:1a2b") is None
    assert board.state.radios["mdc1200:1a2b"].heard == 2
    assert replayed(board) == board.state


def test_a_name_stands_before_the_site_file_and_falls_back_to_it() -> None:
    """P1's radio lent to P3 is P3's until the name is taken away; a bare id stands for any signalling."""
    board = Board()
    board.ask(ask.NameRadio, radio="1001", unit="P3")
    assert unit_of_radio(board.state, "mdc1200:1001") == "P3"
    board.ask(ask.NameRadio, radio="1001", unit=None)
    assert unit_of_radio(board.state, "mdc1200:1001") == "P1"


def test_who_may_name_a_radio() -> None:
    """Everybody who works here, technicians too; a unit that does not exist is refused."""
    board = Board()
    assert code(board.ask(ask.NameRadio, by=WATCHER, radio="1a2b", unit="P1")) == "role"
    assert code(board.ask(ask.NameRadio, by=LI, radio="1a2b", unit="P9")) == "unknown"
    assert code(board.ask(ask.NameRadio, by=TECHNICIAN, radio="1a2b", unit="P1")) == ""
    assert board.ask(ask.NameRadio, by=CHIEF, radio="1a2b", unit="P1") == ()


def test_an_id_alone_moves_no_assignment() -> None:
    """The radio of a unit that is sent labels its words; the step it did not say is not taken."""
    board = Board()
    board.incident()
    board.send("P1")
    board.say("on the way", intent="status", units=("P1",), status="enroute", callers=("1001",))
    assert (board.at("P1"), board.state.units["P1"].last_heard_at) == ("DISPATCHED", board.now)


def test_the_radio_tells_who_reported_before_the_words_do() -> None:
    """Of a report that names another unit, the alarm's caller is the one whose radio it was."""
    board = Board()
    board.say("patrol two: theft", intent="report", type="theft", units=("P2",), callers=("1003",))
    assert shown(board, "alarm-o1").caller_unit == "P3"
