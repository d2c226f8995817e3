"""The demo's centre: a process of its own, as at a site, with a settings file of its own."""

import secrets
import subprocess
import sys
from pathlib import Path
from typing import Self

from intake.operators import hash_password
from intake.site import example_site_path

LOGIN = "zhang"
STOP_S = 5.0

_SETTINGS = """\
[centre]
site_file = "{site}"
journal = "{folder}/journal.db"
recordings = "{folder}/recordings"

[broker]
port = {port}

[speech]
language = "{lang}"
{speech}

[[operator]]
login = "{login}"
name = "Zhang"
role = "dispatcher"
password_hash = "{password_hash}"
"""


class CentreProcess:
    """Runs from entering to leaving; leaving asks it to stop and waits for the orderly end."""

    def __init__(
        self, folder: Path, port: int, lang: str, speech: str = "", site: Path | None = None
    ) -> None:
        """`speech` is any more lines of that table, in TOML; `site` a site file, None for the example."""
        self.password = secrets.token_urlsafe(9)
        self.journal = folder / "journal.db"
        self.recordings = folder / "recordings"
        self.log = folder / "centre.log"
        self._settings = folder / "intake.toml"
        self._settings.write_text(
            _SETTINGS.format(
                site=(site or example_site_path()).absolute(),
                folder=folder.absolute(),
                port=port,
                lang=lang,
                speech=speech,
                login=LOGIN,
                password_hash=hash_password(self.password),
            ),
            encoding="utf-8",
        )
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "tongpin", "intake", "--with-parent", "--config", str(self._settings)],
                stdout=log,
                stderr=log,
                # Closes when we end, however we end; the centre never outlives its demo.
                stdin=subprocess.PIPE,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ask it to end in order; insist after a while."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.communicate(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._process = None

    @property
    def pid(self) -> int | None:
        """Of the process; None once it was stopped."""
        return self._process.pid if self._process else None

    @property
    def last_words(self) -> str:
        """The last line of its log."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return lines[-1] if lines else "it left no word"

    @property
    def running(self) -> bool:
        """Whether it is still there."""
        return self._process is not None and self._process.poll() is None
