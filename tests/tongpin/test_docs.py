"""The documentation says what the programs do: its commands run, its tables come from the code."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import soundfile
import typer
from pydantic import BaseModel

from bus.messages.verbs import ARGUMENTS
from bus.topics import Topics
from gateway.channel.silence import SilenceSettings
from gateway.channel.squelch_settings import SquelchSettings
from gateway.settings import GatewaySettings
from gateway.transmitter.settings import TransmitSettings
from hardware.audio.format import SAMPLE_RATE
from hardware.panels.registry import names as protocols
from hardware.signalling.five_tone_tables import FiveToneTable
from hardware.signalling.settings import SignallingSettings
from intake.journal import Journal
from intake.settings import IntakeSettings
from intake.site import example_site_path
from intake.site_file import SiteFile
from tests.support.pages import LETTERED, parts, renewed
from tongpin import main
from tui.settings import ConsoleSettings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "deploy" / "examples"
PAGES = sorted([*ROOT.glob("README*.md"), *DOCS.glob("*.md")])
FRAME = b"5011 181234E12001001\x14"

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TONGPIN = re.compile(r"(?:^|[ /])tongpin ([a-z][a-z-]*(?: [^|#`]*)?)")
INLINE = re.compile(r"`tongpin ([^`]+)`")
DEMO = "scripts/demo"
RUNS = (
    "decode",
    "line guess --recorded",
    "channel tune recording.wav",
    "check-config",
    "speech compare",
    "lexicon report",
    "lexicon test",
    "understand",
    "verify",
    "models list",
    "models path",
)
"""Commands that end by themselves and need nothing but the files beside them."""


def page_name(page: Path) -> str:
    """How a page is called in the test's name."""
    return page.name


def shell_lines(page: Path) -> Iterator[str]:
    """Every line of the page's shell blocks, without `$ `; `scripts/demo` hands its options on."""
    for kind, block in FENCE.findall(page.read_text(encoding="utf-8")):
        if kind in {"sh", "console"}:
            lines = (line.removeprefix("$ ").strip() for line in block.splitlines())
            yield from (line.replace(DEMO, "tongpin demo") for line in lines)


def shown_commands() -> list[str]:
    """What people are told to type after `tongpin`, in all pages, once each."""
    lines = (line for page in PAGES for line in shell_lines(page))
    blocks = {hit[1].strip() for line in lines for hit in TONGPIN.finditer(line)}
    inline = {hit for page in PAGES for hit in INLINE.findall(page.read_text(encoding="utf-8"))}
    return sorted(blocks | inline)


def runnable() -> list[str]:
    """The lines that can be run here, whole, pipes and all."""
    lines = {line for page in PAGES for line in shell_lines(page)}
    return sorted(line for line in lines if any(f"tongpin {command}" in line for command in RUNS))


@pytest.fixture
async def workshop(tmp_path: Path) -> Path:
    """A folder with every file the pages' commands name."""
    for example in EXAMPLES.glob("*.toml"):
        text = example.read_text(encoding="utf-8")
        text = text.replace('"intake/sites/yiwu.toml"', f'"{example_site_path()}"')
        (tmp_path / example.name).write_text(text, encoding="utf-8")
    (tmp_path / "site.toml").write_bytes(example_site_path().read_bytes())
    (tmp_path / "capture.bin").write_bytes(FRAME)
    soundfile.write(tmp_path / "recording.wav", np.zeros(SAMPLE_RATE, np.int16), SAMPLE_RATE)
    await (await Journal.open(tmp_path / "journal.db")).close()
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_what_the_code_writes_is_up_to_date(page: Path) -> None:
    """Tables and pictures are as the code has them; `TONGPIN_DOCS=new` writes them afresh."""
    before = page.read_text(encoding="utf-8")
    after = renewed(before)
    if os.environ.get("TONGPIN_DOCS") == "new":
        page.write_text(after, encoding="utf-8")
        before = after
    assert before == after


