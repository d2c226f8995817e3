"""What must be on disk and not only on its way there."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Raises `OSError`."""
    # A new name is only on disk when the folder it stands in is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
