"""Two-tone pages: which station was called, and nothing that merely whistles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.finder import CallFinder
from hardware.signalling.settings import SignallingSettings
from hardware.simulators.signalling import Page, sound_of
from tests.support.calls import ALL_ON, heard, ids, silence

PAGE = Page(600.9, 788.5)
TENTHS = st.integers(2885, 29000)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.tuples(TENTHS, TENTHS).filter(lambda two: abs(two[0] - two[1]) > max(110, 0.0275 * two[1])),
    st.floats(700, 1400),
    st.floats(2200, 4000),
)
def test_every_page_is_read_to_the_tenth_of_a_hertz(
    tenths: tuple[int, int], first_ms: float, second_ms: float
) -> None:
    """Any two tones 11 Hz and a semitone of the paging series apart, in either order."""
    page = Page(tenths[0] / 10, tenths[1] / 10, first_ms, second_ms)
    [call] = heard(sound_of(page))
    assert (call.kind, call.meaning) == ("two-tone", "call")
    found = [float(hz) for hz in call.id.split("/")]
    assert found == pytest.approx([page.first_hz, page.second_hz], abs=0.101)


def test_a_page_is_told_before_it_ends() -> None:
    """Two seconds of the second tone are enough, and it is told once."""
    finder = CallFinder(ALL_ON)
    sound = sound_of(PAGE)
    early = finder.feed(sound[: int(3.3 * SAMPLE_RATE)])
    assert [call.id for call in early] == ["600.9/788.5"]
    assert finder.feed(sound[int(3.3 * SAMPLE_RATE) :]) + finder.finish() == []


@pytest.mark.parametrize(
    "page",
    [
        Page(600.9, 788.5, 400, 3000),
        Page(600.9, 788.5, 3000, 3000),
        Page(600.9, 788.5, 1000, 1000),
        Page(600.9, 605.0),
    ],
)
def test_what_only_resembles_a_page_is_none(page: Page) -> None:
    """A first tone too short or too long, a second too short, or the same tone with a stumble."""
    assert heard(sound_of(page)) == []


def test_the_site_names_its_tones() -> None:
    """A transmitter 0.3 % off still calls the station by its name; tones of others are dropped."""
    ours = SignallingSettings(two_tone_hz=(600.9, 788.5))
    assert ids(sound_of(Page(602.7, 786.1)), ours) == [("two-tone", "600.9/788.5")]
    assert ids(sound_of(Page(602.7, 707.3)), ours) == []


def test_two_pages_are_two_calls() -> None:
    """Stations are often paged one after the other."""
    sound = np.concatenate((sound_of(PAGE), silence(400), sound_of(Page(445.7, 339.6))))
    assert ids(sound) == [("two-tone", "600.9/788.5"), ("two-tone", "445.7/339.6")]
