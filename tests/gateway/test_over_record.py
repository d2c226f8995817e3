"""Tones alone and the words after them are one call."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from bus.messages.over import Caller
from gateway.channel.over_events import OverEnded
from gateway.channel.over_record import Beginning, Finished, Judged
from hardware.audio.format import SAMPLE_RATE

SAID_AT = datetime(2026, 11, 26, tzinfo=UTC)


def judged(at: float, seconds: float, speech_ratio: float, *callers: str) -> Judged:
    """An over that began at a second; each caller was heard 700 ms into it."""
    ended = OverEnded("hang", np.zeros(int(seconds * SAMPLE_RATE), np.int16), seconds, -20, -6, 0, None)
    heard = tuple(Caller(kind="dtmf", id=each, at_ms=700) for each in callers)
    return Judged(
        Finished(Beginning(f"over-{at}", int(at * SAMPLE_RATE), SAID_AT, "synced"), ended, heard),
        b"",
        speech_ratio,
    )


def callers_of(over: Judged) -> list[tuple[str, int]]:
    """Who called, and when."""
    return [(each.id, each.at_ms) for each in over.over.callers]


def test_words_after_tones_have_their_caller_too() -> None:
    """The id sent alone comes first, as long before the words as it was; their own id stays."""
    tones, words = judged(100, 2, 0.0, "1234"), judged(105, 4, 0.6, "5678")
    assert callers_of(words.joined(tones)) == [("1234", -4300), ("5678", 700)]


def test_who_spoke_before_is_not_who_answers() -> None:
    """An over with words in it lends its caller to nobody."""
    spoken, answer = judged(100, 2, 0.5, "1234"), judged(103, 4, 0.6)
    assert callers_of(answer.joined(spoken)) == []


def test_a_radio_that_lets_go_is_not_the_one_that_comes_next() -> None:
    """An id sent at the end of an over names nobody in the next one, however soon that begins."""
    tones, words = judged(100, 1, 0.0, "1828"), judged(102, 4, 0.6)
    let_go = Caller(kind="mdc1200", id="1828", at_ms=700, raw="01001828")
    keyed = let_go.model_copy(update={"raw": "01801828"})
    for caller, joined in ((let_go, []), (keyed, [("1828", -1300)])):
        before = replace(tones, over=replace(tones.over, callers=(caller,)))
        assert callers_of(words.joined(before)) == joined


def test_after_five_seconds_it_is_another_call() -> None:
    """Five seconds of silence are one call, more are two."""
    tones = judged(100, 2, 0.0, "1234")
    assert callers_of(judged(107, 4, 0.6).joined(tones)) == [("1234", -6300)]
    assert callers_of(judged(107.1, 4, 0.6).joined(tones)) == []


def test_nothing_is_joined_to_silence_or_to_nothing() -> None:
    """A key pressed without tones or words, and the first over of all, change nothing."""
    words = judged(105, 4, 0.6, "5678")
    assert words.joined(judged(100, 2, 0.0)) == words
    assert words.joined(None) == words


def test_another_opening_of_the_sound_card_is_another_call() -> None:
    """Positions begin anew: what was said before the card was lost is not joined."""
    assert callers_of(judged(3, 4, 0.6).joined(judged(100, 2, 0.0, "1234"))) == []
