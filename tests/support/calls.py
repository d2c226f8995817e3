"""What is heard in sound, and sound to hear it in."""

from collections.abc import Iterable

import numpy as np

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.signalling.call import Call
from hardware.signalling.finder import CallFinder
from hardware.signalling.settings import SignallingSettings

ALL_ON = SignallingSettings()


def heard(samples: Samples, settings: SignallingSettings = ALL_ON) -> list[Call]:
    """Every call of one over."""
    return heard_in([samples], settings)


def heard_in(pieces: Iterable[Samples], settings: SignallingSettings = ALL_ON) -> list[Call]:
    """Every call of one over that comes in pieces."""
    finder = CallFinder(settings)
    calls = [call for piece in pieces for call in finder.feed(piece)]
    return calls + finder.finish()


def ids(samples: Samples, settings: SignallingSettings = ALL_ON) -> list[tuple[str, str]]:
    """Kind and id of every call of one over."""
    return [(call.kind, call.id) for call in heard(samples, settings)]


def silence(ms: float) -> Samples:
    """As long as asked."""
    return np.zeros(int(SAMPLE_RATE * ms / 1000), np.int16)
