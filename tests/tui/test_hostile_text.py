"""Text from the field is shown, never obeyed: markup, escapes, endless lines, both directions."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from rich.cells import cell_len

from bus.messages.board import Snapshot
from tests.support.broker import Mosquitto
from tests.tui.example_board import NOW
from tests.tui.test_devices_page import CENTRE, HEALTH
from tests.tui.test_operators_page import SEATS, SETTINGS
from tests.tui.tour import STOPS, answers, drawn, evening, stop_at, touring
from tui.mirror import from_snapshot
from tui.plain.lines import board_lines, event_line, over_line
from tui.plain.machine import json_line
from tui.rounds import Coverage
from tui.view.callers import radio_lines as known_radios
from tui.view.detail import fact_lines
from tui.view.devices import device_lines
from tui.view.handover import BriefLine, brief_lines
from tui.view.header import Desk, Freshness, header_pieces
from tui.view.history import history_lines
from tui.view.line import Line
from tui.view.patrol import patrol_lines
from tui.view.queue import queue_lines
from tui.view.radio import radio_lines
from tui.view.roster import roster_lines
from tui.view.seats import seat_lines, settings_of
from tui.view.sight import Sight
from tui.view.timeline import timeline_lines
from tui.view.units import unit_chips, unit_lines
from tui.words import LANGUAGES, Language, Words

MARKUP = "[bold red]fire[/] [link=file:///etc]x[/link] [@click=app.exit]y[/]"
NASTY = (
    MARKUP,
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "\x9b31m\x90q\x9c",
    "\u202eevil\u202c \u2066hidden\u2069 \u200f",
    "سيارة مشبوهة عند البوابة 12",
    "候车厅" * 400,
    "a" * 5000,
    "e\u0301" * 300,
    "👨‍👩‍👧 🏴‍☠️ ﷽ Ｆ１",
    "one\ntwo\r\nthree\tfour\u2028five\x00",
    "{0} {name} %s $(reboot) `id`",
)
"""What somebody would send who means harm, and what nobody means harm by."""

TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))

_FREE = {"text", "text_zh", "words", "raw", "summary", "reason", "detail", "comment", "quote", "note"}
"""Fields that hold whatever somebody said, typed or sent."""

_OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of characters that a terminal may obey."""


_CUT_WHEN_DRAWN = ("line:", "check:", "radio:")
"""Lists whose last column the widget cuts."""


def hostile(value: Any, text: str, field: str = "") -> Any:  # noqa: ANN401 - rows hold values of every kind
    """The same with `text` in every field that holds words or names from outside."""
    if isinstance(value, BaseModel):
        changed = {name: hostile(getattr(value, name), text, name) for name in type(value).model_fields}
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return tuple(hostile(one, text, field) for one in value)
    if isinstance(value, dict):
        return {key: hostile(one, text, str(key)) for key, one in value.items()}
    return text if isinstance(value, str) and field in _FREE else value


def board(text: str) -> Snapshot:
    """An evening on which everybody says `text`, and every name of the site is it."""
    calm = evening()
    tables = hostile(calm.tables, text)
    first = tables.alarms[0].model_copy(update={"claimed_by": text, "state": "CLAIMED", "account": text})
    names = {
        name: _renamed(getattr(calm.names, name), text) for name in ("places", "types", "units", "teams")
    }
    return calm.model_copy(
        update={
            "tables": tables.model_copy(update={"alarms": (first, *tables.alarms[1:])}),
            "names": calm.names.model_copy(update={**names, "site": {"en": text, "zh": text}}),
        }
    )


def _renamed(names: dict[str, dict[str, str]], text: str) -> dict[str, dict[str, str]]:
    return {key: dict.fromkeys(called, text) for key, called in names.items()}


def everything(sight: Sight, text: str, width: int) -> Iterator[Line]:
    """Every line of every screen."""
    mirror = sight.mirror
    yield from queue_lines(sight, width)
    yield from (*unit_lines(sight, width, 40), *unit_chips(sight, width), *radio_lines(sight, width, 5))
    yield from (*roster_lines(sight, width, "team"), *known_radios(sight, width))
    yield from history_lines(sight, mirror.overs.values(), width)
    yield from device_lines(sight, width, text)
    for key in ("alarm:a1", "alarm:a2", "incident:i1", "incident:i2", "unit:P1"):
        yield from (*fact_lines(sight, key, width), *timeline_lines(sight, key, width))
    yield from asked(sight, text, width)
    fresh, desk = Freshness(0.2, problems=(text,)), Desk("desk-1", text, (9, text))
    yield Line("header", header_pieces(sight, fresh, desk, sight.words, NOW, width))


