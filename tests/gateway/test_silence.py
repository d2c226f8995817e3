"""A cable that is out, told from a squelch that is closed."""

import numpy as np
import pytest

from gateway.channel.silence import SilenceSettings, SilenceWatch, Sounding
from hardware.audio.format import SAMPLE_RATE, Samples

MINUTE = 60


def hiss(seconds: float, rms: float = 30.0) -> Samples:
    """Of a sound card."""
    rng = np.random.default_rng(1)
    return np.asarray(np.round(rng.normal(0, rms, int(seconds * SAMPLE_RATE))), np.int16)


def zeros(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(int(seconds * SAMPLE_RATE), np.int16)


def told(watch: SilenceWatch, *sounds: Samples) -> list[Sounding]:
    """What it says of these, one after the other, in blocks of a tenth of a second."""
    sound = np.concatenate(sounds)
    blocks = (sound[at : at + 1600] for at in range(0, len(sound), 1600))
    return [said for block in blocks if (said := watch.feed(block))]


@pytest.fixture
def short() -> SilenceWatch:
    """A shift of a minute."""
    return SilenceWatch(SilenceSettings(still_hours=1 / 60))


@pytest.mark.parametrize("nothing", [zeros(2 * MINUTE), hiss(2 * MINUTE)], ids=["zeros", "hiss"])
def test_a_shift_without_a_change_is_a_fault_said_once(short: SilenceWatch, nothing: Samples) -> None:
    """Zeros and a card's own hiss alike."""
    [said] = told(short, nothing)
    assert "neither voice nor noise" in said.fault


def test_a_voice_ends_the_fault(short: SilenceWatch) -> None:
    """One second of it is enough, and starts the shift again."""
    said = told(short, hiss(70), hiss(1, 3000), hiss(40), hiss(60))
    assert [bool(each.fault) for each in said] == [True, False, True]


def test_who_speaks_once_a_shift_keeps_the_channel_alive(short: SilenceWatch) -> None:
    """Nothing is said of a channel that is used, but that it is."""
    assert told(short, *[hiss(45), hiss(2, 3000)] * 3) == [Sounding()]


def test_a_quiet_night_is_no_fault_by_default() -> None:
    """Zeros of a closed squelch are usual: a few minutes of them say nothing."""
    assert told(SilenceWatch(SilenceSettings()), zeros(5 * MINUTE)) == []


def test_zeros_can_be_a_fault_at_once() -> None:
    """Where a site says so, and of a discriminator, which always hisses; sound again ends it."""
    said = told(SilenceWatch(SilenceSettings(zeros_seconds=30)), hiss(20), zeros(35), hiss(20))
    assert [each.fault[:20] for each in said] == ["", "exact zeros for 30 s", ""]
    [tapped] = told(SilenceWatch(SilenceSettings(), hisses=True), zeros(15))
    assert tapped.fault.startswith("exact zeros for 10 s")


def test_another_card_is_judged_anew(short: SilenceWatch) -> None:
    """What was noticed of the one before is said again of the next, if it is so."""
    assert len(told(short, hiss(70))) == 1
    short.restart()
    assert told(short, hiss(50)) == []
    assert len(told(short, hiss(30))) == 1


def test_both_can_be_switched_off() -> None:
    """0 is never."""
    off = SilenceSettings(zeros_seconds=0, still_hours=0)
    assert told(SilenceWatch(off, hisses=True), zeros(MINUTE)) == []
