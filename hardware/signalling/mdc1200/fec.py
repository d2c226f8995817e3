"""Error correction of MDC-1200: a systematic convolutional code of rate 1/2, decoded by majority.

Every data bit is checked by the four parity bits of delays 0, 2, 5 and 6; when three of the four fail, the
bit itself is wrong. One wrong data bit is always found, several when they are far enough apart.
"""

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
"""Zeros and ones."""

DATA_BITS = 56
_DELAYS = (0, 2, 5, 6)
_MAJORITY = 3


def parity(data: Bits) -> Bits:
    """The parity bits of `data`, as many as there are."""
    padded = np.concatenate((np.zeros(max(_DELAYS), np.uint8), data))
    shifted = [padded[max(_DELAYS) - delay :][: len(data)] for delay in _DELAYS]
    return np.asarray(np.bitwise_xor.reduce(shifted), np.uint8)


def corrected(data: Bits, received: Bits) -> tuple[Bits, int, int]:
    """`data` as its `received` parity says it was sent, how many of its bits were turned, and what is left.

    What is left are checks that still fail: wrong parity bits, or more errors than the code can right.
    """
    data = data.copy()
    syndrome = np.concatenate((received ^ parity(data), np.zeros(max(_DELAYS), np.uint8)))
    turned = 0
    for n in range(len(data)):
        checks = [n + delay for delay in _DELAYS]
        if syndrome[checks].sum() >= _MAJORITY:
            data[n] ^= 1
            syndrome[checks] ^= 1
            turned += 1
    return data, turned, int(syndrome[: len(data)].sum())
