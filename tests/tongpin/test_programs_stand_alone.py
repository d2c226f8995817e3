"""Each program starts with only the libraries of its own extra: proved by refusing all the others."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.extras import OURS, modules_beyond

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "deploy" / "examples"

pytestmark = pytest.mark.slow

_REFUSE = """
import json, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"not installed here: {name}", name=name)

REFUSED = frozenset(json.loads(sys.argv.pop(1)))
sys.meta_path.insert(0, Refuse())
"""

_TELL = """
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""

_STARTS = {
    "gateway": f"""
import tongpin.main
from bus.settings_file import read_toml
from gateway.service import Gateway
from gateway.settings import GatewaySettings
from pathlib import Path
from tongpin.process import serve
Gateway(read_toml(Path({str(EXAMPLES / "gateway.toml")!r}), GatewaySettings))
""",
    "intake": f"""
import tongpin.main
from bus.settings_file import read_toml
from intake.service import run_intake
from intake.settings import IntakeSettings
from intake.site import example_site_path, load_site
from pathlib import Path
from tongpin.process import serve
load_site(example_site_path())
run_intake(read_toml(Path({str(EXAMPLES / "intake.toml")!r}), IntakeSettings)).close()
""",
    "console": f"""
import tongpin.main
from bus.settings_file import read_toml
from pathlib import Path
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings
ConsoleApp(read_toml(Path({str(EXAMPLES / "console.toml")!r}), ConsoleSettings))
""",
}
"""What each command does up to the moment its event loop runs."""


@pytest.mark.parametrize("program", sorted(_STARTS))
def test_a_program_starts_with_the_libraries_of_its_extra_alone(program: str) -> None:
    """`pip install 'tongpin[<program>]'` is enough: nothing another program needs is ever imported."""
    loaded(_STARTS[program], refusing=modules_beyond(program))


@pytest.mark.parametrize(
    ("room", "others"),
    [
        ("gateway.service", {"intake", "tui", "tongpin"}),
        ("intake.service", {"hardware", "gateway", "tui", "tongpin"}),
        ("tui.app", {"hardware", "gateway", "intake", "tongpin"}),
        ("hardware.panels.registry", OURS - {"hardware"}),
        ("hardware.serial_line", OURS - {"hardware"}),
        ("hardware.audio.pyaudio_source", OURS - {"hardware"}),
        ("bus.link", OURS - {"bus"}),
    ],
)
def test_a_room_never_reaches_into_another(room: str, others: set[str]) -> None:
    """The import rules hold at run time too, where a deferred import would slip past the linter."""
    assert not others & loaded(f"import {room}")


@pytest.mark.parametrize(
    ("room", "engines"),
    [
        ("gateway.service", {"pyaudio", "vosk", "moonshine_voice", "textual", "cryptography", "rapidfuzz"}),
        ("intake.service", {"vosk", "moonshine_voice", "pyaudio", "serial", "textual"}),
        ("tui.app", {"numpy", "soundfile", "serial", "vosk", "moonshine_voice", "aiosqlite"}),
    ],
)
def test_starting_loads_no_engine(room: str, engines: set[str]) -> None:
    """PortAudio and the speech engines are loaded by the one file that owns each, when it is needed."""
    assert not engines & loaded(f"import {room}")


def test_help_loads_nothing_heavy() -> None:
    """A page of help comes at once, on any machine: it needs typer and nothing else of ours or others'."""
    source = "import contextlib, io, tongpin.main\nwith contextlib.redirect_stdout(io.StringIO()):\n"
    source += "    try:\n        tongpin.main.app(['--help'])\n    except SystemExit:\n        pass\n"
    heavy = {"numpy", "pydantic", "paho", "textual", "vosk", "moonshine_voice", "pypinyin", "aiosqlite"}
    assert not heavy & loaded(source)


def loaded(source: str, refusing: list[str] | None = None) -> set[str]:
    """Top-level modules in memory after `source` ran in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _REFUSE + source + _TELL, json.dumps(refusing or [])],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    names: Any = json.loads(done.stdout.splitlines()[-1])
    return set(names)
