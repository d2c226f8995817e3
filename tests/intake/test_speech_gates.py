import numpy as np
import pytest

from intake.speech.gate import speech_in
from intake.speech.hallucinations import gate_text

SECOND = 16_000


def _hiss() -> np.ndarray:
    return (np.random.default_rng(7).normal(0, 3000, 3 * SECOND)).astype(np.int16)


def _tone(hz: float) -> np.ndarray:
    return (9000 * np.sin(2 * np.pi * hz * np.arange(3 * SECOND) / SECOND)).astype(np.int16)


@pytest.mark.slow
@pytest.mark.parametrize("sound", [_hiss(), _tone(50), _tone(1000), np.zeros(100, np.int16)])
def test_noise_is_not_speech(sound: np.ndarray) -> None:
    """Open-squelch hiss, mains hum, a tone and a click never reach an engine."""
    assert not speech_in(sound).is_enough


@pytest.mark.parametrize(
    ("text", "seconds", "reason"),
    [
        ("You", 3.0, "phrase"),
        ("And thanks for watching!", 3.0, "phrase"),
        ("请不吝 点赞 订阅 转发", 4.0, "phrase"),
        ("With one hand, it's hand, it's hand, it's hand", 6.0, "loop"),
        ("to the gate to the gate to the gate", 6.0, "loop"),
        ("the quick brown fox jumps over the lazy dog again", 1.0, "rate"),
        ("♪♪♪", 3.0, "no_words"),
        ("", 3.0, "no_words"),
    ],
)
def test_text_no_one_said_is_gated(text: str, seconds: float, reason: str) -> None:
    """Subtitles, loops, impossible rates and music signs are kept out, each with its reason."""
    assert reason == gate_text(text, seconds, 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "Mayday mayday mayday",
        "Radio check, radio check, radio check.",
        "Alarm one one one at gate four",
        "Thank you, do you copy?",
        "着火了 着火了 着火了 三号楼",
        "快快快 快来",
        "幺幺幺 收到",
    ],
)
def test_what_radio_people_repeat_passes(text: str) -> None:
    """Distress words, radio checks and call signs are said three times by people too."""
    assert gate_text(text, 4.0, 0.8) is None


@pytest.mark.parametrize(
    "cry", ["shots fired", "officer down", "he's got a gun", "may", "有刀", "快来人", "民警受伤"]
)
@pytest.mark.parametrize("times", [3, 4, 7])
def test_a_cry_is_no_loop_however_often_it_is_cried(cry: str, times: int) -> None:
    """Four times "shots fired" holds "fired shots" three times, which no list of phrases has."""
    said = (cry if not cry.isascii() else f"{cry} ") * times
    assert gate_text(said, seconds=10.0, speech_ratio=1.0) is None
