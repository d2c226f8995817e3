"""What a signalling decoder finds, whatever the system, and what every decoder promises."""

from dataclasses import dataclass
from typing import Literal, Protocol

from hardware.audio.format import Samples

Meaning = Literal["ptt-id", "emergency", "status", "call", "message", "other"]
"""What the radio wanted to say: mostly only who keyed up."""


@dataclass(frozen=True, slots=True)
class Call:
    """One whole id, heard in the sound of a channel. Nothing authenticates it.

    `kind` names the signalling (`dtmf`, `zvei1`, `mdc1200`, …); `id` is what a technician reads off the
    radio; `position` is the offset of its first sample from the first sample the decoder was fed; `raw` is
    what came over the air, tones as digits and data bytes as hexadecimal; `fixed` counts bits that error
    correction turned; `confidence` is 0 to 1.
    """

    kind: str
    id: str
    meaning: Meaning
    position: int
    raw: str = ""
    fixed: int = 0
    confidence: float = 1.0


class CallDecoder(Protocol):
    """Listens to one over, or to one channel without end, in constant memory."""

    def feed(self, samples: Samples) -> list[Call]:
        """The next samples, of any number; what is certain by now. Never raises."""
        ...

    def finish(self) -> list[Call]:
        """The sound has ended: what was still waiting for more. The decoder is then as new."""
        ...