def asked(sight: Sight, text: str, width: int) -> Iterator[Line]:
    """Of the pages that ask the centre."""
    told = answers()
    brief = [{**one, "facts": {**one["facts"], "text": text}} for one in told["brief"]["lines"]]
    row = next(iter(sight.mirror.handovers.values()))
    yield from brief_lines(sight, row, [BriefLine.model_validate(one) for one in brief], width)
    yield from patrol_lines(sight, Coverage.model_validate(told["patrol"]), width)
    people = tuple(one.model_copy(update={"name": text, "login": text}) for one in SEATS.seats)
    now = settings_of(SETTINGS, now={"console.player": text})
    yield from seat_lines(sight, SEATS.model_copy(update={"seats": people}), now, "desk-1", width)


def looked(text: str, language: Language) -> Sight:
    """The board of it."""
    centre = CENTRE.model_copy(update={"problems": (text,), "software": text})
    return Sight(
        mirror=from_snapshot(board(text)),
        now=NOW,
        words=Words(language),
        me="zhang",
        health={"box-1": HEALTH},
        centre=centre,
    )


@given(TEXT, st.sampled_from(LANGUAGES), st.sampled_from([78, 118]))
@settings(max_examples=25, deadline=None)
def test_no_line_of_any_screen_can_be_widened_or_obeyed(text: str, language: Language, width: int) -> None:
    """Whatever is said: nothing a terminal would obey, no line wider than the screen."""
    for line in everything(looked(text, language), text, width):
        assert not any(unicodedata.category(char) in _OBEYED for char in line.text), line.text
        assert cell_len(line.text) <= width or (line.key or "").startswith(_CUT_WHEN_DRAWN), line.text


@given(TEXT, st.sampled_from(LANGUAGES))
@settings(max_examples=25, deadline=None)
def test_lines_without_a_screen_stay_lines(text: str, language: Language) -> None:
    """`--plain` and `watch`: one row is one line, with nothing in it to obey; an alarm cannot be faked."""
    sight = looked(text, language)
    told = [one.text for one in board_lines(sight)]
    told += [over_line(sight, row) for row in sight.mirror.overs.values()]
    told += [event_line(sight, row) for row in sight.mirror.timeline.values()]
    for line in told:
        assert not any(unicodedata.category(char) in _OBEYED for char in line), line


@given(TEXT)
@settings(deadline=None)
def test_json_for_machines_holds_the_text_and_nothing_to_obey(text: str) -> None:
    """`watch --json` on a terminal: read back it is what was said, letter by letter."""
    line = json_line({"text": text, "候车厅": [text]})
    assert json.loads(line) == {"text": text, "候车厅": [text]}
    assert not any(unicodedata.category(char) in _OBEYED for char in line)
    assert "候车厅" in line


@pytest.mark.slow
@pytest.mark.parametrize("text", [NASTY[0], "".join(NASTY[1:5]), NASTY[5] + NASTY[6]])
async def test_every_screen_stands_as_it_was(mosquitto: Mosquitto, text: str) -> None:
    """At a real console: every line as wide as the screen, markup to be read, the keys still one's own."""
    async with touring(mosquitto.port, "en", (100, 30), board=board(text)) as desk:
        for stop in STOPS:
            await stop_at(desk, stop)
            for line in ("".join(segment.text for segment in line) for line in drawn(desk)):
                assert cell_len(line) == 100, (stop.name, line)
                assert not any(unicodedata.category(char) in _OBEYED for char in line), (stop.name, line)
        desk.app.action_board()
        await desk.until(lambda: desk.app.board.is_current)
        await desk.pilot.pause(0.15)
        assert (text == MARKUP) == ("[bold red]fire[/]" in desk.picture)
        desk.app.board.rows.go_to("incident:i1")
        await desk.type("n 1034 still here")
        await desk.until(lambda: desk.app.board.command_line.input.value == "n 1034 still here")
        assert desk.app.board.rows.key == "incident:i1"
