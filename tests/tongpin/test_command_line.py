"""The command line from the outside: its pages of help, and one sentence for whatever is wrong."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import click
import pytest
import typer
from typer.testing import CliRunner

from tongpin.main import app, code_of, first_of

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"
PAGE = 60
"""Letters below which a page of help is none."""

root = cast("Any", typer.main.get_command(app))


def commands(group: click.Group = root, *path: str) -> list[tuple[str, ...]]:
    """Every command a person can give, as its words."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        found += commands(cast("Any", command), *path, name) if inner else [(*path, name)]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    """`--help` says what the command is for and names each option with a word about it."""
    page = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "100", "TERM": "dumb"})
    assert page.exit_code == 0
    found = root
    for word in command:
        found = found.commands[word]
    assert len(found.help or "") > PAGE
    for parameter in found.params:
        assert parameter.help or parameter.name == "help", f"{parameter.name} has no help"


def test_the_first_page_names_every_exit_code() -> None:
    """What a script around tongpin may count on stands where people look first."""
    page = " ".join(CliRunner().invoke(app, ["--help"]).stdout.replace("│", " ").split())
    told = {int(code) for code in re.findall(r"\b(\d+) [a-z]", page.partition("Exit codes:")[2])}
    assert {0, 1, 2, 3, 4, 70} <= told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "settings", "wrong", "nearest"),
    [
        ("gateway", "gateway.toml", ("[broker]", "[broker]\nprot = 1883"), "port"),
        ("gateway", "gateway.toml", ("spool =", "spol ="), "spool"),
        ("intake", "intake.toml", ("[speech]", "[speech]\nlanguge = 'en'"), "language"),
        ("console", "console.toml", ("[console]", "[console]\nthem = 'day'"), "theme"),
    ],
)
def test_an_unknown_key_costs_a_minute(
    program: str, settings: str, wrong: tuple[str, str], nearest: str, tmp_path: Path
) -> None:
    """Program and check-config name file, line, key and the nearest known one, in one line, exit code 2."""
    path = tmp_path / settings
    text = (EXAMPLES / settings).read_text(encoding="utf-8").replace(*wrong, 1)
    path.write_text(text, encoding="utf-8")
    key = wrong[1].splitlines()[-1].split()[0]
    line = 1 + next(n for n, written in enumerate(text.splitlines()) if written.startswith(key))
    for arguments in ((program, "--config", str(path)), ("check-config", str(path))):
        done = tongpin(*arguments)
        assert done.returncode == 2
        assert re.fullmatch(rf'tongpin: .*{settings}, line {line}: .*{key}".*"{nearest}".*\n', done.stderr)
        assert done.stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("gateway", "--config", "/nowhere/gateway.toml"), 2),
        (("check-config", "/nowhere/gateway.toml"), 2),
        (("verify", "/nowhere/journal.db"), 4),
        (("decode", "sur_gard"), 2),
        (("understand", "--site", "/nowhere/site.toml"), 2),
        (("models", "add", "/nowhere/model.zip"), 2),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], code: int) -> None:
    """No traceback, whatever is missing: one line on stderr that begins with our name."""
    done = tongpin(*arguments)
    assert done.returncode == code
    assert re.fullmatch(r"tongpin: .+\n", done.stderr)


def test_a_group_of_tasks_fails_with_the_sentence_of_what_ended_it() -> None:
    """People read the first cause, not `ExceptionGroup`; a fault of our own is 70."""
    cause = RuntimeError("x")
    assert first_of(ExceptionGroup("tasks", [ExceptionGroup("inner", [cause])])) is cause
    assert code_of(cause) == 70


def tongpin(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as people do, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "tongpin", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
