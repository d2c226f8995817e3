"""What a program and all it started take of this machine, read from Linux's /proc."""

import os
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PPID, _UTIME, _STIME, _THREADS = 1, 11, 12, 17
"""Fields of /proc/PID/stat behind the name, counted from 0 (proc(5))."""


@dataclass(frozen=True, slots=True)
class Sample:
    """At the monotonic time `at`: processor seconds so far, MiB held, processes and threads.

    `resident_mb` counts a page of a file (a library, say) once, `rss_mb` once for every process that has it.
    """

    at: float
    cpu_s: float
    rss_mb: float
    resident_mb: float
    processes: int
    threads: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Of a stretch of time: percent of one core, and MiB; each with its largest sample."""

    cpu_percent: float
    cpu_percent_max: float
    rss_mb: float
    rss_mb_max: float
    resident_mb: float
    resident_mb_max: float
    processes: int
    threads: int

    def to_json(self) -> dict[str, Any]:
        """As it is."""
        return asdict(self)


def sample(pid: int) -> Sample:
    """A process and its descendants, now. Raises `ProcessLookupError` when it is not there."""
    found = _family(pid)
    if not found:
        raise ProcessLookupError(f"there is no process {pid}")
    rss, resident = _memory(found)
    return Sample(
        at=time.monotonic(),
        cpu_s=sum(int(fields[_UTIME]) + int(fields[_STIME]) for fields in found.values()) / _TICKS,
        rss_mb=rss / 1024,
        resident_mb=resident / 1024,
        processes=len(found),
        threads=sum(int(fields[_THREADS]) for fields in found.values()),
    )


def usage(samples: Sequence[Sample]) -> Usage:
    """Of at least two samples, in the order they were taken. Pure.

    Processor time is the whole stretch's; its maximum is that of a single step.
    """
    first, last = samples[0], samples[-1]
    steps = [_percent(*pair) for pair in pairwise(samples)]
    rss, resident = [each.rss_mb for each in samples], [each.resident_mb for each in samples]
    return Usage(
        cpu_percent=round(_percent(first, last), 1),
        cpu_percent_max=round(max(steps), 1),
        rss_mb=round(statistics.median(rss), 1),
        rss_mb_max=round(max(rss), 1),
        resident_mb=round(statistics.median(resident), 1),
        resident_mb_max=round(max(resident), 1),
        processes=last.processes,
        threads=last.threads,
    )


def _percent(before: Sample, after: Sample) -> float:
    return 100 * (after.cpu_s - before.cpu_s) / (after.at - before.at)


def _family(pid: int) -> dict[int, list[str]]:
    """The fields of /proc/PID/stat behind the name, of `pid` and all that descend from it."""
    everyone = {int(entry.name): fields for entry in _PROC.glob("[0-9]*") if (fields := _stat(entry))}
    family = {pid: everyone[pid]} if pid in everyone else {}
    while more := {
        each: fields
        for each, fields in everyone.items()
        if each not in family and int(fields[_PPID]) in family
    }:
        family |= more
    return family


def _stat(entry: Path) -> list[str]:
    try:
        # The name stands in parentheses and may hold spaces and more parentheses.
        return (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # ended while we looked
        return []


def _memory(pids: Iterable[int]) -> tuple[int, int]:
    """KiB resident in these processes: a page of a file counted for each of them, and counted once."""
    private, files, everything = 0, dict[str, int](), 0
    for pid in pids:
        own = _mappings(pid)
        everything += sum(resident for resident, _ in own.values())
        private += sum(anonymous for _, anonymous in own.values())
        for name, (resident, anonymous) in own.items():
            files[name] = max(files.get(name, 0), resident - anonymous)
    return everything, private + sum(files.values())


def _mappings(pid: int) -> dict[str, tuple[int, int]]:
    """What is mapped, by file, as KiB resident and how much of that is no longer the file's."""
    found: dict[str, tuple[int, int]] = {}
    name = ""
    for line in _lines(pid):
        words = line.split(maxsplit=5)
        if not words[0].endswith(":"):
            name = words[5] if len(words) > 5 else ""  # noqa: PLR2004 - the sixth column is the file
        elif words[0] in {"Rss:", "Anonymous:"}:
            resident, anonymous = found.get(name, (0, 0))
            size = int(words[1])
            more = (size, 0) if words[0] == "Rss:" else (0, size)
            found[name] = (resident + more[0], anonymous + more[1])
    return found


def _lines(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "smaps").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # ended while we looked
        return []
