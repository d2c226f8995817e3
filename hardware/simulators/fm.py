"""What a narrow-band FM handheld does to a voice, as one pure function.

The receiver's loudspeaker output is modelled: pre-emphasis and de-emphasis cancel, what remains is the
voice band, the transmitter's limiter, the noise of a weak signal, and the squelch tail heard after the key
is let go.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples

Wave = NDArray[np.float64]

VOICE_BAND_HZ = (300.0, 3000.0)
SPEECH_DBFS = -18.0
"""Level of running speech when the limiter's ceiling, the maximum deviation, lies at -6 dBFS."""
LIMIT_DBFS = -6.0
TAIL_DBFS = -15.0
"""An open squelch is as loud as a voice at full deviation."""


@dataclass(frozen=True)
class Handset:
    """How one operator and one radio use the key, in milliseconds."""

    before_speech_ms: int = 200
    after_speech_ms: int = 150
    tail_ms: int = 180
    """Full-level noise until the receiver's squelch closes: 100 to 300 in the field."""
    late_ms: int = 0
    """Lost at the start because the receiver opened late: 0 to 350 in the field."""


HANDSET = Handset()
NO_SIGNALLING: Samples = np.zeros(0, np.int16)
_SIGNALLING_PAUSE_MS = 50
"""Between a radio's own tones and its microphone."""


def through_radio(
    speech: Samples,
    snr_db: float,
    rng: np.random.Generator,
    handset: Handset = HANDSET,
    *,
    before: Samples = NO_SIGNALLING,
    after: Samples = NO_SIGNALLING,
) -> Samples:
    """One over as the listener's loudspeaker gives it, from the opening of its squelch to the closing.

    `snr_db` is running speech against the noise of the received carrier, both in the voice band. `before`
    and `after` are what the radio itself sends around the speech, at the level they have.
    """
    voice = _limited(_at_level(_in_band(_as_wave(speech)), SPEECH_DBFS))
    lead, trail = _silence(handset.before_speech_ms), _silence(handset.after_speech_ms)
    keyed = np.concatenate((lead, _signalling(before), voice, trail, _signalling(after)))
    received = keyed + hiss(len(keyed), SPEECH_DBFS - snr_db, rng)
    tail = hiss(_count(handset.tail_ms), TAIL_DBFS, rng)
    return to_int16(np.concatenate((received, tail))[_count(handset.late_ms) :])


def kerchunk(rng: np.random.Generator, carrier_ms: int = 200, handset: Handset = HANDSET) -> Samples:
    """A key pressed and let go without a word."""
    return through_radio(np.zeros(_count(carrier_ms), np.int16), 30.0, rng, handset)


def open_squelch(rng: np.random.Generator, ms: int) -> Samples:
    """A squelch held open by interference: full-level noise."""
    return to_int16(hiss(_count(ms), TAIL_DBFS, rng))


def hiss(count: int, dbfs: float, rng: np.random.Generator) -> Wave:
    """Band-limited noise of `count` samples at `dbfs` RMS, in ±1."""
    return _at_level(_in_band(rng.standard_normal(count)), dbfs) if count else np.zeros(0)


def _signalling(samples: Samples) -> Wave:
    wave = _limited(_in_band(_as_wave(samples)))
    return np.concatenate((wave, _silence(_SIGNALLING_PAUSE_MS))) if len(wave) else wave


def _in_band(wave: Wave) -> Wave:
    if not len(wave):
        return wave
    spectrum = np.fft.rfft(wave)
    hz = np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE)
    low, high = VOICE_BAND_HZ
    # Raised-cosine skirts: a brick wall would ring audibly around every syllable.
    gain = np.clip((hz - low * 0.7) / (low * 0.3), 0, 1) * np.clip((high * 1.15 - hz) / (high * 0.15), 0, 1)
    return np.fft.irfft(spectrum * (0.5 - 0.5 * np.cos(np.pi * gain)), len(wave))


def _at_level(wave: Wave, dbfs: float) -> Wave:
    active = wave[np.abs(wave) > 0.05 * np.abs(wave).max(initial=0.0)]
    rms = float(np.sqrt(np.mean(active**2))) if len(active) else 0.0
    return wave * (10 ** (dbfs / 20) / rms) if rms else wave


def _limited(wave: Wave) -> Wave:
    ceiling = 10 ** (LIMIT_DBFS / 20)
    return _in_band(ceiling * np.tanh(wave / ceiling))


def _as_wave(samples: Samples) -> Wave:
    return samples.astype(np.float64) / 32768.0


def _silence(ms: int) -> Wave:
    return np.zeros(_count(ms))


def _count(ms: int) -> int:
    return SAMPLE_RATE * ms // 1000
