"""Two languages, one width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.example_board import NOW, snapshot
from tui.ages import clock_age, short_age
from tui.cells import clip, fit, fit_right, plain, wrap
from tui.keys.keymap import Keymap
from tui.mirror import from_snapshot
from tui.view import callers
from tui.view.callers import caller
from tui.view.footer import footer_pieces
from tui.view.handover import BriefLine, sentence
from tui.view.history import history_lines
from tui.view.queue import queue_lines, titles
from tui.view.radio import level_bar, radio_lines
from tui.view.sight import Sight
from tui.view.units import unit_chips, unit_lines
from tui.words import LANGUAGES, Language, Words, catalogue, fields

AMBIGUOUS = "▲●■→°±…①“”‘’·—–│─"
"""Drawn one cell wide or two, as the terminal pleases."""


def sight(language: Language) -> Sight:
    """The example board."""
    return Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")


def test_both_languages_say_everything() -> None:
    """Every key is in both catalogues."""
    assert catalogue("en").keys() == catalogue("zh").keys()


def test_both_languages_fill_the_same_places() -> None:
    """A sentence that forgets its number would be worse than none."""
    english, chinese = catalogue("en"), catalogue("zh")
    assert [key for key in english if fields(english[key]) != fields(chinese[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_fit_their_columns(language: Language) -> None:
    """A state is never cut: the column holds letter, space and word."""
    words = Words(language)
    assert [word for word in words.all("state").values() if cell_len(f"A {word}") > 12] == []
    assert [word for word in words.all("source").values() if cell_len(word) > 4] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [79, 74, 100, 159])
def test_every_line_is_exactly_as_wide_as_its_column(language: Language, width: int) -> None:
    """Wide characters shift nothing: each row of the queue and of the units fills its width."""
    board = sight(language)
    keyed = [line for line in queue_lines(board, width) if line.key]
    assert {cell_len(line.text) for line in keyed} == {width}
    assert sum(piece.cells for piece in titles(board, width)) == width
    assert {cell_len(line.text) for line in unit_lines(board, 58, 40)} == {58}
    assert all(cell_len(line.text) <= width for line in unit_chips(board, width))
    assert all(cell_len(line.text) <= width for line in radio_lines(board, width, 5))
    assert {cell_len(line.text) for line in history_lines(board, snapshot().tables.overs, width)} == {width}
    assert sum(piece.cells for piece in footer_pieces(board.words, Keymap(), width)) <= width


def test_nothing_of_ours_has_an_uncertain_width() -> None:
    """Only ASCII and characters every terminal draws alike."""
    texts = "".join([*catalogue("en").values(), *catalogue("zh").values()])
    assert [char for char in AMBIGUOUS if char in texts] == []


@given(st.text(), st.integers(0, 60))
def test_fitted_text_has_exactly_the_width_asked_for(text: str, width: int) -> None:
    """Whatever the text, a column keeps its edge."""
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit_right(text, width)) == width
    assert cell_len(clip(text, width)) <= width


@given(st.text())
def test_plain_text_cannot_command_a_terminal(text: str) -> None:
    """No control or direction character survives, and nothing is lost in silence."""
    shown = plain(text)
    assert shown.isprintable() or all(char.isprintable() or char.isspace() for char in shown)
    assert not any(ord(char) < 0x20 or ord(char) == 0x7F for char in shown)


@given(st.text(alphabet="ab 候车厅，x", max_size=80), st.integers(4, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    """Every character of a transcript is on some line, and no line is too long."""
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("seconds", "clock", "short"),
    [
        (0, "0:00", "0s"),
        (41.9, "0:41", "41s"),
        (100, "1:40", "1m"),
        (3599, "59:59", "59m"),
        (3900, "1h05", "65m"),
        (86_400, "24h00", "24h"),
        (360_000, "4d04", "4d"),
    ],
)
def test_ages_are_short_and_exact(seconds: float, clock: str, short: str) -> None:
    """An age is cut, never rounded up: nothing looks older than it is."""
    assert (clock_age(seconds), short_age(seconds)) == (clock, short)


def test_the_level_bar_is_as_wide_whatever_the_level() -> None:
    """From silence to clipping it fills from the left, and the words beside it stand still."""
    bars = [level_bar(dbfs) for dbfs in (-90, -60, -30, 0, 6)]
    assert bars == ["|        |", "|        |", "|====    |", "|========|", "|========|"]


def test_a_radio_is_its_unit_or_its_id_with_a_question_mark() -> None:
    """A key that nobody has given to a unit is never hidden behind a dash."""
    board = sight("en")
    assert [caller(board, key) for key in ("mdc1200:2003", "2003", "mdc1200:1a2b", "ccir:12345")] == [
        "T3",
        "T3",
        "mdc1200 1a2b ?",
        "ccir 12345 ?",
    ]
    assert [callers.short_caller(board, key) for key in ("mdc1200:2003", "ccir:12345")] == ["T3", "12345 ?"]
    listed = [line.text.split("  ")[0].strip() for line in callers.radio_lines(board, 118)]
    assert listed == ["mdc1200 1a2b", "mdc1200 1003", "mdc1200 2003"]


def test_what_is_not_known_is_not_named() -> None:
    """A dash says nothing to who reads it aloud: neither in a sentence nor in the brief of a shift."""
    look = sight("en")
    assert look.matter("theft", "waiting-hall-a") == "theft or pickpocket, waiting hall A"
    assert look.matter("theft", None) == "theft or pickpocket"
    assert look.matter("", "waiting-hall-a") == "waiting hall A"
    assert look.matter("", None) == "type not named"
    facts = {"priority": 2, "type": "theft", "place": None, "state": "QUEUED", "claimed_by": None}
    line = BriefLine(key="a1", kind="alarm", facts=facts | {"at": NOW.isoformat()})
    assert sentence(look, line).startswith("P2 theft: QUEUED since ")
    assert "-" not in sentence(look, line)
