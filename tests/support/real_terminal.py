"""A real terminal in a test: a console in tmux, worked with keys, read as a person sees it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from intake.settings import IntakeSettings
from tests.support.centre_at_work import site_of
from tests.support.programs import Program, comes_true
from tests.support.small_console import PASSWORD
from tui.words import Language, Words

PATIENCE_S = 20.0
"""For a machine that has much else to do; what is waited for usually comes within a second."""

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
_SHOWN_AGAIN_S = 0.5
"""A line whose meaning changed under the hand is not done but shown again."""

_WITHOUT_SIZE = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
"""A test runner's terminal is not the one in the test."""

_CONSOLE = """\
[console]
id = "desk-{login}"
site = "{site}"
language = "{language}"
bell = false
state = "{folder}/desk-{login}"
[broker]
port = {port}
[operator]
login = "{login}"
"""

_CENTRE = """\
[centre]
site_file = "{site_file}"
journal = "{journal}"
recordings = "{recordings}"
[broker]
port = {port}
[speech]
language = "{speech.language}"
{engine}models = "{folder}/models"
"""

_OPERATOR = """\
[[operator]]
login = "{login}"
name = "{name}"
role = "{role}"
password_hash = "{password_hash}"
"""
_AGENCY = """\
agency = "{agency}"
"""


def centre_program(settings: IntakeSettings, folder: Path) -> Program:
    """The centre of these settings as a process of its own."""
    file = folder / "intake.toml"
    centre = settings.centre
    tables = [
        _CENTRE.format(
            site_file=centre.site_file,
            journal=centre.journal,
            recordings=centre.recordings,
            port=settings.broker.port,
            folder=folder,
            speech=settings.speech,
            engine=f'engine = "{settings.speech.engine}"\n' if settings.speech.engine else "",
        )
    ]
    for each in settings.operator:
        table = _OPERATOR + (_AGENCY if each.agency else "")
        tables.append(table.format(**each.model_dump()))
    file.write_text("".join(tables), encoding="utf-8")
    return Program(folder / "centre.log", "intake", "--config", str(file))


class RealTerminal:
    """`tongpin console` of a centre, in a terminal of its own from entering to leaving."""

    def __init__(
        self,
        settings: IntakeSettings,
        folder: Path,
        login: str = "zhang",
        *,
        language: Language = "en",
        size: tuple[int, int] = (120, 40),
        port: int | None = None,
    ) -> None:
        self._columns, self._rows = size
        self.words = Words(language)
        self._config = folder / f"console-{login}.toml"
        self._config.write_text(
            _CONSOLE.format(
                site=site_of(settings),
                language=language,
                folder=folder,
                login=login,
                port=port or settings.broker.port,
            ),
            encoding="utf-8",
        )
        self._socket = ""

    def __enter__(self) -> Self:
        self._socket = str(Path(tempfile.mkdtemp(prefix="tongpin-tmux-")) / "s")
        command = [sys.executable, "-m", "tongpin", "console", "--config", str(self._config)]
        size = ["-x", str(self._columns), "-y", str(self._rows)]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "desk", *size, *command)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.open:
            self.hang_up()
        shutil.rmtree(Path(self._socket).parent)

    @property
    def open(self) -> bool:
        """Whether the console is still there: the terminal closes with it."""
        return self._ask("has-session", "-t", "desk").returncode == 0

    @property
    def picture(self) -> str:
        """What a person sees."""
        return self._ask("capture-pane", "-p", "-t", "desk").stdout

    def type(self, text: str) -> None:
        """Letters, as they stand."""
        self._tmux("send-keys", "-t", "desk", "-l", text)

    def press(self, *keys: str) -> None:
        """Keys, as tmux calls them: F9, Enter, C-q."""
        self._tmux("send-keys", "-t", "desk", *keys)

    def sees(self, *parts: str, within_s: float = PATIENCE_S) -> None:
        """Until the screen shows all of it; fails with the screen."""
        if not comes_true(lambda: all(part in self.picture for part in parts), within_s):
            missing = [part for part in parts if part not in self.picture]
            pytest.fail(f"the screen never showed {missing}:\n{self.picture}")

    def lacks(self, part: str) -> None:
        """Until the screen no longer shows it."""
        if not comes_true(lambda: part not in self.picture, PATIENCE_S):
            pytest.fail(f"the screen still shows {part}:\n{self.picture}")

    def comes_to(self, true: Callable[[], bool]) -> None:
        """Until something is so; fails with the screen."""
        if not comes_true(true, PATIENCE_S):
            pytest.fail(f"it never came to it:\n{self.picture}")

    def does(self, line: str, *meaning: str) -> None:
        """Type a line, read what it would do, do it, and read that it is done."""
        self.type(line)
        self.sees(self.words("line.ready").strip(), *meaning)
        self.press("Enter")
        while not comes_true(lambda: self._is_done, _SHOWN_AGAIN_S) and self._is_shown:
            self.press("Enter")  # its meaning had changed, and it was shown to be read once more
        self.done()

    @property
    def _is_done(self) -> bool:
        return self.words("line.done", what="").strip() in self.picture

    @property
    def _is_shown(self) -> bool:
        return self.words("line.ready").strip() in self.picture

    def done(self) -> None:
        """Read that the last order is done."""
        self.comes_to(lambda: self._is_done)

    def speaks_the_other(self) -> None:
        """Ctrl+L, until the screen speaks it."""
        self.words = Words("zh" if self.words.language == "en" else "en")
        self.press("C-l")
        self.sees(self.words("queue.title"))

    def leaves(self) -> None:
        """Ctrl+Q, until the console is gone."""
        self.press("C-q")
        assert comes_true(lambda: not self.open, PATIENCE_S)

    def signs_in(self, password: str = PASSWORD) -> None:
        """Answer the form, which knows the name already."""
        self.sees(self.words("signin.password"))
        self.type(password)
        self.sees("•" * len(password))
        self.press("Enter")
        self.live()

    def live(self) -> None:
        """Until the picture says that it is true now."""
        self.sees(self.words("header.link_ok", age="").strip("s "))

    def not_live(self) -> None:
        """Until the picture says that it may be old."""
        self.sees(self.words("header.not_live", age="\0").partition("\0")[0].strip())

    def hang_up(self) -> None:
        """Close the terminal without warning: the console gets SIGHUP."""
        self._tmux("kill-server")

    def kill9(self) -> None:
        """Kill the console where it stands."""
        pid = int(self._ask("display-message", "-p", "-t", "desk", "#{pane_pid}").stdout)
        os.kill(pid, signal.SIGKILL)
        assert comes_true(lambda: not self.open, PATIENCE_S)

    def _tmux(self, *arguments: str) -> None:
        done = self._ask(*arguments)
        assert done.returncode == 0, done.stderr

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-u", "-S", self._socket, *arguments],
            env={**_WITHOUT_SIZE, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
