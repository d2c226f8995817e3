"""How fast each codec reads: line noise, of which nothing may come, and frames, of which all must.

Random bytes are the hardest a line can send: no run of them is a frame, and every one must be looked at.
"""

import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from hardware.panels.frame import PanelRecord
from hardware.panels.registry import codec, names
from tongpin.line.example_traffic import PROTOCOLS, event

SEED: Final = 20261122
MEGABYTE: Final = 1_000_000

_READ: Final = 4096
"""Bytes a call, the most a serial port hands over at once."""
_FRAMES: Final = 20_000
"""Of a megabyte of noise or more; fewer for less, as a short run wants."""
_NOISE_MEMORY: Final = 200_000
"""Bytes fed while memory is traced: tracing makes everything several times as slow."""


@dataclass(frozen=True)
class CodecSpeed:
    """One protocol's figures.

    `noise_mb_s` megabytes of random bytes a second; `invented` events and heartbeats read out of them, which
    only frames without a check can be; `frames_s` valid frames a second, and `unread` of them; `most_kb` of
    memory held at once while noise is read. Seconds are of processor time: the machine may be busy.
    """

    protocol: str
    noise_mb_s: float
    invented: int
    frames_s: float
    unread: int
    most_kb: float


def measure_panels(megabytes: float, told: Callable[[str], None] = lambda _: None) -> Iterator[CodecSpeed]:
    """The figures of one codec after the other, each fed the same seeded bytes.

    Whatever a codec raises comes out of here: it may not raise.
    """
    noise = random.Random(SEED).randbytes(int(megabytes * MEGABYTE))  # noqa: S311 - line noise, no secret
    for name in names():
        told(name)
        yield _measured(name, noise)


def _measured(name: str, noise: bytes) -> CodecSpeed:
    began = time.process_time()
    invented = sum(record.kind not in {"unparsed", "text"} for record in _read(name, noise))
    noise_s = time.process_time() - began
    count = min(_FRAMES, round(_FRAMES * len(noise) / MEGABYTE))
    frames = [event(name, n) for n in range(count)] if name in PROTOCOLS else []
    spoken = b"".join(frames)
    began = time.process_time()
    read = sum(record.kind != "unparsed" for record in _read(name, spoken))
    frames_s = time.process_time() - began
    return CodecSpeed(
        protocol=name,
        noise_mb_s=round(len(noise) / MEGABYTE / noise_s, 1),
        invented=invented,
        frames_s=round(len(frames) / frames_s),
        unread=len(frames) - read,
        most_kb=round(_memory(name, noise[:_NOISE_MEMORY]) / 1000, 1),
    )


def _read(name: str, data: bytes) -> Iterator[PanelRecord]:
    """Every record of `data`, fed in portions as a port reads them; none is kept."""
    reader = codec(name)
    for at in range(0, len(data), _READ):
        for run in reader.feed(data[at : at + _READ]):
            yield from run.records
    for run in reader.flush():
        yield from run.records


def _memory(name: str, noise: bytes) -> int:
    """The most bytes a codec and the records of one portion hold at once."""
    tracemalloc.start()
    try:
        for _ in _read(name, noise):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
