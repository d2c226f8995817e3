"""Recalls and stacked orders: called off means told so, and what waits goes on when its turn comes."""

from intake.dispatch import commands as ask
from intake.dispatch.queries import awaited, current_of_unit, is_stacked, live_of_unit, recalls_of_unit
from intake.rows import assignment_row, unit_row
from tests.support.dispatch_board import Board, kinds


def called_off() -> Board:
    """P1 was on its way to i1, P2 was only set aside, and the incident was cancelled."""
    board = Board()
    board.incident("i1")
    board.send("P1")
    board.ask(ask.Reserve, incident_id="i1", unit="P2", assignment_id="P2-i1")
    board.step("P1", "ENROUTE")
    board.wait(20)
    board.ask(ask.CancelIncident, incident_id="i1", reason="hoax")
    board.wait(20)
    return board


def open_recalls(board: Board, unit: str = "P1") -> list[str]:
    """What a unit was called off and has not answered."""
    return [one.id for one in recalls_of_unit(board.state, unit)]


def test_only_a_unit_that_was_sent_must_hear_the_recall() -> None:
    """A reservation was never called; who was called off is expected to speak, and shows it."""
    board = called_off()
    assert (open_recalls(board), open_recalls(board, "P2")) == (["P1-i1"], [])
    assert awaited(board.state) == {"P1"}
    assert unit_row(board.state.units["P1"], board.state).recalls == (1001,)
    assert assignment_row(board.state.assignments["P1-i1"], board.state).recall == "open"


def test_the_unit_answers_by_voice() -> None:
    """Its "received" is about the recall, with the clip; it moves nothing else."""
    board = called_off()
    heard = board.status("P1", status="signed")
    assert kinds(heard)[1:] == ["assignment.recall-heard"]
    answer = board.state.assignments["P1-i1"].recall_heard
    assert answer is not None
    assert answer.evidence == "clip-o1"
    assert (open_recalls(board), board.at("P1")) == ([], "CANCELLED")


def test_an_unsure_answer_is_only_proposed() -> None:
    """A person decides, as with any step."""
    board = called_off()
    heard = board.status("P1", status="signed", confidence=0.5)
    assert kinds(heard)[1:] == ["status.proposed"]
    assert open_recalls(board) == ["P1-i1"]


def test_the_desk_quotes_the_answer_and_may_take_it_back() -> None:
    """`signed p1` on what it was called off."""
    board = called_off()
    assert kinds(board.step("P1", "SIGNED")) == ["assignment.recall-heard"]
    board.ask(ask.Undo)
    assert open_recalls(board) == ["P1-i1"]


def test_words_older_than_the_recall_do_not_answer_it() -> None:
    """What was said before it was called off is about something else."""
    board = called_off()
    board.status("P1", status="signed", ago=30)
    assert open_recalls(board) == ["P1-i1"]


def test_answering_a_later_order_has_heard_the_recall() -> None:
    """What is received is about the newest order; the recall before it is inferred to be heard."""
    board = called_off()
    board.incident("i2")
    board.send("P1", to="i2")
    board.wait(5)
    heard = board.status("P1", status="signed")
    assert kinds(heard)[1:] == ["assignment.stepped", "assignment.recall-heard"]
    answer = board.state.assignments["P1-i1"].recall_heard
    assert answer is not None
    assert (board.at("P1", "i2"), answer.inferred) == ("SIGNED", True)


def three_orders() -> Board:
    """P1 is on its way to i1; i2 and i3 wait, in this order."""
    board = Board()
    for id_, place in (("i1", "waiting-hall-a"), ("i2", "taxi-stand"), ("i3", "gate-1")):
        board.incident(id_, place=place)
    board.send("P1", to="i1")
    board.step("P1", "ENROUTE")
    for id_ in ("i2", "i3"):
        board.send("P1", to=id_, how="stack")
    return board


def now_at(board: Board) -> str:
    """What P1 is at."""
    current = current_of_unit(board.state, "P1")
    return current.incident if current else ""


def waiting(board: Board) -> set[str]:
    """What P1 has still to come to."""
    live = live_of_unit(board.state, "P1")
    return {one.incident for one in live if is_stacked(board.state, one)}


def test_stacked_orders_go_on_one_after_the_other() -> None:
    """Each waits behind the one before; a row shows it only as long as it does."""
    board = three_orders()
    assert (now_at(board), waiting(board)) == ("i1", {"i2", "i3"})
    board.step("P1", "CLEARED", on="i1", disposition="no-arrival")
    assert (now_at(board), waiting(board)) == ("i2", {"i3"})
    assert assignment_row(board.state.assignments["P1-i2"], board.state).after is None
    board.step("P1", "CLEARED", on="i2", disposition="no-arrival")
    assert (now_at(board), waiting(board)) == ("i3", set())


def test_dropping_one_in_the_middle_keeps_the_order() -> None:
    """The last still waits for what is going on."""
    board = three_orders()
    board.ask(ask.CancelAssignment, assignment_id="P1-i2", reason="settled by phone")
    assert (now_at(board), waiting(board)) == ("i1", {"i3"})


def test_diverting_puts_the_new_order_before_all_that_waits() -> None:
    """The unit goes where it was diverted to, then on with what waited."""
    board = three_orders()
    board.incident("i4", type="fight", place="platform-3")
    assert "assignment.moved" in kinds(board.send("P1", to="i4", how="divert"))
    assert (now_at(board), waiting(board)) == ("i4", {"i2", "i3"})
    board.ask(ask.Undo)
    assert (now_at(board), waiting(board)) == ("i1", {"i2", "i3"})
