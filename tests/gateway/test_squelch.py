"""Open or closed, decided from the sound alone."""

import numpy as np
import pytest
from pydantic import ValidationError

from gateway.channel.squelch import FRAME_SAMPLES, Reading, Squelch
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Samples


def noise(seconds: float, dbfs: float, seed: int = 1) -> Samples:
    """White noise at an RMS level."""
    rms = 32768 * 10 ** (dbfs / 20)
    return np.random.default_rng(seed).normal(0, rms, int(seconds * SAMPLE_RATE)).astype(np.int16)


def hum(seconds: float, dbfs: float, hz: float = 700.0) -> Samples:
    """A tone at an RMS level."""
    peak = float(32768 * 2**0.5 * 10 ** (dbfs / 20))
    turns = np.arange(int(seconds * SAMPLE_RATE)) * hz / SAMPLE_RATE
    return np.round(peak * np.sin(2 * np.pi * turns)).astype(np.int16)


def readings(squelch: Squelch, samples: Samples, *, learn: bool = False) -> list[Reading]:
    """Every whole frame's reading."""
    frames = samples[: len(samples) - len(samples) % FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return [squelch.step(frame, learn=learn) for frame in frames]


def test_digital_silence_is_closed() -> None:
    """A squelched radio between overs gives exact zeros and no opening."""
    assert not any(
        each.open for each in readings(Squelch(SquelchSettings()), np.zeros(SAMPLE_RATE, np.int16))
    )


def test_a_voice_level_tone_opens_after_the_debounce() -> None:
    """Level must stay for 60 ms; a click of 20 ms opens nothing."""
    squelch = Squelch(SquelchSettings())
    readings(squelch, np.zeros(SAMPLE_RATE, np.int16))
    click = np.concatenate((hum(0.01, -20), np.zeros(SAMPLE_RATE // 5, np.int16)))
    assert not any(each.open for each in readings(squelch, click))
    opened = [each.open for each in readings(squelch, hum(0.2, -20))]
    assert opened.index(True) == 2
    assert all(opened[2:])


@pytest.mark.parametrize("floor_dbfs", [-70.0, -55.0, -45.0])
def test_the_floor_follows_the_sound_card(floor_dbfs: float) -> None:
    """A steady hiss of the card itself is learnt, and speech 10 dB above it still opens."""
    squelch = Squelch(SquelchSettings())
    settled = readings(squelch, noise(3.0, floor_dbfs))
    assert not any(each.open for each in settled[50:])
    assert any(each.open for each in readings(squelch, hum(0.3, floor_dbfs + 12)))


@pytest.mark.parametrize("silent_ms", [5, 30, 150])
def test_a_sound_card_may_begin_with_a_moment_of_silence(silent_ms: int) -> None:
    """The first zeros of a card, or of a filter that fills, do not make a carrier of the hiss behind them."""
    started = np.concatenate((np.zeros(16 * silent_ms, np.int16), noise(5.0, -45)))
    assert not any(each.open for each in readings(Squelch(SquelchSettings()), started))


def test_the_floor_is_frozen_while_open() -> None:
    """A long over does not become its own floor."""
    squelch = Squelch(SquelchSettings(floor_seconds=5))
    readings(squelch, np.zeros(SAMPLE_RATE, np.int16))
    assert all(each.open for each in readings(squelch, hum(10.0, -45))[3:])


def test_a_stuck_tone_can_be_learnt_on_request() -> None:
    """Told to learn while open, the floor rises to a soft lasting tone and the squelch closes."""
    squelch = Squelch(SquelchSettings(floor_seconds=5))
    readings(squelch, np.zeros(SAMPLE_RATE, np.int16))
    assert not readings(squelch, hum(10.0, -45), learn=True)[-1].open


def test_talk_at_the_start_is_not_taken_for_the_floor() -> None:
    """A box that starts in the middle of an over hears it."""
    assert all(each.open for each in readings(Squelch(SquelchSettings()), hum(2.0, -20))[13:])


@pytest.mark.parametrize("seed", range(5))
def test_an_open_squelch_is_noise_after_400_ms(seed: int) -> None:
    """Full-level hiss closes the squelch and keeps it closed."""
    found = readings(Squelch(SquelchSettings()), noise(10.0, -18, seed))
    assert all(each.noise and not each.open for each in found[35:])


def test_a_voice_after_hiss_opens() -> None:
    """On a receiver whose squelch hangs open, a carrier with a voice on it is still heard."""
    squelch = Squelch(SquelchSettings())
    readings(squelch, noise(2.0, -18))
    assert readings(squelch, hum(0.5, -20) + noise(0.5, -40))[-1].open


def test_a_silent_carrier_is_no_open_squelch() -> None:
    """The soft hiss of a carrier nobody speaks on is as flat, but not as loud."""
    squelch = Squelch(SquelchSettings())
    readings(squelch, np.zeros(SAMPLE_RATE, np.int16))
    assert all(each.open and not each.noise for each in readings(squelch, noise(3.0, -45))[3:])


@pytest.mark.parametrize("hz", [310.0, 339.6, 400.0])
def test_a_low_tone_on_a_carrier_is_no_open_squelch(hz: float) -> None:
    """A loud tone below the band whose flatness is judged leaves only the carrier's soft noise in it."""
    squelch = Squelch(SquelchSettings())
    readings(squelch, np.zeros(SAMPLE_RATE, np.int16))
    heard = readings(squelch, hum(3.0, -20, hz) + noise(3.0, -40))
    assert all(each.open and not each.suspect for each in heard[5:])


def test_level_is_rms_of_the_voice_band() -> None:
    """A tone inside 300-3000 Hz reads its own RMS; mains hum outside it reads next to nothing."""
    assert readings(Squelch(SquelchSettings()), hum(0.5, -20, 1000))[-1].level_dbfs == pytest.approx(
        -20, abs=0.3
    )
    assert readings(Squelch(SquelchSettings()), hum(0.5, -20, 50))[-1].level_dbfs < -60


def test_an_absolute_level_opens_and_closes_whatever_the_floor_is() -> None:
    """A site that knows its levels: opens at -30 dBFS, closes 4 dB below, on any card."""
    for floor_dbfs in (-75.0, -45.0):
        squelch = Squelch(SquelchSettings(open_dbfs=-30, open_db=8, close_db=4))
        readings(squelch, noise(2.0, floor_dbfs))
        levels = (-32.0, -28.0, -33.0, -36.0)
        assert [readings(squelch, hum(0.3, dbfs))[-1].open for dbfs in levels] == [False, True, True, False]


def test_settings_outside_their_range_are_refused() -> None:
    """A hang time of 5 s is a slip of the pen, and so is a word nobody knows."""
    with pytest.raises(ValidationError, match="less than or equal to 800"):
        SquelchSettings(hang_ms=5000)
    with pytest.raises(ValidationError, match="Extra inputs"):
        SquelchSettings.model_validate({"hangtime_ms": 600})


def test_settings_that_contradict_each_other_are_refused() -> None:
    """A squelch that closes above its opening level, or a split after the end, is named."""
    with pytest.raises(ValidationError, match="close_db must be smaller than open_db"):
        SquelchSettings(open_db=6, close_db=8)
    with pytest.raises(ValidationError, match="must not be longer than maximum_seconds"):
        SquelchSettings(soft_split_seconds=90, maximum_seconds=60)
