"""The tones themselves: short WAVs, made of sines, loud enough for a control room and unlike each other."""

import io
import math
import wave
from array import array

from tui.tones import Tone

RATE = 16_000
_LOUD = 0.6
_EDGE_S = 0.005
"""Each note rises and falls this long, so that it does not click."""

Note = tuple[float, float]
"""Hertz, 0 for a pause, and seconds."""

NOTES: dict[Tone, tuple[Note, ...]] = {
    "p0": ((880, 0.12), (1320, 0.12)) * 3,
    "p1": ((988, 0.18), (0, 0.08)) * 2,
    "other": ((784, 0.25),),
    "system": ((392, 0.2), (311, 0.25)),
    "drill": ((523, 0.1), (0, 0.05), (523, 0.1)),
}
"""After the practice of alarm tones: the more urgent, the higher, faster and longer."""


def wav(tone: Tone) -> bytes:
    """One tone, mono, 16 bit."""
    samples = array("h", (sample for note in NOTES[tone] for sample in _note(*note)))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, RATE, 0, "NONE", ""))
        written.writeframes(samples.tobytes())
    return file.getvalue()


def _note(hertz: float, seconds: float) -> list[int]:
    count, edge = round(seconds * RATE), _EDGE_S * RATE
    return [
        round(
            32767
            * _LOUD
            * min(1.0, at / edge, (count - at) / edge)
            * math.sin(2 * math.pi * hertz * at / RATE)
        )
        for at in range(count)
    ]
