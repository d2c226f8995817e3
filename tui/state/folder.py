"""A folder of small files that only its owner can read, each written whole or not at all."""

import os
from pathlib import Path

_OWNER_FOLDER, _OWNER_FILE = 0o700, 0o600


class StateFolder:
    """Made when the first file is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> str:
        """A file's text, empty when there is none. Raises `OSError`, `UnicodeError`."""
        try:
            return (self.path / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def write(self, name: str, text: str) -> None:
        """Puts `text` in the file's place; killed meanwhile, the old one stays. Raises `OSError`."""
        self.path.mkdir(parents=True, exist_ok=True, mode=_OWNER_FOLDER)
        self.path.chmod(_OWNER_FOLDER)
        fresh = self.path / f"{name}.new"
        fresh.touch(mode=_OWNER_FILE)
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.path / name)


def state_path(console: str, chosen: Path | None) -> Path:
    """`chosen`, else `$XDG_STATE_HOME/tongpin/<console>`; a relative XDG path counts as none."""
    if chosen is not None:
        return chosen
    home = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (home if home.is_absolute() else Path.home() / ".local/state") / "tongpin" / console
