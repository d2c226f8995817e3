"""Who is written down next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intake.speech.turns import LIVE_EVERY_S, PAUSE_S, Load, next_turn

QUIET = Load(waiting=0, ended=False, fresh=False, fed_at=0, served_at=0, told_at=0)
TIMES = st.floats(0, 100)
LOADS = st.builds(
    Load,
    waiting=st.integers(0, 10),
    ended=st.booleans(),
    fresh=st.booleans(),
    fed_at=TIMES,
    served_at=TIMES,
    told_at=TIMES,
    text_cost_s=TIMES,
)


def test_an_ended_over_goes_before_sound_and_sound_before_text() -> None:
    """Finals first, then sound, then whoever pauses; live text last, whoever was served when."""
    loads = {
        "text": replace(QUIET, fresh=True, fed_at=10),
        "sound": replace(QUIET, waiting=1, served_at=8),
        "over": replace(QUIET, ended=True, served_at=9),
    }
    assert next_turn(loads, 10) == ("over", "final")
    del loads["over"]
    assert next_turn(loads, 10) == ("sound", "decode")
    del loads["sound"]
    loads = {"text": replace(QUIET, fresh=True, fed_at=10), "pause": replace(QUIET, fresh=True, served_at=9)}
    assert next_turn(loads, 10) == ("pause", "pause")
    del loads["pause"]
    assert next_turn(loads, 10) == ("text", "text")


def test_channels_take_turns() -> None:
    """Among overs that want the same, whoever was served longest ago is next."""
    loads = {name: replace(QUIET, waiting=5, served_at=at) for name, at in (("a", 3), ("b", 1), ("c", 2))}
    assert next_turn(loads, 10) == ("b", "decode")


def test_text_is_looked_for_in_a_pause_or_once_a_second() -> None:
    """While somebody speaks not with every chunk; when he pauses at once, so that the end finds it ready."""
    speaking = replace(QUIET, fresh=True, fed_at=10, told_at=10)
    assert next_turn({"a": speaking}, 10.1) is None
    assert next_turn({"a": speaking}, 10 + PAUSE_S) == ("a", "pause")
    assert next_turn({"a": replace(speaking, fed_at=11)}, 10 + LIVE_EVERY_S) == ("a", "text")


def test_text_that_costs_much_is_looked_for_less_often() -> None:
    """An over whose text takes half a second to find is asked for it every two seconds, if nobody pauses."""
    speaking = replace(QUIET, fresh=True, fed_at=11.9, told_at=10, text_cost_s=0.5)
    assert next_turn({"a": speaking}, 11.9) is None
    assert next_turn({"a": speaking}, 12.0) == ("a", "text")


def test_the_time_for_live_text_is_shared_by_all_who_speak() -> None:
    """Two who speak at once are each asked half as often as one alone."""
    speaking = {name: replace(QUIET, fresh=True, fed_at=13.9, told_at=10, text_cost_s=0.5) for name in "ab"}
    assert next_turn(speaking, 13.9) is None
    assert next_turn(speaking, 14.0) == ("a", "text")


@given(st.dictionaries(st.integers(0, 9), LOADS, max_size=8), TIMES)
def test_a_final_is_never_passed_over(loads: dict[int, Load], now: float) -> None:
    """Whatever else is asked for: while an over has ended, the turn is a final's."""
    turn = next_turn(loads, now)
    ended = {over for over, load in loads.items() if load.ended}
    if ended:
        assert turn is not None
        assert turn[0] in ended
    elif any(load.waiting for load in loads.values()):
        assert turn is not None
        assert turn[1] == "decode"
