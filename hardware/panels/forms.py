"""What one run of text between two terminators holds: a frame, several, or half of one.

Receivers have been seen to send six copies in one run, and a cut frame directly in front of a whole one. So
a run that is no frame, nor copies of one, is searched for the frames that show their own end.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from hardware.panels.frame import PanelRecord


@dataclass(frozen=True, slots=True)
class Form:
    """One layout of frames: the pattern that fits it and the reading of a match."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], PanelRecord]


Found = tuple[Form, re.Match[str]]


class RunReader:
    """Reads the runs of one protocol; the first layout that fits a frame is meant.

    Frames of a `delimited` layout show their own end and are found inside a run too; one of the `whole`
    layouts must fill its run.
    """

    def __init__(self, name: str, *, delimited: Sequence[Form], whole: Sequence[Form] = ()) -> None:
        self._name = name
        self._delimited = tuple(delimited)
        self._forms = (*delimited, *whole)

    def judge(self, text: str) -> tuple[PanelRecord, ...]:
        """Return the records of a run in order; empty when there is no frame in it."""
        period = (text + text).find(text, 1)
        if record := self._whole(text[:period]):
            return (record,) * (len(text) // period)
        return tuple(self._pieces(text))

    def _whole(self, text: str) -> PanelRecord | None:
        """Return the record of a run that is one frame, padded with spaces or not."""
        frame = text.strip(" ")
        for form in self._forms:
            if match := form.pattern.fullmatch(frame):
                return self._record(form, match, text)
        return None

    def _pieces(self, text: str) -> Iterator[PanelRecord]:
        """Yield the frames inside a run, and what is left between and behind them."""
        start = 0
        while found := self._next(text, start):
            form, match = found
            yield from self._remainder(text[start : match.start()])
            yield self._record(form, match, match.group())
            start = match.end()
        if start:
            yield from self._remainder(text[start:])

    def _next(self, text: str, start: int) -> Found | None:
        """Return the first frame at or after `start` that shows its own end."""
        candidates = [
            (form, match) for form in self._delimited if (match := _latest_start(form, text, start))
        ]
        return min(candidates, key=lambda found: found[1].start(), default=None)

    def _remainder(self, text: str) -> Iterator[PanelRecord]:
        """Yield the bytes between frames as what they are; padding is nothing."""
        if text.strip(" "):
            yield self._whole(text) or PanelRecord(self._name, "unparsed", raw=_hex(text))

    def _record(self, form: Form, match: re.Match[str], raw: str) -> PanelRecord:
        return replace(form.read(match), protocol=self._name, raw=_hex(raw))


def _latest_start(form: Form, text: str, start: int) -> re.Match[str] | None:
    """Return the form's first match; of several starts with the same end, the one with the shortest header.

    A cut frame's digits in front of a whole frame read like a longer header.
    """
    first = form.pattern.search(text, start)
    if first is None:
        return None
    later = (form.pattern.match(text, position) for position in range(first.start() + 1, first.end()))
    return [first, *(match for match in later if match and match.end() == first.end())][-1]


def _hex(text: str) -> str:
    return text.encode("latin-1").hex()
