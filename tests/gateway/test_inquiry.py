"""When a panel is asked, on a clock made of numbers."""

from gateway.line.inquiry import ANSWERED_S, Inquiry
from hardware.panels.asking import NEVER_ASKED, Asking, Poll

ASKING = Asking(start=b"state?", poll=Poll(30.0, b"there?"))


def test_the_whole_state_is_asked_for_once_after_an_opening() -> None:
    """The question goes out at once, then no more; nothing is asked through a closed port."""
    assert Inquiry().due(0.0, ASKING)[1] == b""
    inquiry, question = Inquiry().opened(0.0, 1).due(0.0, ASKING)
    assert question == b"state?"
    assert inquiry.due(1.0, ASKING)[1] == b""
    assert inquiry.closed().due(100.0, ASKING)[1] == b""


def test_only_silence_is_asked() -> None:
    """Anything heard puts the next question off by a whole interval, and so does a question."""
    inquiry, _ = Inquiry().opened(0.0, 1).due(0.0, ASKING)
    inquiry = inquiry.heard(20.0)
    assert inquiry.due(49.9, ASKING)[1] == b""
    inquiry, question = inquiry.due(50.0, ASKING)
    assert question == b"there?"
    assert inquiry.due(79.9, ASKING)[1] == b""


def test_answers_to_the_question_are_known_by_their_time() -> None:
    """For ten seconds after it, known things may be told again; before and after, they are events."""
    opened = Inquiry().opened(5.0, 1)
    assert not opened.reconciles(5.0)
    inquiry, _ = opened.due(5.0, ASKING)
    assert inquiry.reconciles(5.0 + ANSWERED_S)
    assert not inquiry.reconciles(5.1 + ANSWERED_S)


def test_what_could_not_be_stored_is_asked_for_again() -> None:
    """Not more often than every ten seconds, however much is lost, and until it is stored."""
    inquiry, _ = Inquiry().opened(0.0, 1).due(0.0, ASKING)
    inquiry = inquiry.unstored(3.0).heard(3.0).unstored(9.0)
    assert inquiry.due(12.9, ASKING)[1] == b""
    inquiry, question = inquiry.due(13.0, ASKING)
    assert question == b"state?"
    assert inquiry.due(30.0, ASKING)[1] == b""


def test_a_panel_that_was_dumb_is_asked_for_its_whole_state() -> None:
    """Its cable may have been out while our port stayed open; one late answer is no reason."""
    inquiry, _ = Inquiry().opened(0.0, 1).due(0.0, ASKING)
    for now in (30.0, 60.0, 90.0):
        inquiry, question = inquiry.due(now, ASKING)
        assert question == b"there?"
    assert inquiry.heard(91.0).due(91.0, ASKING)[1] == b"state?"
    polled_once, _ = Inquiry().opened(0.0, 1).due(0.0, ASKING)
    polled_once, _ = polled_once.due(30.0, ASKING)
    assert polled_once.heard(31.0).due(31.0, ASKING)[1] == b""


def test_receivers_are_never_asked() -> None:
    """A receiver that sends by itself hears no question, whatever was missed."""
    inquiry = Inquiry().opened(0.0, 1).unstored(0.0)
    assert inquiry.due(1000.0, NEVER_ASKED)[1] == b""
