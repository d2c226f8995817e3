"""How fast utterances are understood: every unit and place of a site, said in a few dozen ways."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from intake.comprehension import Comprehension
from intake.site import Site
from intake.understanding.model import Lang
from intake.understanding.normalise import LONGEST
from tongpin.bench.measuring import spread_ms

SEED: Final = 20261126
_LONG: Final = 20
"""Longest texts, or as many as a tenth of the lines."""
"""Longest texts timed: as much as is read of any text, of words in no order."""

_WAYS: Final[Mapping[Lang, Sequence[str]]] = {
    "en": (
        "{u} on scene at {p}",
        "center {u} en route to {p}",
        "{u} copy that",
        "{u} clear and available",
        "{u} go to {p} for a fight",
        "center from {u} two men fighting at {p} one of them has a knife",
        "{u} smoke at {p} coming from the ceiling",
        "{u} you're on scene at {p}",
        "is {u} clear yet",
        "can we get an ambulance to {p}",
        "{u} no weapon seen at {p} just a broken umbrella",
        "{u} an elderly lady slipped on the stairs at {p} she is bleeding and needs an ambulance",
        "{u} correction {p} a red suitcase left by the pillar nobody claims it",
        "all units look out for a man in a green jacket about thirty heading for {p}",
        "the trophore lost child near {p}",
    ),
    "zh": (
        "{u}到达{p}",
        "中心 {u} 正在赶往{p}",
        "{u}收到",
        "{u}处置完毕 待命",
        "{u}去{p}处理打架",
        "总台 {u} {p}两人互殴 其中一个持刀",
        "{u} {p}天花板冒烟",
        "{u}你已到达{p}",
        "{u}到了吗",
        "能不能叫救护车到{p}",
        "{u} {p}没有发现刀具 只是一把坏伞",
        "{u} {p}一位老太太在楼梯上摔倒了 流了很多血 需要救护车",
        "{u} 更正 是{p} 柱子旁边有个红色行李箱没人认领",
        "各单位注意 一名三十来岁穿绿色外套的男子往{p}方向跑了",
    ),
}


def measure(site: Site, comprehension: Comprehension, count: int) -> Iterator[dict[str, Any]]:
    """Figures of each language: utterances a second, times of one in milliseconds, and of the longest texts.

    Times are of this thread's processor time: the machine may be busy.
    """
    for lang in comprehension.lexicons:
        lines = list(utterances(site, lang, count))
        for line in lines[: count // 10]:  # the caches of sounds fill in a centre's first minute
            comprehension.spoken(line, lang)
        seconds = [_timed(comprehension, line, lang) for line in lines]
        longest = [_timed(comprehension, text, lang) for text in _salad(lines, lang)]
        yield {
            "lang": lang,
            "utterances": count,
            "utterances_per_second": round(count / sum(seconds)),
            "utterance_ms": spread_ms(seconds),
            f"text_of_{LONGEST}_characters_ms": spread_ms(longest),
        }


def utterances(site: Site, lang: Lang, count: int) -> Iterator[str]:
    """`count` lines, the same for the same site."""
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    units, places = sorted(site.units), sorted(site.places)
    for _ in range(count):
        unit, place = site.unit_name(draw.choice(units), lang), site.place_name(draw.choice(places), lang)
        yield draw.choice(_WAYS[lang]).format(u=unit, p=place)


def _salad(lines: Sequence[str], lang: Lang) -> Iterator[str]:
    draw = random.Random(SEED)  # noqa: S311 - as above
    for _ in range(min(_LONG, len(lines) // 10)):
        mixed = " ".join(draw.choice(lines) for _ in range(LONGEST // 10))
        words = mixed.split() if lang == "en" else list(mixed)
        draw.shuffle(words)
        yield (" " if lang == "en" else "").join(words)[:LONGEST]


def _timed(comprehension: Comprehension, text: str, lang: Lang) -> float:
    began = time.thread_time()
    comprehension.spoken(text, lang)
    return time.thread_time() - began
