"""One table of keys, and the settings' own over it."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from bus.errors import SettingsError
from bus.settings_file import read_toml
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tui.command.parse import VERBS
from tui.keys.actions import ACTIONS, EVERYWHERE
from tui.keys.keymap import Keymap, checked
from tui.screens.help import HelpScreen, help_lines
from tui.screens.lookup import narrowed, wrapped
from tui.screens.pages import PAGES
from tui.settings import ConsoleSettings
from tui.words import LANGUAGES, Language, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_is_told_in_both_languages(language: Language) -> None:
    """Help, menu and footer are made of the table, so the table must be described."""
    words = Words(language)
    assert [action.name for action in ACTIONS if f"does.{action.name}" not in words] == []
    assert [one.name for one in ACTIONS if one.footer and f"key.{one.name}" not in words] == []


def test_every_page_that_a_key_opens_is_there() -> None:
    """A screen is one entry of each table."""
    assert [action.name for action in ACTIONS if action.opens and action.name not in PAGES] == []


def test_the_default_keys_are_free_and_each_means_one_thing() -> None:
    """What works everywhere never takes a letter, and the table passes its own test."""
    assert checked({action.name: action.key for action in EVERYWHERE})


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"slience": "f8"}, 'there is no action "slience"'),
        ({"silence": "f9"}, "f9 cannot be both silence and claim"),
        ({"silence": "s"}, 'silence = "s" cannot be'),
        ({"silence": "ctrl+i"}, 'silence = "ctrl\\+i" cannot be'),
        ({"oldest": "f12"}, 'there is no action "oldest"'),
    ],
)
def test_keys_that_cannot_be_are_refused_in_one_sentence(
    keys: dict[str, str], says: str, tmp_path: Path
) -> None:
    """An unknown action, a conflict, a letter, and a key that terminals confuse with Tab."""
    with pytest.raises(ValueError, match=says):
        checked(keys)
    lines = "\n".join(f'{name} = "{key}"' for name, key in keys.items())
    path = tmp_path / "console.toml"
    path.write_text(f'[console]\nid = "desk-1"\nsite = "yiwu"\n[keys]\n{lines}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=says) as refused:
        read_toml(path, ConsoleSettings)
    assert "\n" not in str(refused.value)


def test_two_actions_may_change_places() -> None:
    """What is given away is free for another."""
    assert checked({"silence": "F9", "claim": "f8"}) == {"silence": "f9", "claim": "f8"}


def test_keys_are_written_as_people_write_them() -> None:
    """`F12`, `Ctrl+N`, and the settings' own where there is one."""
    keymap = Keymap({"silence": "f12"})
    assert [keymap.named(name) for name in ("silence", "report", "escape")] == ["F12", "Ctrl+N", "Esc"]


def test_help_begins_with_the_keys_of_where_it_was_asked_for() -> None:
    """Whoever asks in the history is told the history's keys first."""
    lines = list(help_lines(Words("en"), Keymap(), "history"))
    assert [line.key for line in lines[1:3]] == ["key:search", "key:pull"]
    assert len([line for line in lines if line.key]) > len(ACTIONS) + len(VERBS)


def test_searching_keeps_the_headings_of_what_is_found() -> None:
    """Every word must be in the line; a heading over nothing goes."""
    lines = list(help_lines(Words("en"), Keymap(), "board"))
    found = narrowed(lines, "HOLD later")
    assert [line.key for line in found] == [None, "verb:hold"]
    assert narrowed(lines, "no such thing") == []
    assert narrowed(lines, "") == lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_help_is_cut_on_a_narrow_screen(language: Language) -> None:
    """What is too long goes on under itself, and the cursor stays on its first line."""
    lines = list(help_lines(Words(language), Keymap(), "board"))
    drawn = list(wrapped(lines, 78))
    assert all(cell_len(line.text) <= 78 for line in drawn)
    assert [line.key for line in drawn if line.key] == [line.key for line in lines if line.key]
    said = "".join("".join(line.text for line in drawn).split())
    assert all("".join(line.pieces[-1].text.split()) in said for line in lines)


@pytest.mark.slow
async def test_the_settings_keys_work_and_are_shown(mosquitto: Mosquitto) -> None:
    """The new key does it, the old one does nothing, and footer and help name the new one."""
    async with desk_at_work(mosquitto.port, keys={"claim": "f12", "help": "f9"}) as desk:
        assert "F12 Claim top" in desk.picture
        await desk.pilot.press("f9")
        await desk.until(lambda: isinstance(desk.app.screen, HelpScreen))
        await desk.type("take first")
        await desk.until(lambda: "F12" in desk.picture and "COMMANDS" not in desk.picture)
        await desk.pilot.press("f12")
        assert (await desk.centre.asked("claim")).args["alarm"] == "a1"


@pytest.mark.slow
async def test_the_menu_does_an_action_and_begins_a_command(mosquitto: Mosquitto) -> None:
    """Found by typing in the operator's language; a half-typed line is not lost."""
    async with desk_at_work(mosquitto.port, language="zh") as desk:
        await desk.type("n 1034 half")
        await desk.pilot.press("f10")
        await desk.until(lambda: "菜单" in desk.picture)
        await desk.type("派警")
        await desk.pilot.press("enter")
        await desk.until(lambda: desk.app.board.command_line.input.value == "dispatch ")
        await desk.pilot.press("up")
        assert desk.app.board.command_line.input.value == "n 1034 half"
        await desk.pilot.press("f10")
        await desk.type("英文")
        await desk.pilot.press("enter")
        await desk.until(lambda: "ALARMS 2" in desk.picture)
