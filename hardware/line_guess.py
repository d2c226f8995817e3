"""Which protocol is this? Every codec reads the same bytes; who understands most of them is it. Pure."""

from dataclasses import dataclass
from typing import Final

from hardware.line_mode import LineMode, as_sent, framings_of
from hardware.panels.frame import PanelRecord
from hardware.panels.registry import codec, names

ENOUGH_FRAMES: Final = 3
"""So many frames of one protocol are hardly chance; fewer make a guess less sure."""

CERTAIN: Final = 0.9
"""A guess this sure needs no further looking."""

LIKELY: Final = 0.6
"""One frame that explains all that was heard; enough after long listening: a wrong speed explains nothing."""

_UNCHECKED_WORTH: Final = 0.95
"""A frame without a check may be another protocol's that happens to fit."""
_FREE_TEXT_WORTH: Final = 0.3
"""Lines of free text prove little: several protocols let them pass."""
_TERMINATORS: Final = 2
"""Bytes around a frame that are not in its record: CR LF, or LF in front and CR behind."""

_STRANGE_FRONT_WORTH: Final = 0.5
"""Sur-Gard and D6600 say SIA and heartbeats in the same words; only a D6600 puts a space in front."""
_SPACE: Final = f"{ord(' '):02x}"


@dataclass(frozen=True, slots=True)
class Guess:
    """`sure` is 0..1: the share of the bytes this protocol explains, less where frames were few.

    `frames` is how many it read, `records` are the first of them, to show a person.
    """

    protocol: str
    mode: LineMode
    sure: float
    frames: int
    records: tuple[PanelRecord, ...]


def guesses(data: bytes, baud: int) -> tuple[Guess, ...]:
    """Every protocol that explains something of what an 8N1 port read at `baud`, the surest first.

    Each comes once, with the framing it explains most in.
    """
    found = [
        _guess(name, as_sent(data, framing), LineMode(baud, framing))
        for framing in framings_of(data)
        for name in names()
    ]
    best = {each.protocol: each for each in sorted(found, key=_sureness) if each.sure > 0}
    return tuple(sorted(best.values(), key=_sureness, reverse=True))


def _sureness(guess: Guess) -> float:
    return guess.sure


def _guess(protocol: str, sent: bytes, mode: LineMode) -> Guess:
    reader = codec(protocol)
    records = [record for run in (*reader.feed(sent), *reader.flush()) for record in run.records]
    read = [record for record in records if record.kind != "unparsed"]
    explained = sum((len(record.raw) // 2 + _TERMINATORS) * _worth(record) for record in read)
    plenty = min(1.0, len(read) / ENOUGH_FRAMES)
    share = min(1.0, explained / len(sent)) if sent else 0.0
    return Guess(protocol, mode, round(share * (1 + plenty) / 2, 3), len(read), tuple(read[:ENOUGH_FRAMES]))


def _worth(record: PanelRecord) -> float:
    if record.check == "ok":
        return 1.0
    if _has_strange_front(record):
        return _STRANGE_FRONT_WORTH
    is_free_text = record.kind == "text" and record.code is None
    return _FREE_TEXT_WORTH if is_free_text else _UNCHECKED_WORTH


def _has_strange_front(record: PanelRecord) -> bool:
    """Whether a Sur-Gard frame has a space in front, or a D6600's has none though a Sur-Gard may say it."""
    if record.protocol == "surgard":
        return record.raw.startswith(_SPACE)
    is_shared = record.protocol == "radionics6500" and record.code_set != "contact_id"
    return is_shared and not record.raw.startswith(_SPACE)
