"""The recordings of overs: one FLAC a file, by day, on disk before the journal speaks of it."""

import os
from datetime import datetime
from pathlib import Path

from intake.errors import ClipMissing, JournalUnwritable


class Clips:
    """A folder of recordings. `keep` is idempotent: the same over is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, over: str, said_at: datetime, flac: bytes) -> str:
        """Store and sync; gives the clip's name, `2026-03-01/<over>.flac`. Raises `JournalUnwritable`."""
        name = f"{said_at:%Y-%m-%d}/{over}.flac"
        path = self.folder / name
        if path.exists():
            return name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(path.with_suffix(".part"), flac)
            path.with_suffix(".part").replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise JournalUnwritable(f"the recording {path} cannot be written: {error.strerror}") from error
        return name

    def read(self, name: str) -> bytes:
        """The FLAC bytes. Raises `ClipMissing`."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise ClipMissing(
                f"the recording {self.folder / name} cannot be read: {error.strerror}"
            ) from error


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # A rename is only on disk when its folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
