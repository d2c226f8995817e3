"""Live sound is the recording, sample for sample."""

from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.channel.over_events import (
    OverAudio,
    OverEnded,
    OverEvent,
)
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.simulators.fm import hiss, open_squelch
from tests.support.cut_sound import STARTED_AT, cuts_in, events_of, on_air, silence, words


@pytest.mark.parametrize("tail", [True, False])
def test_live_audio_is_all_out_before_the_hang_time_is_over(tail: bool) -> None:  # noqa: FBT001 (one case each)
    """Whoever listens has every sample of an ordinary over at least 300 ms before it ends."""
    over = on_air(2.0) if tail else words(2.0)
    cutter = OverCutter(SquelchSettings())
    told: list[tuple[int, OverEvent]] = []
    sound = np.concatenate((silence(1.0), over, silence(2.0)))
    for at, frame in enumerate(sound[: len(sound) // 320 * 320].reshape(-1, 320)):
        told += [(at, event) for event in cutter.feed(Block(frame, STARTED_AT + at * 0.02, at * 320))]
    last_audio, audio = next((at, each) for at, each in reversed(told) if isinstance(each, OverAudio))
    ended = next(at for at, each in told if isinstance(each, OverEnded))
    assert (ended - last_audio) * 0.02 >= 0.3
    assert audio.settled


@given(
    parts=st.lists(
        st.tuples(st.sampled_from(["words", "hiss", "soft", "quiet"]), st.integers(1, 60)),
        min_size=1, max_size=14,
    ),
    hang_ms=st.sampled_from([200, 600]),
    tail_ms=st.sampled_from([0, 200, 300]),
    reason=st.sampled_from(["device_lost", "shutdown"]),
)  # fmt: skip
@settings(max_examples=30)
@pytest.mark.slow
def test_live_audio_is_the_record_whatever_is_heard(
    parts: list[tuple[str, int]], hang_ms: int, tail_ms: int, reason: Literal["device_lost", "shutdown"]
) -> None:
    """Words, hiss and silence in any order, and any end: what went out live is the recording."""
    cutter = OverCutter(SquelchSettings(hang_ms=hang_ms, tail_trim_ms=tail_ms))
    sound = np.concatenate([_part(what, tenths / 10) for what, tenths in parts])
    cuts_in([*events_of(cutter, sound), *cutter.close(reason)])


def _part(what: str, seconds: float) -> Samples:
    rng = np.random.default_rng(len(what))
    match what:
        case "words":
            return words(seconds)
        case "hiss":
            return open_squelch(rng, int(seconds * 1000))
        case "soft":
            return to_int16(hiss(int(seconds * SAMPLE_RATE), -38, rng))
        case _:
            return silence(seconds)
