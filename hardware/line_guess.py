"""Which protocol is this? Every codec reads the same bytes; who understands most of them is it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.line_mode import LineMode, as_sent, framing_of
from hardware.panels.frame import PanelRecord, Run
from hardware.panels.registry import codec, names

ENOUGH_RECORDS = 3
"""So many frames of one protocol in a row are hardly chance; fewer make a guess less sure."""

CERTAIN = 0.9
"""A guess this sure needs no further looking."""

_TEXT_WORTH = 0.3
"""Lines of free text prove little: several protocols let them pass."""


@dataclass(frozen=True, slots=True)
class Guess:
    """`sure` is 0..1: the share of the bytes this protocol explains, less where frames were few.

    `records` are the first frames it read, to show a person.
    """

    protocol: str
    mode: LineMode
    sure: float
    records: tuple[PanelRecord, ...]


def guesses(data: bytes, baud: int) -> tuple[Guess, ...]:
    """Every protocol that explains something of what an 8N1 port read at `baud`, the surest first."""
    framing = framing_of(data)
    if framing is None or not data:
        return ()
    sent = as_sent(data, framing)
    found = [_guess(name, sent, LineMode(baud, framing)) for name in names()]
    return tuple(sorted((each for each in found if each.sure > 0), key=lambda each: -each.sure))


def _guess(protocol: str, sent: bytes, mode: LineMode) -> Guess:
    reader = codec(protocol)
    records = tuple(_records((*reader.feed(sent), *reader.flush())))
    total = sum(_length(record) for record in records)
    explained = sum(_length(record) * _worth(record) for record in records)
    read = tuple(record for record in records if record.kind != "unparsed")
    plenty = min(1.0, len(read) / ENOUGH_RECORDS)
    sure = explained / total * (0.5 + 0.5 * plenty) if total and read else 0.0
    return Guess(protocol, mode, round(sure, 3), read[:ENOUGH_RECORDS])


def _records(runs: tuple[Run, ...]) -> Iterator[PanelRecord]:
    for run in runs:
        yield from run.records


def _length(record: PanelRecord) -> int:
    return len(record.raw) // 2


def _worth(record: PanelRecord) -> float:
    if record.kind == "unparsed":
        return 0.0
    if record.check == "ok":
        return 1.0
    # A frame without a check may be another protocol's that happens to fit.
    return _TEXT_WORTH if record.kind == "text" else 0.95
