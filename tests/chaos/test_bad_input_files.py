"""What must not be touched, and settings that point nowhere: one sentence, its exit code, every byte kept."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.programs import box, centre
from tongpin.main import app, code_of, sentence_of

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"
CANNOT_START = 4


def of_a_later_version(path: Path) -> None:
    """What a later tongpin might leave."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE entry (x); PRAGMA user_version = 99;")


def of_another_program(path: Path) -> None:
    """A database that was never ours."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE holiday (photo); INSERT INTO holiday VALUES ('beach');")


def of_nobody(path: Path) -> None:
    """What a dying disk leaves."""
    path.write_bytes(b"\xa5" * 9000)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (of_a_later_version, "later version"),
        (of_another_program, "another program"),
        (of_nobody, "not a database"),
    ],
)
@pytest.mark.parametrize(("program", "file"), [("gateway", "spool.db"), ("intake", "journal.db")])
def test_what_is_not_ours_is_refused_and_untouched(
    program: str, file: str, spoil: Callable[[Path], None], sentence: str, tmp_path: Path
) -> None:
    """Of a later version, of another program, damaged: exit code 4, one sentence, no byte changed."""
    spoil(tmp_path / file)
    before = (tmp_path / file).read_bytes()
    box(tmp_path, 1, [tmp_path / "no-port"], scale=1)
    centre(tmp_path, 1)
    settings = tmp_path / f"{program}.toml"

    done = subprocess.run(
        [sys.executable, "-m", "tongpin", program, "--config", str(settings)],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == CANNOT_START
    assert re.fullmatch(rf"tongpin: .*{file}.*{sentence}.*\n", done.stderr), done.stderr
    assert (tmp_path / file).read_bytes() == before
    assert not list(tmp_path.glob(f"{file}-*")), "not even a log beside it"


@pytest.mark.parametrize(
    ("settings", "change", "sentence"),
    [
        (
            "gateway.toml",
            ("[broker]", '[broker]\nca_file = "/nowhere/ca.pem"'),
            "ca_file: /nowhere/ca.pem cannot be read",
        ),
        (
            "gateway.toml",
            (
                "[[line]]",
                '[[channel]]\nid = "c"\nsource = { kind = "file", path = "/nowhere.wav" }\n[[line]]',
            ),
            "path: /nowhere.wav cannot be read",
        ),
        (
            "gateway.toml",
            ("[[line]]", '[[channel]]\nid = "c"\nsource = { kind = "file", pth = "x.wav" }\n[[line]]'),
            'line 25: unknown key "channel.0.source.pth". Did you mean "path"?',
        ),
        (
            "console.toml",
            ("[operator]", '[operator]\nlogin = "li"\npassword_file = "/nowhere/li"'),
            "password_file: /nowhere/li cannot be read",
        ),
        (
            "intake.toml",
            ('"intake/sites/yiwu.toml"', '"/nowhere/site.toml"'),
            "/nowhere/site.toml: there is no",
        ),
        ("intake.toml", ('login = "li"', 'login = "zhang"'), "the login 'zhang' is given to two operators"),
        ("console.toml", ('host = "127.0.0.1"', "host = "), "line 16: this is not valid TOML"),
    ],
)
def test_check_config_names_what_a_start_would_miss(
    settings: str, change: tuple[str, str], sentence: str, tmp_path: Path
) -> None:
    """Files that are not there, keys inside a source, one login twice: found before a program runs."""
    path = tmp_path / settings
    path.write_text((EXAMPLES / settings).read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")

    error = CliRunner().invoke(app, ["check-config", str(path)]).exception
    assert isinstance(error, Exception)
    assert code_of(error) == 2
    assert sentence in sentence_of(error)
