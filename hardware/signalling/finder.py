"""Everything a site's radios may send, listened for at once."""

from typing import Final, Protocol

import numpy as np

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling import dtmf, five_tone, two_tone
from hardware.signalling.call import Call
from hardware.signalling.dtmf import Dtmf
from hardware.signalling.five_tone import FiveTone
from hardware.signalling.mdc1200 import decoder as mdc1200
from hardware.signalling.mdc1200.decoder import Mdc1200
from hardware.signalling.settings import SignallingSettings
from hardware.signalling.spectra import Analyser, Spectra
from hardware.signalling.tones import ToneDecoder, ToneReader
from hardware.signalling.two_tone import TwoTone

STEP: Final = SAMPLE_RATE // 10
"""Samples looked at at once: calls are told a tenth of a second late, and small boxes are not kept busy."""
_STILLNESS: Final = max(each.SILENCE_AFTER for each in (dtmf, five_tone, two_tone, mdc1200))
"""After so many silent samples no decoder waits for anything any more."""


class _SpectralDecoder(Protocol):
    def step(self, spectra: Spectra) -> list[Call]: ...


class CallFinder:
    """The `CallDecoder` of all systems that are switched on.

    Sound is looked at in steps of `STEP` samples counted from the first, so however it is cut, the same calls
    come out; only when depends on it. Memory is constant.
    """

    def __init__(self, settings: SignallingSettings) -> None:
        self._settings = settings
        self._hearing = _Hearing(settings)

    def feed(self, samples: Samples) -> list[Call]:
        """See `CallDecoder`."""
        return self._hearing.feed(samples)

    def finish(self) -> list[Call]:
        """See `CallDecoder`."""
        calls = self._hearing.feed(np.zeros(_STILLNESS + STEP, np.int16))
        self._hearing = _Hearing(self._settings)
        return calls


class _Hearing:
    """The decoders at one sound, from its first sample to its last."""

    def __init__(self, settings: SignallingSettings) -> None:
        self._waiting: Samples = np.zeros(0, np.int16)
        self._mdc1200 = Mdc1200() if settings.mdc1200 else None
        self._analyser = Analyser()
        self._spectral = _spectral_decoders(settings)

    def feed(self, samples: Samples) -> list[Call]:
        heard = np.concatenate((self._waiting, samples))
        whole = len(heard) - len(heard) % STEP
        self._waiting = heard[whole:].copy()
        return [call for step in heard[:whole].reshape(-1, STEP) for call in self._step(step)]

    def _step(self, samples: Samples) -> list[Call]:
        sound = samples.astype(np.float32)
        calls = self._mdc1200.step(sound) if self._mdc1200 else []
        if self._spectral:
            spectra = self._analyser.step(sound)
            for decoder in self._spectral:
                calls += decoder.step(spectra)
        return calls


def _spectral_decoders(settings: SignallingSettings) -> list[_SpectralDecoder]:
    decoders: list[_SpectralDecoder] = []
    readers: list[ToneReader] = []
    if settings.dtmf:
        decoders.append(Dtmf(settings.dtmf_lengths))
    if settings.five_tone_tables:
        readers.append(FiveTone(settings.five_tone_tables))
    if settings.two_tone:
        readers.append(TwoTone(settings.two_tone_hz))
    if readers:
        decoders.append(ToneDecoder(readers))
    return decoders
