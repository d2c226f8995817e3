"""Scales of the charts: round numbers, few of them."""

import math

_STEPS = (1, 2, 5, 10)


def ticks(largest: int) -> tuple[int, ...]:
    """Round numbers from 0 to at least `largest`, at most six of them; never only 0."""
    rough = max(largest, 4) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = math.ceil(next(step for step in _STEPS if step * size >= rough) * size)
    return tuple(range(0, math.ceil(max(largest, 1) / step) * step + 1, step))
