"""Each screen in both languages, three sizes and every theme: text, what its colours mean, readable.

A change of a screen is a change of its file in `snapshots/`; `TONGPIN_SNAPSHOTS=new` writes them afresh.
The guides show some of them: `TONGPIN_DOCS=new` with `tests/tongpin/test_docs.py` takes them over.
"""

import os
import string
import time
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import DeskAtWork
from tests.tui.test_theme import READABLE, contrast
from tests.tui.tour import STOPS, drawn, stop_at, touring
from tui.palettes import DARK, MONO, PALETTES
from tui.screens.operators import OperatorsScreen
from tui.words import LANGUAGES, Language

HERE = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (120, 40), (250, 70))

ROLES = {
    getattr(PALETTES["dark"], name): name
    for name in (
        *("on_alarm", "alarm", "cursor", "title", "panel", "ground", "violet"),
        *("green", "red", "yellow", "cyan", "blue", "dim", "ink"),
    )
}
"""What a colour of the dark theme means: others have theirs of the same name, mono its ink or ground."""

Drawn = list[list[tuple[str, str, str]]]
"""Lines of stretches: text, and the colours of ink and ground."""

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_is_as_it_was_and_readable(
    mosquitto: Mosquitto, language: Language, size: tuple[int, int]
) -> None:
    """The words, each line's width, what its colours mean; the same in each theme, whose contrast will do."""
    changed = list[str]()
    async with touring(mosquitto.port, language, size) as desk:
        for stop in STOPS:
            desk.app.theme = DARK.name
            await stop_at(desk, stop)
            lines = list(drawn(desk))
            assert [cell_len(_text(line)) for line in lines] == [size[0]] * size[1], stop.name
            assert _uncertain(lines) == set(), stop.name
            if not _same(HERE / f"{stop.name}-{language}-{size[0]}x{size[1]}.txt", _snapshot(lines)):
                changed.append(stop.name)
            _tell_one_theme(desk)
            for theme in PALETTES:
                desk.app.theme = theme
                await desk.pilot.pause()
                _look_at_theme(theme, _coloured(lines), _coloured(drawn(desk)), stop.name)
    assert changed == []


def _tell_one_theme(desk: DeskAtWork) -> None:
    """The page of settings names the theme, and that alone changes with it."""
    if isinstance(desk.app.screen, OperatorsScreen):
        told = desk.app.as_now
        desk.app.screen._as_now = lambda: told


def _look_at_theme(theme: str, dark: Drawn, shown: Drawn, screen: str) -> None:
    """It is readable, and the dark theme's picture in its own colours; mono has one ink."""
    meant = _in_theme(dark, theme)
    assert _unreadable(shown) == set(), (screen, theme)
    assert list(map(_words, shown)) == list(map(_words, meant)), (screen, theme)
    assert theme == MONO.name or shown == meant, (screen, theme)


def _text(line: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in line)


def _uncertain(lines: Iterable[list[Segment]]) -> set[str]:
    """Characters that terminals draw in one cell or in two."""
    return {char for line in lines for char in _text(line) if unicodedata.east_asian_width(char) == "A"}


def _coloured(lines: Iterable[list[Segment]]) -> Drawn:
    return [[_stretch(part) for part in line] for line in lines]


def _words(line: list[tuple[str, str, str]]) -> str:
    return "".join(text for text, _, _ in line)


def _stretch(part: Segment) -> tuple[str, str, str]:
    """Of blanks the ink is not seen: it counts as their ground."""
    ink, ground = _colours(part.style or Style())
    return part.text, ink if part.text.strip() else ground, ground


def _in_theme(lines: Drawn, theme: str) -> Drawn:
    """What the dark theme drew, as another draws it. A colour that no theme names is an error."""
    colours = {colour: getattr(PALETTES[theme], name) for colour, name in ROLES.items()}
    return [[(text, colours[ink], colours[ground]) for text, ink, ground in line] for line in lines]


def _unreadable(lines: Drawn) -> set[tuple[str, str, str]]:
    """Ink, ground and an example of every pair that has too little contrast."""
    pairs = {(ink, ground): text for line in lines for text, ink, ground in line if text.strip()}
    return {(*pair, text.strip()[:20]) for pair, text in pairs.items() if contrast(*pair) < READABLE}


def _colours(style: Style) -> tuple[str, str]:
    ink = style.color.get_truecolor().hex if style.color else "#000000"
    ground = style.bgcolor.get_truecolor().hex if style.bgcolor else "#000000"
    return (ground, ink) if style.reverse else (ink, ground)


def _snapshot(lines: list[list[Segment]]) -> str:
    """The text; then each line's colours as runs of letters, and what each letter means."""
    letters: dict[str, str] = {}
    runs = [_runs(line, letters) for line in lines]
    text = [_text(line).rstrip() for line in lines]
    legend = [f"{letter} {meaning}" for meaning, letter in letters.items()]
    return "\n".join((*text, "", *runs, "", *legend)) + "\n"


def _runs(line: list[Segment], letters: dict[str, str]) -> str:
    told = []
    for meaning, same in groupby(line, key=lambda segment: _meaning(segment.style or Style())):
        letter = letters.setdefault(meaning, (string.ascii_letters + string.digits)[len(letters)])
        told.append(f"{letter}{sum(cell_len(segment.text) for segment in same)}")
    return " ".join(told)


def _meaning(style: Style) -> str:
    ink, ground = (ROLES.get(colour, colour) for colour in _colours(style))
    marks = (mark for mark in ("bold", "underline", "reverse") if getattr(style, mark))
    return " ".join((*marks, ink, "on", ground))


def _same(path: Path, now: str) -> bool:
    if os.environ.get("TONGPIN_SNAPSHOTS") == "new":
        path.write_text(now, encoding="utf-8")
    return path.exists() and path.read_text(encoding="utf-8") == now
