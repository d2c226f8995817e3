"""What came over a line, with its times: a text file a technician can read, mail and play again.

One JSON object a line, `{"at": 12.345, "hex": "3530…"}`; `at` is seconds from the start, to the millisecond.
"""

import json
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TextIO

from hardware.errors import UnreadableCaptureError, UnwritableCaptureError


@dataclass(frozen=True, slots=True)
class Heard:
    """Bytes, and when they were read."""

    at: float
    data: bytes


class CaptureWriter:
    """Appends to a capture; what `write` returned from is on disk, so it may be answered."""

    def __init__(self, file: TextIO, began: float) -> None:
        self._file = file
        self._began = began

    @classmethod
    @contextmanager
    def appending(cls, path: Path, began: float) -> Iterator[Self]:
        """A capture appended to `path`, closed behind the block. Raises `UnwritableCaptureError`."""
        try:
            file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise UnwritableCaptureError(f"{path} cannot be written: {error.strerror}.") from error
        try:
            yield cls(file, began)
        finally:
            # All that counts is on disk; a disk that refused some of it would refuse it here again.
            with suppress(OSError):
                file.close()

    def write(self, data: bytes, at: float) -> None:
        """`at` on the clock `began` was taken from. Raises `UnwritableCaptureError` when the disk refuses."""
        line = {"at": round(at - self._began, 3), "hex": data.hex()}
        try:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise UnwritableCaptureError(
                f"{self._file.name} cannot be written ({error.strerror}); what is not kept is not answered."
            ) from error


def read_capture(path: Path) -> Iterator[Heard]:
    """Every reading in order. Raises `UnreadableCaptureError` with file and line."""
    try:
        with path.open(encoding="utf-8") as file:
            yield from _lines(path, file)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableCaptureError(f"{path} cannot be read: {error}") from error


def _lines(path: Path, file: Iterable[str]) -> Iterator[Heard]:
    for number, line in enumerate(file, 1):
        try:
            yield _reading(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableCaptureError(
                f'{path}, line {number} is no reading like {{"at": 1.5, "hex": "0d0a"}}: {error}'
            ) from error


def _reading(said: dict[str, Any]) -> Heard:
    """Raises `ValueError`, `KeyError` or `TypeError`."""
    at = float(said["at"])
    if not 0 <= at < math.inf:
        raise ValueError(f"{at} is no time from the start")
    return Heard(at, bytes.fromhex(said["hex"]))
