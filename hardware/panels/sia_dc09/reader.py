"""A byte stream in, records with the messages they were read from out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hardware.panels.frame import PanelRecord
from hardware.panels.sia_dc09.cipher import Keys
from hardware.panels.sia_dc09.framing import Frame, Framer, Junk
from hardware.panels.sia_dc09.message import Message, read
from hardware.panels.sia_dc09.record import record_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One record. `message` is there when the frame was sound and had the layout of one."""

    record: PanelRecord
    message: Message | None = None
    overlong: bool = False
    length_fits: bool = True


class Reader:
    """Reads one stream: a connection, or one datagram. It never raises and holds at most one frame."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._framer = Framer()

    @property
    def waiting(self) -> bool:
        """Whether a frame has begun and not ended."""
        return self._framer.waiting

    def feed(self, data: bytes) -> Iterator[Reading]:
        """Yield what `data` completes, in order; to be used up before the next call."""
        return self._readings(self._framer.feed(data))

    def flush(self) -> Iterator[Reading]:
        """Give up what is held."""
        return self._readings(self._framer.flush())

    def _readings(self, pieces: Iterable[Frame | Junk]) -> Iterator[Reading]:
        for piece in pieces:
            if isinstance(piece, Junk):
                yield Reading(record_of(piece, None), overlong=piece.overlong)
                continue
            message = read(piece.body, self._keys)
            yield Reading(
                record_of(piece, message),
                message if piece.sound else None,
                length_fits=piece.length_fits,
            )
