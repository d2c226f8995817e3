"""The file of panels' keys: TOML, an account and its AES key in hex digits a line.

"4711" = "000102030405060708090a0b0c0d0e0f"
"*" = "..."      # every account that is not listed
"""

import re
import stat
import tomllib
from pathlib import Path

from gateway.errors import CannotStart
from hardware.panels.sia_dc09.cipher import KEY_BYTES, Keys

_TOO_OPEN = stat.S_IWGRP | stat.S_IRWXO
_KEY = re.compile(r"[0-9A-Fa-f]+")


def read_keys(path: Path | None) -> Keys:
    """The keys in the file at `path`, none without one; raises `CannotStart`, and never says a key."""
    if path is None:
        return {}
    try:
        if path.stat().st_mode & _TOO_OPEN:
            raise CannotStart(f"{path} holds secret keys and others may read or write it: chmod 640 {path}")
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CannotStart(f"{path}: the keys cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise CannotStart(f'{path}: write one line for each account, as in "4711" = "00112233..."') from None
    return {account: _key(path, account, value) for account, value in table.items()}


def _key(path: Path, account: str, value: object) -> bytes:
    if isinstance(value, str) and _KEY.fullmatch(value) and len(value) in {2 * size for size in KEY_BYTES}:
        return bytes.fromhex(value)
    raise CannotStart(f"{path}: the key of account {account} must be 32, 48 or 64 hex digits in quotes")
