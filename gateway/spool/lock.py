"""One box, one spool: two would send the same rows under the same numbers."""

import fcntl
from pathlib import Path
from typing import IO

from gateway.errors import CannotStart


def lock_spool(path: Path) -> IO[bytes]:
    """A lock that lives as long as the file it returns is open, and dies with the process.

    Raises `CannotStart` when another process has it, or the folder takes no file.
    """
    lock = path.with_name(f"{path.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("ab")
    except OSError as error:
        raise CannotStart(
            f"the spool {path} cannot be kept there ({error}): name a folder of this box"
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise CannotStart(
            f"the spool {path} is in use by another box: stop it, or name another file"
        ) from error
    return file
