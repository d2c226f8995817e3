"""What every codec owes the wire, asked of the codecs whose panels are not receivers."""

import random
from collections.abc import Iterable

from hardware.panels.frame import PanelRecord, Run
from hardware.panels.registry import codec

MILLION: bytes = random.Random(19).randbytes(1_000_000)
"""The same noise in every run."""


def runs_of(protocol: str, reads: Iterable[bytes], **options: object) -> list[Run]:
    """The runs a fresh codec makes of what is read, and of what is left at the end."""
    decoder = codec(protocol, **options)
    return [run for data in reads for run in decoder.feed(data)] + decoder.flush()


def records_of(protocol: str, *reads: bytes, **options: object) -> list[PanelRecord]:
    """The records of those runs."""
    return [record for run in runs_of(protocol, reads, **options) for record in run.records]


def singly(data: bytes) -> list[bytes]:
    """One byte at a time."""
    return [data[at : at + 1] for at in range(len(data))]
