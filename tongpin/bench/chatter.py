"""Radio speech without end: officers of two languages, many voices, good and bad reception."""

import random
from collections.abc import Iterator
from typing import Final

import numpy as np
import soxr

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.errors import VoiceUnavailable
from hardware.simulators.fm import through_radio
from hardware.simulators.voice import Language, say

SNR_DB: Final = (30.0, 20.0, 15.0, 10.0, 6.0)
_PITCHES: Final = (0.75, 0.87, 1.0, 1.15, 1.3)
"""From a deep man's voice to a child's."""
_PHRASES: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "control from unit {}",
        "we have smoke showing on the second floor of building {}",
        "radio check, do you copy",
        "two persons on site, one in a white van, plate ending {}",
        "on scene at gate {}, nothing to see so far",
        "request an ambulance and one more car",
        "say again, you were broken",
        "roger, proceeding to platform {}, about four minutes",
        "the alarm was a false one, the cleaner set it off",
        "stand by, wait for the key holder",
        "suspect is running towards the river, wearing a blue hood",
        "negative, the door is closed and the windows are whole",
        "who has the spare battery for handset {}",
        "oh, lovely, all four of you are here already",
        "over and out",
    ),
    "zh": (
        "指挥中心，{}号呼叫",
        "东门有人打架，请派两个人过来",
        "收到，马上到，大概{}分钟",
        "停车场三区发现一辆可疑的白色面包车",
        "烟雾报警是误报，有人在楼道里抽烟",
        "请再说一遍，刚才听不清楚",
        "现场情况正常，没有发现异常",
        "需要一辆救护车，伤员一名，意识清醒",
        "嫌疑人往河边方向跑了，穿蓝色上衣",
        "钥匙在保安室，{}楼",
    ),
}
_PHRASES_AN_OVER: Final = 4


def languages() -> tuple[Language, ...]:
    """Those whose voice is installed; raises `VoiceUnavailable` when none is."""
    spoken = tuple(lang for lang in _PHRASES if _can_say(lang))
    if not spoken:
        raise VoiceUnavailable("no synthetic voice is installed: pip install 'tongpin[demo]'")
    return spoken


def chatter(seconds: float, seed: int = 0) -> Iterator[Samples]:
    """Overs of at least `seconds` in all, each in another voice; the same seed says the same."""
    spoken = languages()
    chance, rng = random.Random(seed), np.random.default_rng(seed)  # noqa: S311  # a story, no secret
    wanted = int(seconds * SAMPLE_RATE)
    while wanted > 0:
        lang = chance.choice(spoken)
        phrases = chance.sample(_PHRASES[lang], _PHRASES_AN_OVER)
        text = ", ".join(phrase.format(chance.randint(1, 999)) for phrase in phrases)
        speech = say(text, lang, chance.randrange(1 << 16))
        voice = soxr.resample(speech, SAMPLE_RATE * chance.choice(_PITCHES), SAMPLE_RATE)
        over = through_radio(voice, chance.choice(SNR_DB), rng)
        wanted -= len(over)
        yield over


def _can_say(lang: Language) -> bool:
    try:
        say("1", lang)
    except VoiceUnavailable:
        return False
    return True
