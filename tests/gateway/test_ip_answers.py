from datetime import UTC, datetime, timedelta

from gateway.ip.answers import _REMEMBERED, Answers, Verdict
from hardware.panels.sia_dc09.encode import framed, message_frame
from hardware.panels.sia_dc09.reader import Reader

NOW = datetime(2026, 1, 3, 8, 15, tzinfo=UTC)
PAST = NOW - timedelta(hours=8)


def test_a_message_without_stamp_is_not_judged_by_the_clock() -> None:
    """Panels may leave the time out in clear; then only the short window makes a repeat."""
    first, second = (_judged(Answers(40), at=None) for _ in range(2))
    assert (first.answer, first.identity) == ("ack", second.identity)
    assert first.identity.window_s == 40


def test_a_stamp_that_is_no_time_is_corrected() -> None:
    """A panel that sends month 13 needs the time as well."""
    frame = framed(b'"ADM-CID"0001L0#4711[#4711|1130 01 015]_24:61:00,13-40-2026')
    assert _judge(Answers(40), frame).answer == "nak"


def test_local_time_is_told_and_then_left_alone() -> None:
    """Eight hours off: NAK, then ACK for a minute."""
    answers = Answers(40)
    said = [_judged(answers, sequence=n, at=PAST, monotonic=n * 18.0).answer for n in range(5)]
    assert said == ["nak", "ack", "ack", "ack", "nak"]


def test_two_events_under_a_wrong_clock_are_two() -> None:
    """Only what was refused is expected again."""
    answers = Answers(40)
    one, two = (_judged(answers, sequence=n, at=PAST) for n in (1, 2))
    assert one.identity != two.identity


def test_the_memory_is_bounded() -> None:
    """Whoever makes up accounts does not fill the box's memory."""
    answers = Answers(40)
    for n in range(_REMEMBERED + 100):
        _judged(answers, account=f"{n:06}", at=PAST)
    assert len(answers._told) == len(answers._wrong) == _REMEMBERED


def _judged(
    answers: Answers,
    *,
    at: datetime | None,
    sequence: int = 1,
    account: str = "4711",
    monotonic: float = 0.0,
) -> Verdict:
    frame = message_frame("ADM-CID", "1130 01 015", sequence=sequence, account=account, at=at)
    return _judge(answers, frame, monotonic)


def _judge(answers: Answers, frame: bytes, monotonic: float = 0.0) -> Verdict:
    (reading,) = Reader({}).feed(frame)
    return answers.judge(reading, NOW, monotonic)
