"""Overs cut by a carrier line: the radio says when somebody is there, and the sound decides nothing."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.channel.carrier_track import CarrierTrack
from gateway.channel.over_events import Kerchunk, OverAudio, OverEnded, OverEvent, OverStarted
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.simulators.fm import TAIL_DBFS, hiss

FRAME = 320
Carrier = Callable[[float], bool | None]


def noise(seconds: float, dbfs: float = TAIL_DBFS) -> Samples:
    """As loud and flat as an open squelch, or softer."""
    return to_int16(hiss(int(seconds * SAMPLE_RATE), dbfs, np.random.default_rng(1)))


def cut(sound: Samples, carrier: Carrier, **changes: float) -> list[OverEvent]:
    """What the cutter makes of sound that begins at second 0, with a line beside it."""
    cutter = OverCutter(SquelchSettings.model_validate(changes))
    events: list[OverEvent] = []
    for at in range(0, len(sound) - FRAME + 1, FRAME):
        second = at / SAMPLE_RATE
        events += cutter.feed(Block(sound[at : at + FRAME], second, at), carrier=carrier(second))
    return events + cutter.close("shutdown")


def between(*spans: tuple[float, float]) -> Carrier:
    """A line that is up in these spans of seconds."""
    return lambda second: any(start <= second < end for start, end in spans)


def overs_of(events: Sequence[OverEvent]) -> list[tuple[OverStarted, OverEnded]]:
    """Beginning and end of each over; its live audio must be its record."""
    starts = [event for event in events if isinstance(event, OverStarted)]
    ends = [event for event in events if isinstance(event, OverEnded)]
    live = [event.samples for event in events if isinstance(event, OverAudio)]
    records = [end.samples for end in ends]
    assert np.array_equal(np.concatenate([*live, noise(0)]), np.concatenate([*records, noise(0)]))
    return list(zip(starts, ends, strict=True))


@pytest.mark.parametrize(("dbfs", "kept_ms"), [(TAIL_DBFS, 0), (-40, 100), (-65, 100)])
def test_the_line_opens_and_closes_whatever_the_sound_is(dbfs: float, kept_ms: int) -> None:
    """Loud hiss, soft hiss, silence: an over, with as much after it as a sound card is late."""
    [(start, end)] = overs_of(cut(noise(6.0, dbfs), between((2.0, 4.0)), tail_trim_ms=0))
    assert (start.opened_by, end.reason) == ("cos", "cos")
    assert start.at == pytest.approx(1.4, abs=0.03)
    assert start.at + end.seconds == pytest.approx(4 + kept_ms / 1000, abs=0.03)


def test_without_a_carrier_words_are_no_over() -> None:
    """The level decides nothing: what is heard while the line is down is hum or cross-talk."""
    n = np.arange(4 * SAMPLE_RATE)
    loud = np.asarray(8000 * np.sin(2 * np.pi * 700 * n / SAMPLE_RATE), np.int16)
    assert cut(np.concatenate((noise(1, -65), loud)), between()) == []


def test_a_click_of_the_line_is_nothing_and_a_press_is_a_kerchunk() -> None:
    """40 ms are debounced; 200 ms are counted."""
    assert cut(noise(3, -65), between((1.0, 1.02))) == []
    [press] = cut(noise(3, -65), between((1.0, 1.2)))
    assert isinstance(press, Kerchunk)


def test_a_line_joins_and_parts_faster_than_a_level() -> None:
    """150 ms without a carrier stay one over, 300 ms are two."""
    assert len(overs_of(cut(noise(6, -40), between((1, 2), (2.15, 4))))) == 1
    first, second = overs_of(cut(noise(6, -40), between((1, 2), (2.3, 4))))
    assert (first[1].reason, second[1].reason) == ("cos", "cos")
    assert second[0].position == first[0].position + len(first[1].samples)


def test_a_line_lost_in_an_over_leaves_the_rest_to_the_level() -> None:
    """The over goes on while the sound does, and ends by the longer hang time."""
    n = np.arange(2 * SAMPLE_RATE)
    words = np.asarray(8000 * np.sin(2 * np.pi * 700 * n / SAMPLE_RATE), np.int16)
    sound = np.concatenate((noise(1, -65), words, noise(3, -65)))
    [(start, end)] = overs_of(cut(sound, lambda second: second >= 1 if second < 2 else None))
    assert (start.opened_by, end.reason) == ("cos", "hang")
    assert start.at + end.seconds == pytest.approx(3.2, abs=0.05)


def test_squelch_noise_before_the_line_falls_is_trimmed() -> None:
    """A radio lets go of its line when its squelch has closed, not before."""
    n = np.arange(2 * SAMPLE_RATE)
    words = np.asarray(8000 * np.sin(2 * np.pi * 700 * n / SAMPLE_RATE), np.int16)
    sound = np.concatenate((noise(1, -65), words, noise(0.3), noise(1, -65)))
    [(start, end)] = overs_of(cut(sound, between((1.0, 3.3))))
    assert start.at + end.seconds == pytest.approx(3.1, abs=0.05)


@given(
    changes=st.lists(st.tuples(st.integers(1, 120), st.sampled_from([True, False, None])), max_size=12),
    loud=st.lists(st.booleans(), min_size=1, max_size=6),
)
@settings(max_examples=40, deadline=None)
@pytest.mark.slow
def test_live_audio_is_the_record_whatever_the_line_says(
    changes: list[tuple[int, bool | None]], loud: list[bool]
) -> None:
    """Up, down and lost in any order, over hiss and silence: what went out live is the recording."""
    said = [state for frames, state in changes for _ in range(frames)]
    sound = np.concatenate([noise(0.7, TAIL_DBFS if each else -65) for each in loud])
    overs_of(cut(sound, lambda second: said[int(second * 50)] if int(second * 50) < len(said) else None))


def test_a_change_counts_from_its_moment_in_the_sound() -> None:
    """Sound is heard later than the line; each moment has what the line said then."""
    track = CarrierTrack()
    assert track.at(9.0) is None
    for up, at in ((False, 9.5), (True, 10.0), (False, 11.0)):
        track.changed(up, at)
    assert [track.at(moment) for moment in (9.4, 9.6, 10.0, 10.9, 11.0)] == [None, False, True, True, False]
    track.lost()
    assert track.at(12.0) is None
