"""The frames in one stretch of text, and the one NAK a damaged frame is worth.

A frame runs from a start byte to a V that fits. A stretch may hold several, or a cut one in front of a whole
one; what stands between is unparsed.
"""

from collections.abc import Iterator
from dataclasses import replace

from hardware.panels.frame import PanelRecord
from hardware.panels.silentknight.call import read_call
from hardware.panels.silentknight.layout import NAME, START
from hardware.panels.silentknight.system import read_system
from hardware.panels.silentknight.validation import is_sound

_NOTHING = PanelRecord(NAME, "unparsed")


class StretchReader:
    """Judges stretches of one line. A NAK says "send it again"; a second in a row is Computer Trouble."""

    def __init__(self) -> None:
        self._refused = False

    def judge(self, text: str) -> tuple[PanelRecord, ...]:
        """Return the records of a stretch in order; empty when no frame begins in it."""
        starts = [match.start() for match in START.finditer(text)]
        if not starts:
            return ()
        bounds = [*starts, len(text)]
        records = [_unparsed(text[: starts[0]])] if starts[0] else []
        records += _frames(text, bounds)
        return tuple(self._answered(record) for record in records)

    def _answered(self, record: PanelRecord) -> PanelRecord:
        """Refuse a damaged frame once; what is damaged again is kept and acknowledged."""
        if record.check == "none":
            return record
        self._refused = record.check == "bad" and not self._refused
        return replace(record, reply="nak") if self._refused else record


def _frames(text: str, bounds: list[int]) -> Iterator[PanelRecord]:
    """Yield what lies between the places where frames begin; a frame may reach over several of them."""
    at = 0
    while at < len(bounds) - 1:
        start = bounds[at]
        ends = range(len(bounds) - 1, at, -1)
        end = next((end for end in ends if _whole(text[start : bounds[end]])), at + 1)
        is_last = end == len(bounds) - 1
        yield _record(text[start : bounds[end]], is_last=is_last)
        at = end


def _whole(frame: str) -> bool:
    return is_sound(frame.encode("latin-1")) and _read(frame) is not None


def _record(frame: str, *, is_last: bool) -> PanelRecord:
    """Read what begins like a frame; cut off by the next one it proves no damage to that."""
    sound = is_sound(frame.encode("latin-1"))
    read = _read(frame) if sound else None
    if not sound and not is_last:
        return _unparsed(frame)
    return replace(read or _NOTHING, check="ok" if sound else "bad", raw=frame.encode("latin-1").hex())


def _read(frame: str) -> PanelRecord | None:
    return read_call(frame[:-1]) or read_system(frame[:-1])


def _unparsed(text: str) -> PanelRecord:
    return replace(_NOTHING, raw=text.encode("latin-1").hex())
