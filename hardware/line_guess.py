"""Which protocol is this? Every codec reads the same bytes; who understands most of them is it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from hardware.line_mode import LineMode, as_sent, framings_of
from hardware.panels.frame import PanelRecord
from hardware.panels.registry import codec, names

ENOUGH_FRAMES: Final = 3
"""So many frames of one protocol are hardly chance; fewer make a guess less sure."""

CERTAIN: Final = 0.9
"""A guess this sure needs no further looking."""

_UNCHECKED_WORTH: Final = 0.95
"""A frame without a check may be another protocol's that happens to fit."""
_FREE_TEXT_WORTH: Final = 0.3
"""Lines of free text prove little: several protocols let them pass."""
_TERMINATORS: Final = 2
"""Bytes around a frame that are not in its record: CR LF, or LF in front and CR behind."""

_LENIENT: Final = frozenset({"surgard"})
"""Reads its imitators' frames too: the byte in front of a D6600's SIA block looks like padding to it. So when
another protocol explains as much, that one is meant."""


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
    judged = (_beside_rivals(each, best.values()) for each in best.values())
    return tuple(sorted(judged, key=_sureness, reverse=True))


def _sureness(guess: Guess) -> float:
    return guess.sure


def _beside_rivals(guess: Guess, all_guesses: Iterable[Guess]) -> Guess:
    """The guess, half as sure when it is lenient and a stricter protocol explains as much."""
    rivals = (each.sure for each in all_guesses if each.protocol not in _LENIENT)
    if guess.protocol in _LENIENT and max(rivals, default=0.0) >= guess.sure:
        return replace(guess, sure=round(guess.sure / 2, 3))
    return guess


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
    is_free_text = record.kind == "text" and record.code is None
    return _FREE_TEXT_WORTH if is_free_text else _UNCHECKED_WORTH
