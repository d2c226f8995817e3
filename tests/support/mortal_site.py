"""A whole site whose box, broker and centre are processes that can be killed."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import Mosquitto
from tests.support.programs import Program, box, centre

_OVERS = 10


class Mortal(Protocol):
    """Dies and comes back."""

    def kill9(self) -> None:
        """Die."""
        ...

    def start(self) -> None:
        """Come back."""
        ...


@dataclass(frozen=True)
class MortalSite:
    """Receivers that outlive everything, and the three programs behind them."""

    folder: Path
    receivers: Sequence[SurgardReceiver]
    box: Program
    broker: Mosquitto
    centre: Program

    @property
    def mortals(self) -> dict[str, Mortal]:
        """Those who can be killed."""
        return {"box": self.box, "broker": self.broker, "centre": self.centre}

    @property
    def spool(self) -> Path:
        """The box's."""
        return self.folder / "spool.db"

    @property
    def journal(self) -> Path:
        """The centre's."""
        return self.folder / "journal.db"

    @property
    def recordings(self) -> Path:
        """The centre's."""
        return self.folder / "recordings"


@contextmanager
def mortal_site(
    folder: Path, broker: Mosquitto, receivers: Sequence[SurgardReceiver], *, scale: float, seed: int
) -> Iterator[MortalSite]:
    """At work within the block. In each of its lives the box hears the same ten overs, in ten seconds."""
    talk = folder / "talk.flac"
    soundfile.write(talk, conversation(seed), SAMPLE_RATE)
    ports = [receiver.port for receiver in receivers]
    site = MortalSite(
        folder,
        receivers,
        box(folder, broker.port, ports, scale=scale, talk=talk),
        broker,
        centre(folder, broker.port),
    )
    with ExitStack() as stack:
        stack.enter_context(site.centre)
        stack.enter_context(site.box)
        yield site


def conversation(seed: int) -> Samples:
    """Ten seconds with the spectrum and rhythm of a voice, a second of hiss around each."""
    hiss = np.random.default_rng(seed).normal(0, 8, SAMPLE_RATE).astype(np.int16)
    n = np.arange(SAMPLE_RATE)
    buzz = sum(np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)
    word = np.asarray(np.round(3000 * buzz * syllables), np.int16)
    return np.concatenate([hiss, *[word, hiss] * _OVERS])
