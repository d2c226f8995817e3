"""What officers answer when they are sent: they sign, they arrive, they finish. Pure."""

import random
from dataclasses import dataclass
from typing import Literal

_ANSWERS = {
    "en": (
        (2.0, "{unit}, copy, on the way to {place}"),
        (25.0, "{unit}, on scene"),
        (60.0, "{unit}, all done here, clear"),
    ),
    "zh": (
        (2.0, "{unit}收到，马上前往{place}"),
        (25.0, "{unit}到达现场"),
        (60.0, "{unit}处置完毕"),
    ),
}
"""Seconds after the order, and the words."""


@dataclass(frozen=True)
class Answer:
    """One over, due `after` seconds from the order."""

    after: float
    text: str


def answers(
    unit: str, place: str | None, lang: Literal["en", "zh"], rng: random.Random
) -> tuple[Answer, ...]:
    """What the officers of `unit` say when sent to `place`, both as spoken; delays vary by a third."""
    somewhere = {"en": "the scene", "zh": "现场"}[lang]
    return tuple(
        Answer(after * rng.uniform(0.67, 1.33), words.format(unit=unit, place=place or somewhere))
        for after, words in _ANSWERS[lang]
    )
