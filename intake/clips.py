"""The recordings of overs: one FLAC a file, by day, on disk before the journal speaks of it."""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from intake.errors import ClipMissing, JournalUnwritable
from intake.syncing import sync_folder


class Clips:
    """A folder of recordings. Keeping is idempotent: the same over is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: str | None = None
        """One sentence from a recording that could not be stored until the next that could."""

    def keep(self, over: str, said_at: datetime, flac: bytes) -> str:
        """Store and sync; gives the clip's name, `2026-03-01/<over>.flac`. Raises `JournalUnwritable`."""
        return self._keep(f"{said_at.astimezone(UTC):%Y-%m-%d}/{over}.flac", flac)

    def keep_unreadable(self, payload: bytes) -> str:
        """Store what nobody could read, named by its hash. Raises `JournalUnwritable`."""
        return self._keep(f"unreadable/{hashlib.sha256(payload).hexdigest()}.raw", payload)

    def _keep(self, name: str, content: bytes) -> str:
        path = self.folder / name
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_synced(path.with_suffix(".part"), content)
                path.with_suffix(".part").replace(path)
            sync_folder(path.parent)
            sync_folder(self.folder)
        except OSError as error:
            self.trouble = f"the recording {path} cannot be written: {error.strerror}"
            raise JournalUnwritable(self.trouble) from error
        self.trouble = None
        return name

    def sizes(self) -> dict[str, int]:
        """Every recording there is, by name, with its bytes. Raises `OSError`."""
        found = self.folder.glob("[0-9]*/*.flac")
        return {f"{path.parent.name}/{path.name}": path.stat().st_size for path in found}

    def remove(self, names: Iterable[str]) -> None:
        """Delete recordings, and days that have none left; one that is gone is no error. Raises `OSError`."""
        for name in names:
            path = self.folder / name
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                path.parent.rmdir()

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
