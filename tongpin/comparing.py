"""How far two speech engines agree, from what the centre's journal says of every over both have heard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.dispatch.source_events import OverCompared, OverTranscribed
from intake.dispatch.speech import SecondHearing, Transcript
from intake.journal import StoredEntry
from intake.journal_reader import JournalReader
from intake.rebuild import event_of

KINDS = ("over.transcribed", "over.compared")


@dataclass(frozen=True)
class Compared:
    """One over, as both engines heard it."""

    over: str
    first: Transcript
    second: SecondHearing


def compared_in(journal: Path) -> list[Compared]:
    """Every over two engines heard, oldest first. Raises `JournalError`."""
    with JournalReader(journal) as reader:
        return list(_compared(reader.entries(0, reader.newest().seq, KINDS)))


def figures_of(compared: Iterable[Compared]) -> list[dict[str, Any]]:
    """One row a pair of engines and their models; `disagreement` is differing words by words of the first."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in compared:
        names = {
            "first": f"{each.first.engine}/{each.first.model}",
            "second": f"{each.second.engine}/{each.second.model}",
        }
        row = rows.setdefault(tuple(names.values()), {**names, "overs": 0, "words": 0, "differing": 0})
        row["overs"] += 1
        row["words"] += each.second.words
        row["differing"] += each.second.differing
    return [{**row, "disagreement": _share(row["differing"], row["words"])} for row in rows.values()]


def furthest_apart(compared: Iterable[Compared], most: int) -> list[Compared]:
    """Those that differ in the most words, the furthest apart first."""
    differing = [each for each in compared if each.second.differing]
    return sorted(differing, key=lambda each: -each.second.differing)[:most]


def _compared(entries: Iterable[StoredEntry]) -> Iterator[Compared]:
    first: dict[str, Transcript] = {}
    for entry in entries:
        match event_of(entry):
            case OverTranscribed(over_id=over, transcript=transcript):
                first[over] = transcript
            case OverCompared(over=over, second=second) if over in first:
                yield Compared(over, first[over], second)


def _share(differing: int, words: int) -> float | None:
    return round(differing / words, 3) if words else None
