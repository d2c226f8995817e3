"""DTMF: whole strings or nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.settings import SignallingSettings
from hardware.signalling.touch_tones import KEYS
from hardware.simulators.signalling import TouchTones, sound_of
from tests.support.calls import heard, ids, silence


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.text(KEYS, min_size=3, max_size=16),
    st.floats(50, 200),
    st.floats(50, 200),
    st.floats(-5, 7),
    st.floats(0, 500),
)
def test_every_string_is_read_back(keys: str, on: float, off: float, twist: float, lead: float) -> None:
    """Any keys, from 50 ms on and off, with the twist of real repeaters, wherever it begins."""
    [call] = heard(np.concatenate((silence(lead), sound_of(TouchTones(keys, on, off, twist)))))
    assert (call.kind, call.id, call.meaning) == ("dtmf", keys, "ptt-id")
    assert call.position == pytest.approx(SAMPLE_RATE * lead / 1000, abs=160)


def test_a_fade_does_not_double_a_digit() -> None:
    """Twenty milliseconds of nothing inside a digit are flutter, forty between equal digits are a gap."""
    sound = sound_of(TouchTones("1234", 120, 100))
    faded = sound.copy()
    faded[800:1120] = 0
    assert [call.id for call in heard(faded)] == ["1234"]
    assert [call.id for call in heard(sound_of(TouchTones("1122", 50, 45)))] == ["1122"]


@pytest.mark.parametrize("lost", [0, 1, 2, 3, 4])
def test_a_string_with_a_half_heard_digit_is_no_id(lost: int) -> None:
    """12345 with one digit under noise is not 2345, 1234 or anything else."""
    sound = sound_of(TouchTones("12345")).astype(float)
    digit = slice(lost * 2560, lost * 2560 + 1280)
    sound[digit] += np.random.default_rng(1).normal(0, 4000, 1280)
    assert ids(np.clip(sound, -32768, 32767).astype(np.int16)) in ([], [("dtmf", "12345")])


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_string_with_a_hole_is_no_id(lost: int) -> None:
    """A digit that is not there at all leaves an uneven gap."""
    sound = sound_of(TouchTones("12345"))
    sound[lost * 2560 : lost * 2560 + 1280] = 0
    assert heard(sound) == []


def test_only_ids_of_the_sites_length_count() -> None:
    """A site whose ids have five digits hears no others."""
    five = SignallingSettings(dtmf_lengths=(5,))
    assert heard(sound_of(TouchTones("1234")), five) == []
    assert [call.id for call in heard(sound_of(TouchTones("12345")), five)] == ["12345"]
    assert heard(sound_of(TouchTones("123456")), five) == []
    assert heard(sound_of(TouchTones("12" * 20))) == []


def test_two_strings_are_two_ids() -> None:
    """An id at the beginning and one at the end of an over."""
    sound = sound_of(TouchTones("123"))
    assert [call.id for call in heard(np.concatenate((sound, silence(800), sound)))] == ["123", "123"]


def test_impossible_lengths_are_refused() -> None:
    """The settings say what a length may be."""
    with pytest.raises(ValidationError, match="between 1 and 16"):
        SignallingSettings(dtmf_lengths=(0,))
