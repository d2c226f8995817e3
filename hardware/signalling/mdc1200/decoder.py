"""Finds MDC-1200 bursts in a stream of sound.

The sync word is looked for in every eighth of a bit by its whole wave, which gives the moment, the phase of
the carrier and the polarity at once; what follows is read bit by bit with the phase followed along.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.mdc1200.block import BLOCK_BITS
from hardware.signalling.mdc1200.demodulator import (
    CENTRE_HZ,
    DELAY,
    PER_BIT,
    Demodulator,
    Sound,
    Waves,
    place,
)
from hardware.signalling.mdc1200.fec import Bits
from hardware.signalling.mdc1200.frame import MOST_SYNC_ERRORS, PREAMBLE, SYNC, SYNC_BITS, bits_of, read
from hardware.signalling.mdc1200.modulation import BAUD, modulated
from hardware.signalling.spectra import QUIETEST

_SYNC = bits_of(SYNC)
_PREAMBLE_BITS = 8 * len(PREAMBLE)
_BIT_SAMPLES = SAMPLE_RATE / BAUD
_LIKENESS = 0.5
"""Share of the sound's energy that must lie in the sync word's wave: noise gives 0.03, 3 dB of SNR 0.8."""
_PHASE_GAIN = 0.1
"""How far each bit moves the phase believed; follows clocks that are 0.3 % off."""
_AROUND = PER_BIT // 2
_NEEDS = PER_BIT * (SYNC_BITS + 2 * BLOCK_BITS)
"""Values from the first bit of a sync word to the last of the longest packet."""
SILENCE_AFTER: Final = int(BLOCK_BITS * _BIT_SAMPLES) + 200
"""Samples after a single packet until it is surely found: until then it may be a double one."""


def _sync_wave() -> Waves:
    """One value a bit of the sync word as an ideal receiver hears it: energy 1, ones on the positive side."""
    bits = np.concatenate((bits_of(PREAMBLE), _SYNC, _SYNC[-1:]))
    sound = np.pad(np.asarray(modulated(bits), np.float32), (0, 100))
    values = Demodulator().step(sound[: len(sound) // 5 * 5])
    first = round((_PREAMBLE_BITS + 1) * PER_BIT + DELAY * PER_BIT / _BIT_SAMPLES)
    wave = values[first::PER_BIT][:SYNC_BITS]
    turn = np.vdot(2.0 * _SYNC - 1, wave)
    return np.asarray(wave * (turn.conj() / abs(turn) / np.linalg.norm(wave)), np.complex64)


def _power_of(mean_square: float) -> float:
    """Power of the values of a tone in the middle of the band, full scale 1."""
    tone = np.sqrt(2 * mean_square) * 32768 * np.cos(2 * np.pi * CENTRE_HZ / SAMPLE_RATE * np.arange(100))
    return float(np.abs(Demodulator().step(np.asarray(tone, np.float32))[-1]) ** 2)


_WAVE = _sync_wave()
_BIT_LEVEL = float(np.abs(_WAVE.real).mean())
_QUIETEST_POWER = _power_of(QUIETEST)


class Mdc1200:
    """Feed sound in multiples of five samples; memory is constant."""

    def __init__(self) -> None:
        self._demodulator = Demodulator()
        self._values = np.zeros(_AROUND, np.complex64)
        self._first = -_AROUND
        """Which value, counted from the first, `_values` begins with."""
        self._read_to = 0

    def step(self, sound: Sound) -> list[Call]:
        """The next samples; packets whose end, were they double, lies within what was fed."""
        self._values = np.concatenate((self._values, self._demodulator.step(sound)))
        starts = len(self._values) - _NEEDS
        if starts <= 2 * _AROUND:
            return []
        calls = self._calls(starts)
        judged = starts - 2 * _AROUND
        self._values = self._values[judged:]
        self._first += judged
        return calls

    def _calls(self, starts: int) -> list[Call]:
        """Of the packets that begin in the first values; where all are softer than a tone may be, none."""
        power = self._values.real**2 + self._values.imag**2
        if float(power.max()) < _QUIETEST_POWER:
            return []
        likeness = _likeness(self._values, power, starts)
        return [call for at in _peaks(likeness) if (call := self._call(at, float(likeness[at])))]

    def _call(self, at: int, likeness: float) -> Call | None:
        start = self._first + at
        if start < self._read_to:
            return None
        bits = _bits(self._values[at : at + _NEEDS : PER_BIT])
        if int((bits[:SYNC_BITS] ^ _SYNC).sum()) > MOST_SYNC_ERRORS:
            return None
        found = read(bits[SYNC_BITS:])
        if found is None:
            return None
        packet, fixed = found
        self._read_to = start + PER_BIT * (SYNC_BITS + BLOCK_BITS)
        begins = place(start) - round(_BIT_SAMPLES * (1 + _PREAMBLE_BITS))
        raw = (packet.content + packet.extra).hex()
        return Call("mdc1200", packet.id, packet.meaning, max(0, begins), raw, fixed, round(likeness, 2))


def _likeness(values: Waves, power: NDArray[np.float32], starts: int) -> NDArray[np.float32]:
    """For each of `starts` values: the share of energy a sync word that begins there explains."""
    reach = PER_BIT * (SYNC_BITS - 1) + 1
    heard = np.lib.stride_tricks.sliding_window_view(values[: starts + reach - 1], reach)[:, ::PER_BIT]
    powers = np.lib.stride_tricks.sliding_window_view(power[: starts + reach - 1], reach)[:, ::PER_BIT]
    matched = np.abs(heard @ _WAVE.conj()) ** 2
    return np.asarray(matched / (powers.sum(axis=1) + np.float32(1e-6)), np.float32)


def _peaks(likeness: NDArray[np.float32]) -> list[int]:
    """Where it is high enough, and highest within half a bit; the first and last `_AROUND` are not judged."""
    inner = likeness[_AROUND:-_AROUND]
    likely = np.flatnonzero(inner >= _LIKENESS) + _AROUND
    return [int(at) for at in likely if likeness[at] == likeness[at - _AROUND : at + _AROUND + 1].max()]


def _bits(values: Waves) -> Bits:
    """One bit a value; the sync word at the front tells the phase, which is then followed."""
    match = complex(np.vdot(_WAVE, values[:SYNC_BITS]))
    level = abs(match) * _BIT_LEVEL
    turn = match.conjugate() / abs(match)
    bits = np.zeros(len(values), np.uint8)
    for n, value in enumerate(values.tolist()):
        turned = value * turn
        bits[n] = turned.real > 0
        ahead = turned.imag if turned.real > 0 else -turned.imag
        turn *= complex(1.0, -_PHASE_GAIN * max(-1.0, min(1.0, ahead / level)))
        turn /= abs(turn)
    return bits
