"""What is typed survives a killed terminal."""

import stat
from pathlib import Path

import pytest

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW
from tui.state.folder import StateFolder, state_path
from tui.state.memory import LONGEST, REMEMBERED, Memory


def memory(path: Path) -> Memory:
    """As a console that starts finds it."""
    return Memory(StateFolder(path))


def test_a_line_is_on_the_disk_as_soon_as_it_is_typed(tmp_path: Path) -> None:
    """Another console of the same desk finds it, with who typed it; an empty line is none."""
    one = memory(tmp_path)
    one.keep("n 1034 caller wa", "zhang", NOW)
    found = memory(tmp_path).draft()
    assert found is not None
    assert (found.line, found.by, found.at) == ("n 1034 caller wa", "zhang", NOW)
    one.keep("", "zhang", NOW)
    assert memory(tmp_path).draft() is None


def test_committed_lines_are_remembered_once_and_not_for_ever(tmp_path: Path) -> None:
    """The same line again moves to the end; the oldest goes."""
    one = memory(tmp_path)
    for n in range(REMEMBERED + 3):
        one.remember(f"n 1034 {n}")
    one.remember("n 1034 7")
    past = memory(tmp_path).past
    assert (len(past), past[-1], past.count("n 1034 7")) == (REMEMBERED, "n 1034 7", 1)


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    """Lines hold what people said: 0700 and 0600, also where the folder was wider before."""
    folder = tmp_path / "desk-1"
    folder.mkdir(mode=0o755)
    one = memory(folder)
    one.keep("x", "zhang", NOW)
    one.remember("x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_folder_is_the_settings_or_xdgs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In this order; a relative XDG path counts as none."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_path("desk-1", None) == tmp_path / "tongpin" / "desk-1"
    assert state_path("desk-1", Path("here")) == Path("here")
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", "/home/zhang")
    assert state_path("desk-1", None) == Path("/home/zhang/.local/state/tongpin/desk-1")


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"line": 3}', "\x00"])
def test_a_broken_draft_is_none(broken: str, tmp_path: Path) -> None:
    """Half a file, or somebody else's, stops no console."""
    (tmp_path / "draft.json").write_text(broken, encoding="utf-8")
    (tmp_path / "lines").write_bytes(b"\xff\xfe")
    assert memory(tmp_path).draft() is None
    assert memory(tmp_path).past == []


def test_what_is_put_back_cannot_command_the_terminal(tmp_path: Path) -> None:
    """Somebody may have written the file: escapes, cut."""
    memory(tmp_path).keep("n 1034 \x1b[2J" + "x" * 3 * LONGEST, "zhang", NOW)
    found = memory(tmp_path).draft()
    assert found is not None
    assert found.line.startswith("n 1034 \\x1b[2J")
    assert len(found.line) == LONGEST


def test_a_disk_that_refuses_is_told_once(tmp_path: Path) -> None:
    """The console works on without keeping."""
    (tmp_path / "file").write_text("")
    one = memory(tmp_path / "file" / "folder")
    one.keep("a", "zhang", NOW)
    assert "Not a directory" in one.trouble
    one.trouble = ""
    one.keep("b", "zhang", NOW)
    assert one.trouble == ""


@pytest.mark.slow
async def test_a_half_typed_line_is_there_at_the_next_start(mosquitto: Mosquitto) -> None:
    """It is marked and has the keys, the first Enter only shows it; Up brings back what was committed."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("n 1034 first")
        await desk.pilot.press("enter")
        await desk.centre.asked("note")
        await desk.type("n 1034 half")
    async with desk_at_work(mosquitto.port) as desk:
        await desk.says("TYPED BEFORE THE CONSOLE ENDED, read it. Enter: note on 1034")
        field = desk.app.board.command_line.input
        assert field.value == "n 1034 half"
        await desk.pilot.press("enter")
        await desk.until(lambda: desk.app.board.command_line.said.startswith("Enter: note on 1034"))
        assert "note" not in [verb for verb, _ in desk.centre.requests]
        await desk.pilot.press("up")
        assert field.value == "n 1034 first"


@pytest.mark.slow
async def test_earlier_lines_are_searched(mosquitto: Mosquitto, state_home: Path) -> None:
    """Ctrl+R brings the newest line that holds what was typed, again the one before it."""
    kept = memory(state_home / "tongpin" / "desk-1")
    for line in ("d p1 1034", "n 1034 red jacket", "close 1035", "n 1031 red smoke"):
        kept.remember(line)
    async with desk_at_work(mosquitto.port) as desk:
        field = desk.app.board.command_line.input
        await desk.type("red")
        for found in ("n 1031 red smoke", "n 1034 red jacket", "n 1034 red jacket"):
            await desk.pilot.press("ctrl+r")
            assert field.value == found


@pytest.mark.slow
async def test_tab_completes_what_is_shown_beside_the_line(mosquitto: Mosquitto) -> None:
    """The names stand there while the operator types."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("new theft u")
        await desk.until(lambda: desk.app.board.command_line.follows == "underground parking")
        await desk.pilot.press("tab")
        await desk.says("open an incident: theft or pickpocket, underground parking")
        assert desk.app.board.command_line.input.value == "new theft underground parking "
