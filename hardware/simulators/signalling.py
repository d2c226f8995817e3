"""What radios send to say who they are, as sound: one frozen description a system, one function for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.five_tone_tables import FiveToneTable
from hardware.signalling.mdc1200.frame import bits_of, encoded
from hardware.signalling.mdc1200.modulation import modulated
from hardware.signalling.mdc1200.packet import Packet
from hardware.signalling.touch_tones import COLUMNS_HZ, KEYS, ROWS_HZ

PEAK = 0.35
"""70 % of the deviation of `fm.LIMIT_DBFS`, where selective calling is set to (70 % ± 20 %)."""

Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TouchTones:
    """A DTMF string; `keys` are of `0123456789ABCD*#`. Times in milliseconds, `twist_db` column over row."""

    keys: str
    on_ms: float = 80
    off_ms: float = 80
    twist_db: float = 0.0


@dataclass(frozen=True, slots=True)
class DataBurst:
    """An MDC-1200 packet; `inverted` as by a radio whose modulator is the other way round."""

    packet: Packet
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class FiveTones:
    """A five-tone id of a system, or of a site's own `table`; the first tone may be longer."""

    digits: str
    table: FiveToneTable
    first_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A two-tone page."""

    first_hz: float
    second_hz: float
    first_ms: float = 1000
    second_ms: float = 3000


Burst = TouchTones | DataBurst | FiveTones | Page


def sound_of(burst: Burst) -> Samples:
    """The burst at `PEAK`, without silence before or after.

    Raises `ValueError` for keys that do not exist.
    """
    match burst:
        case TouchTones():
            wave = _touch_tones(burst)
        case DataBurst():
            wave = modulated(bits_of(encoded(burst.packet))) * (-1 if burst.inverted else 1)
        case FiveTones(digits, table, first_ms):
            lengths = [max(first_ms, table.tone_ms), *[table.tone_ms] * (len(digits) - 1)]
            wave = _in_turn(zip(_five_tones(digits, table), lengths, strict=True))
        case Page():
            wave = _in_turn([(burst.first_hz, burst.first_ms), (burst.second_hz, burst.second_ms)])
        case _:
            assert_never(burst)
    return to_int16(PEAK * wave)


def _five_tones(digits: str, table: FiveToneTable) -> list[float]:
    """Hertz of each digit; one like the tone before it is sent as the repeat tone."""
    sent: list[float] = []
    for digit in digits:
        hz = table.digits[int(digit)]
        sent.append(table.repeat if sent and sent[-1] == hz else hz)
    return sent


def _in_turn(tones: Iterable[tuple[float, float]]) -> Wave:
    """Tones of so many hertz and milliseconds, the phase running on without a step."""
    cycles = [np.full(_samples(ms), hz / SAMPLE_RATE) for hz, ms in tones]
    return np.asarray(np.sin(2 * np.pi * np.cumsum(np.concatenate(cycles))), np.float64)


def _touch_tones(burst: TouchTones) -> Wave:
    gap = np.zeros(_samples(burst.off_ms))
    parts = [part for key in burst.keys for part in (_key(key, burst), gap)]
    return np.concatenate(parts[:-1]) if parts else gap[:0]


def _key(key: str, burst: TouchTones) -> Wave:
    row, column = divmod(KEYS.index(key), len(COLUMNS_HZ))
    above = 10 ** (burst.twist_db / 20)
    low, high = tone(ROWS_HZ[row], burst.on_ms), tone(COLUMNS_HZ[column], burst.on_ms)
    return (low + above * high) / (1 + above)


def tone(hz: float, ms: float) -> Wave:
    """A sine in ±1."""
    return np.asarray(np.sin(2 * np.pi * hz / SAMPLE_RATE * np.arange(_samples(ms))), np.float64)


def _samples(ms: float) -> int:
    return round(SAMPLE_RATE * ms / 1000)
