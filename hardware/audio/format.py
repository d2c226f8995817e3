"""The one audio format inside tongpin, and what every source of it promises.

16 kHz mono signed 16-bit: a radio's voice band ends at 3 kHz, and every speech engine in use takes this
rate as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from hardware.errors import AudioError

Samples = NDArray[np.int16]
"""Mono samples at `SAMPLE_RATE`, full scale ±32768."""

SAMPLE_RATE = 16_000
BLOCK_SAMPLES = 640
"""40 ms. Each block wakes the box, and with a sound card two processes: at 20 ms an idle one took 5.1 % of a
core, at 40 ms 3.0 %. Several decisions of the squelch may come of one."""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Consecutive samples as they came from a source.

    `at` is the monotonic clock in seconds when the first sample was heard; `position` is that sample's
    offset from the start of the source, counting lost samples where the source knows of them.
    """

    samples: Samples
    at: float
    position: int


class AudioSource(Protocol):
    """Something that is heard: a sound card, a recording, a simulated radio.

    Callbacks run on the source's own thread and must only hand over. The source never waits for anyone:
    what it cannot hand over is dropped and counted in `overruns`.
    """

    @property
    def overruns(self) -> int:
        """How often samples were lost since `start`."""
        ...

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Begin to listen.

        `on_lost` is called at most once, after the last block, and never because of `close`.
        Raises `AudioError` when the device cannot be opened.
        """
        ...

    def close(self) -> None:
        """Stop listening and free the device; no callback runs after it. Safe to call twice.

        A closed source is not started again; open another.
        """
        ...


@runtime_checkable
class PatientSource(AudioSource, Protocol):
    """A source that can wait for its listener, as no sound card can: none of its sound need be lost."""

    def taken(self, position: int) -> None:
        """The listener has worked through everything before `position`. Called on the listener's thread."""
        ...
