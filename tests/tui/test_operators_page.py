"""Who sits where, told by a real centre; what this console is set to, and why."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.cells import cell_len

from tests.support.broker import Mosquitto
from tests.support.centre_at_work import centre_in
from tests.tui.example_board import NOW, ago, snapshot
from tests.tui.sitting import sitting
from tui.mirror import from_snapshot
from tui.seats import Seats, SeatState
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable
from tui.view.seats import QUIET_S, Setting, seat_lines, settings_of
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words

SETTINGS = ConsoleSettings(
    console=ConsoleTable(id="desk-1", site="yiwu", theme="light"),
    operator=OperatorTable(login="zhang", password=SecretStr("never shown")),
    keys={"silence": "f11"},
)
SIGHT = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("en"), me="zhang")


def _seat(console: str, login: str, role: str, since: float, heard: float) -> SeatState:
    return SeatState(
        console=console, login=login, name=login.title(), role=role, since=ago(since), heard_at=ago(heard)
    )


SEATS = Seats(
    seats=(
        _seat("desk-1", "zhang", "dispatcher", 90, 2),
        _seat("wall", "guest", "observer", 9000, QUIET_S + 60),
    )
)


def test_every_setting_is_told_with_where_it_comes_from() -> None:
    """The file, nothing, or what was changed since the start; never a password."""
    told = list(settings_of(SETTINGS, now={"console.theme": "mono", "console.language": "en"}))
    assert Setting("console.theme", "light", "file") in told
    assert Setting("console.theme", "mono", "now") in told
    assert Setting("console.language", "en", "default") in told
    assert Setting("keys.silence", "f11", "file") in told
    assert [one.value for one in told if one.source == "now"] == ["mono"]
    assert "never shown" not in repr(told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [78, 158])
def test_every_line_fills_its_width(language: Language, width: int) -> None:
    """People with ages, a `?` at a console that asked nothing for long, and one's own marked."""
    sight = replace(SIGHT, words=Words(language))
    lines = [line.text for line in seat_lines(sight, SEATS, settings_of(SETTINGS, now={}), "desk-1", width)]
    assert {cell_len(line) for line in lines} == {width}
    assert (lines[1][0], lines[2][0]) == ("*", " ")
    assert ("?" in lines[1], "11m?" in lines[2]) == (False, True)


@pytest.mark.slow
async def test_everybody_who_signed_in_is_on_the_page(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """Two people at two consoles of a centre; the theme changed by a key shows as it is now."""
    async with centre_in(tmp_path, mosquitto.port) as centre, centre.run():
        await centre.console("wall", login="guest")
        async with sitting(centre, "zhang") as zhang:
            await zhang.pilot.press("ctrl+t", "ctrl+s")
            await zhang.sees("*desk-zhang")
            await zhang.sees(" wall ")
            assert "observer" in zhang.picture
            await zhang.pilot.press("end")
            await zhang.sees("as it is now")
            await zhang.pilot.press("escape")
            await zhang.sees("QUEUE")
