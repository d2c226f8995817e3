"""When to kill what: a plan drawn from one seed."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

_DOWN_S = 1.0
"""A killed program comes back within this: sooner than anybody could look, later than the others notice."""


@dataclass(frozen=True, order=True)
class Stroke:
    """At `at` seconds, `victim` dies or comes back."""

    at: float
    victim: str
    deed: Literal["kill", "start"]


def strokes(seed: int, victims: Iterable[str], *, kills: int, seconds: float) -> list[Stroke]:
    """Every victim dies at `kills` moments, uniform over `seconds`, and is up again before it dies anew."""
    plan = []
    for victim in victims:
        draw = random.Random(f"{seed} {victim}")
        moments = sorted(draw.uniform(0, seconds) for _ in range(kills))
        for moment, following in pairwise([*moments, seconds]):
            back = moment + draw.random() * min(_DOWN_S, following - moment)
            plan += [Stroke(moment, victim, "kill"), Stroke(back, victim, "start")]
    return sorted(plan)
