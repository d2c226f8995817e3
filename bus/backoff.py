"""How long to wait before trying again, so that many boxes do not knock in step."""

import random
from collections.abc import Callable

BASE_S = 0.5
CAP_S = 30.0
_uniform = random.SystemRandom().uniform

_STEPS = 16
"""Doublings after which any base has long passed any cap; keeps the power small."""


class Backoff:
    """Full jitter: each wait is drawn from 0 to a ceiling that doubles up to `cap_s`."""

    def __init__(
        self,
        base_s: float = BASE_S,
        cap_s: float = CAP_S,
        draw: Callable[[float, float], float] = _uniform,
    ) -> None:
        self._base_s = base_s
        self._cap_s = cap_s
        self._draw = draw
        self._failures = 0

    def next_s(self) -> float:
        """Seconds to wait after one more failure."""
        ceiling = min(self._cap_s, self._base_s * 2 ** min(self._failures, _STEPS))
        self._failures += 1
        return self._draw(0.0, ceiling)

    def reset(self) -> None:
        """Things went well: the next failure is the first again."""
        self._failures = 0
