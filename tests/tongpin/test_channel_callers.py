"""`tongpin simulate call` makes a radio that names itself; `tongpin channel callers` reads its id."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tongpin.main import app

RUN = CliRunner()


@pytest.mark.parametrize(
    ("system", "id_", "options", "expected"),
    [
        ("mdc1200", "12AB", [], ("12AB", "ptt-id")),
        ("mdc1200", "00a1", ["--emergency"], ("00A1", "emergency")),
        ("dtmf", "12345", ["--at-end"], ("12345", "ptt-id")),
        ("ccir", "11223", [], ("11223", "ptt-id")),
        ("two-tone", "600.9/788.5", [], ("600.9/788.5", "call")),
    ],
)
def test_what_is_simulated_is_read(
    system: str, id_: str, options: list[str], expected: tuple[str, str], tmp_path: Path
) -> None:
    """The same id, as JSON and as a row."""
    path = tmp_path / "call.wav"
    made = RUN.invoke(app, ["simulate", "call", system, id_, str(path), *options])
    assert made.exit_code == 0, made.output
    as_json = RUN.invoke(app, ["channel", "callers", str(path), "--json"])
    [line] = as_json.stdout.splitlines()
    call = json.loads(line)
    assert (call["kind"], call["id"], call["meaning"]) == (system, *expected)
    assert call["at_s"] == pytest.approx(0.35 if "--at-end" in options else 0.2, abs=0.02)
    [row] = RUN.invoke(app, ["channel", "callers", str(path)]).stdout.splitlines()
    assert f"{system:<9} {expected[0]}" in row


def test_the_channels_own_settings_are_used(tmp_path: Path) -> None:
    """A system the site has switched off is not heard."""
    path, config = tmp_path / "call.wav", tmp_path / "gateway.toml"
    config.write_text(
        '[gateway]\nsite = "s"\nid = "b"\nspool = "x.db"\n'
        '[[channel]]\nid = "north"\nsource = { kind = "pyaudio", device = "USB" }\n'
        "signalling = { dtmf = false }\n",
        encoding="utf-8",
    )
    RUN.invoke(app, ["simulate", "call", "dtmf", "12345", str(path)])
    assert RUN.invoke(app, ["channel", "callers", str(path)]).stdout
    done = RUN.invoke(app, ["channel", "callers", str(path), "--config", str(config)])
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mdc1200", "12G4"], "mdc1200 12G4 is no call"),
        (["zvei1", "1234"], "zvei1 1234 is no call"),
        (["morse", "SOS"], "systems: mdc1200, dtmf, two-tone, zvei1"),
        (["dtmf", "123", "--emergency"], "dtmf has no emergency call"),
    ],
)
def test_a_call_no_radio_sends_is_refused(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    """One sentence says what is wrong and shows how it is right."""
    ran = RUN.invoke(app, ["simulate", "call", *arguments, str(tmp_path / "call.wav")])
    assert isinstance(ran.exception, Exception)
    assert sentence in str(ran.exception)


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A folder that is not there, or a name of no known format."""
    for name in ("gone/call.wav", "call.xyz"):
        ran = RUN.invoke(app, ["simulate", "call", "dtmf", "123", str(tmp_path / name)])
        assert "cannot be written" in str(ran.exception)
