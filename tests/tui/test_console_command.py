"""`tongpin console` from the outside."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bus.errors import SettingsError
from bus.settings_file import read_toml
from tongpin.commands.console import console
from tui.settings import ConsoleSettings

EXAMPLE = Path(__file__).parents[2] / "deploy" / "examples" / "console.toml"

app = typer.Typer()
app.command()(console)


def test_the_example_is_a_console_that_runs() -> None:
    """The commented example is read as it stands, and every commented key is a known one."""
    settings = read_toml(EXAMPLE, ConsoleSettings)
    assert settings.console.id == "desk-1"
    assert settings.operator.secret() is None


def test_every_commented_key_of_the_example_is_known(tmp_path: Path) -> None:
    """Taking the `#` away never makes a wrong file."""
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") if " = " in line.split("  #")[0] else line for line in text.splitlines()]
    (tmp_path / "console.toml").write_text("\n".join(lines), encoding="utf-8")
    settings = read_toml(tmp_path / "console.toml", ConsoleSettings)
    assert settings.operator.login == "zhang"
    assert settings.broker.username == settings.console.id


def test_without_a_terminal_it_says_so_in_one_sentence() -> None:
    """Into a pipe there is nothing to draw: one line on stderr, exit code 2."""
    result = CliRunner().invoke(app, ["--config", str(EXAMPLE)])
    assert result.exit_code == 2
    assert "the console draws on a terminal" in result.output
    assert result.output.count("\n") == 1


def test_an_unknown_key_is_named_with_its_nearest(tmp_path: Path) -> None:
    """A typing mistake in the settings costs a minute, not an hour."""
    path = tmp_path / "console.toml"
    path.write_text('[console]\nid = "desk-1"\nsite = "yiwu"\nlangauge = "zh"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?s)langauge.*language"):
        read_toml(path, ConsoleSettings)


def test_a_console_id_must_fit_a_topic(tmp_path: Path) -> None:
    """Ids are levels of topics, so `#` or capitals are refused here and not by the broker."""
    path = tmp_path / "console.toml"
    path.write_text('[console]\nid = "Desk #1"\nsite = "yiwu"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="id"):
        read_toml(path, ConsoleSettings)


@pytest.mark.slow
def test_a_console_whose_terminal_is_gone_without_a_hangup_ends(tmp_path: Path) -> None:
    """A terminal that was never its controlling one sends no hangup: it would read nothing for ever."""
    path = tmp_path / "console.toml"
    path.write_text('[console]\nid = "desk-1"\nsite = "yiwu"\n[broker]\nport = 1\n', encoding="utf-8")
    screen, terminal = pty.openpty()
    console_of = [sys.executable, "-m", "tongpin", "console", "--config", str(path)]
    with subprocess.Popen(
        console_of,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env=os.environ | {"TERM": "xterm-256color"},
    ) as program:
        os.close(terminal)
        os.read(screen, 1)
        os.close(screen)
        assert program.wait(60) == -signal.SIGHUP
