"""Words as they go on the air: spoken by the box's synthetic voice, with what a radio needs around them."""

from collections.abc import Callable

import numpy as np

from bus.messages.transmit import Language
from gateway.transmitter.settings import TransmitSettings, VoxKey
from hardware.audio.format import SAMPLE_RATE, Samples

Voice = Callable[[str, Language], Samples]
"""Raises `VoiceUnavailable`; called in a thread of its own."""

_VOX_TONE_S = 0.2
_VOX_TONE_HZ = 1000
_VOX_TONE_LEVEL = 8000


def on_air(speech: Samples, settings: TransmitSettings) -> Samples:
    """The speech between silences; a radio that keys itself by sound is woken by a tone first."""
    lead, hang = (np.zeros(_samples(ms / 1000), np.int16) for ms in (settings.lead_in_ms, settings.hang_ms))
    tone = _tone() if isinstance(settings.key, VoxKey) else np.zeros(0, np.int16)
    return np.concatenate((tone, lead, speech, hang))


def _tone() -> Samples:
    t = np.arange(_samples(_VOX_TONE_S)) / SAMPLE_RATE
    return (_VOX_TONE_LEVEL * np.sin(2 * np.pi * _VOX_TONE_HZ * t)).astype(np.int16)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