def test_every_written_part_is_on_a_page() -> None:
    """Both languages get keys, commands and letters; the wire page every message and verb."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in parts() if f"<!-- {name} -->\n" not in text] == []


def service_commands() -> list[str]:
    """What the shipped services start."""
    units = [unit.read_text(encoding="utf-8") for unit in sorted((ROOT / "deploy").glob("*.service"))]
    return re.findall(r"^ExecStart=\S+/tongpin (.*)$", "\n".join(units), re.MULTILINE)


@pytest.mark.parametrize("command", [*shown_commands(), *service_commands()])
def test_every_command_shown_exists_with_its_options(command: str) -> None:
    """Nobody types a command or option from a page, or starts a service, and is told there is none."""
    found: Any = typer.main.get_command(main.app)
    words = command.split()
    while words and hasattr(found, "commands"):
        found = found.commands[words.pop(0)]
    known = {option for parameter in found.params for option in parameter.opts} | {"--help"}
    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known


@pytest.mark.slow
@pytest.mark.parametrize("line", runnable())
def test_every_command_that_can_be_tried_works(line: str, workshop: Path) -> None:
    """Typed as it stands on the page, it ends with exit code 0 and says something."""
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=workshop,
        env=os.environ
        | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TONGPIN_MODELS": str(workshop)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (GatewaySettings, EXAMPLES / "gateway.toml"),
        (IntakeSettings, EXAMPLES / "intake.toml"),
        (ConsoleSettings, EXAMPLES / "console.toml"),
        (SiteFile, example_site_path()),
    ],
)
def test_every_key_is_in_the_example(model: type[BaseModel], example: Path) -> None:
    """Whoever reads the example has seen every key there is; a channel's finer ones are on the page."""
    text = example.read_text(encoding="utf-8")
    hidden = {"password"}  # for programs that start a console in their own process, never for a file
    missing = [key for key in keys_of(model) if not re.search(rf"\b{key}\b(?=\s*=)|\[{key}\b", text)]
    assert [key for key in missing if key not in hidden] == []


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    """Every key of a settings file, tables within tables included."""
    schema = model.model_json_schema(by_alias=True)
    of_channels = (SquelchSettings, SignallingSettings, FiveToneTable, SilenceSettings, TransmitSettings)
    told_elsewhere = {key for part in of_channels for key in part.model_fields}
    for table in (schema, *schema.get("$defs", {}).values()):
        yield from (key for key in table.get("properties", {}) if key not in told_elsewhere)


def test_the_wire_page_has_every_topic_and_verb() -> None:
    """A topic that exists is written down, with the names the page uses for its variable levels."""
    text = (DOCS / "wire.md").read_text(encoding="utf-8")
    site = Topics("<site>")
    box = site.gateway("<box>")
    topics = {box.status, box.health, box.signal, box.receipt, box.channel_state("<channel>")}
    topics |= {box.over_start("<channel>", "<over>"), box.over_audio("<channel>", "<over>")}
    topics |= {box.over_recording("<channel>", "<over>"), box.over_caller("<channel>", "<over>")}
    topics |= {box.tx_request("<channel>"), box.tx_inhibit("<channel>")}
    topics |= {box.tx_progress("<channel>", "<request>")}
    topics |= {box.radio_call("<channel>"), site.centre_status, site.report, site.board}
    topics |= {site.beat, site.live("<over>"), site.request("<verb>"), site.reply("<console>")}
    assert set(re.findall(r"^\| `(tongpin/\S+)`", text, re.MULTILINE)) == topics
    assert [verb for verb in ARGUMENTS if f"`{verb}`" not in text] == []


def test_every_exit_code_is_explained() -> None:
    """The technicians' table has each code the command line may end with, and no other."""
    table = (DOCS / "technicians.md").read_text(encoding="utf-8").partition("| exit code |")[2]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", table.partition("\n\n")[0], re.MULTILINE)}
    codes = {0, 1, 2, main.OWN_FAULT, 130} | {code for _, code in cast("Any", main)._CODES}
    assert told == codes


def test_every_panel_protocol_is_named() -> None:
    """The technicians' page names each protocol a line may have."""
    text = (DOCS / "technicians.md").read_text(encoding="utf-8")
    assert [name for name in protocols() if f"`{name}`" not in text] == []


def test_the_letters_explained_are_those_on_the_screen() -> None:
    """The letters of the dispatchers' pages are the letters of `letters.toml`."""
    with (ROOT / "tui" / "words" / "letters.toml").open("rb") as file:
        letters = tomllib.load(file)["letter"]
    assert {letter: letters[state] for letter, state in LETTERED.items()} == {one: one for one in LETTERED}
    assert set(letters.values()) - set(LETTERED) == {"F", "I", "L", "N", "T"}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Links between the pages, and into the tree, point at files that are there."""
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_pages_name_no_path_of_ours_that_is_gone() -> None:
    """Every `folder/file` in backticks that looks like ours exists."""
    ours = re.compile(r"`((?:bus|deploy|docs|gateway|hardware|intake|scripts|tests|tongpin|tui)/[\w./-]+)`")
    named = {hit for page in PAGES for hit in ours.findall(page.read_text(encoding="utf-8"))}
    gone = [
        path for path in sorted(named) if not (ROOT / path).exists() and not path.startswith("tongpin/v1")
    ]
    assert gone == []
