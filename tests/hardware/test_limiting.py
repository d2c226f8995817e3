"""Over-modulated speech shows in an over's figures."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.limiting import limited_percent
from hardware.simulators.fm import Handset, hiss, through_radio
from hardware.simulators.voice import say

RADIO_SIM = Path(__file__).parents[3] / "shared" / "audio" / "radio_sim"
UNLIMITED = ["speech_a_snr30", "speech_a_snr6", "mobile_flutter", "first_syllable_cut", "two_overs_short_gap"]


def clip(name: str) -> Samples:
    """A recording made for comparison, or a clean skip where there is none."""
    path = RADIO_SIM / f"{name}.wav"
    if not path.exists():
        pytest.skip("shared/audio is not here")
    return np.asarray(soundfile.read(path, dtype="int16")[0], np.int16)


def test_an_overdriven_radio_is_reported() -> None:
    """Though nothing of it comes near full scale."""
    overdriven = clip("overdriven")
    assert np.abs(overdriven.astype(int)).max() < 20_000
    assert limited_percent(overdriven) > 5


@pytest.mark.parametrize("name", [*UNLIMITED, "kerchunk_then_silence", "open_squelch_hiss_10s"])
def test_what_is_not_overdriven_is_not_reported(name: str) -> None:
    """Clear, weak, fading, cut or without a word."""
    assert limited_percent(clip(name)) == 0


@pytest.mark.slow
@pytest.mark.parametrize("speaker", [0, 1, 2])
def test_every_voice_is_told_from_itself_overdriven(speaker: int) -> None:
    """At an eighth of the gain at which its limiter holds it, nothing is said."""
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    voice = say("Base, unit three, intruder alarm at gate five, over.", "en", speaker)
    rng = np.random.default_rng(1)
    in_band = through_radio(voice, 40, rng, Handset(tail_ms=0)).astype(float)
    loud = in_band / np.sqrt(np.mean(in_band[np.abs(in_band) > 500] ** 2))
    clean, held = (through_radio(to_int16(np.clip(loud * gain, -1, 1) / 3), 25, rng) for gain in (0.25, 2))
    assert limited_percent(clean) == 0
    assert limited_percent(held) > 5


def test_nothing_and_noise_are_not_limited() -> None:
    """A silence, a short one, and loud hiss."""
    noise = to_int16(hiss(2 * SAMPLE_RATE, -10, np.random.default_rng(1)))
    assert [limited_percent(each) for each in (noise, noise * 0, noise[:0])] == [0, 0, 0]
