"""Colours can be read, also by those who see fewer of them."""

from itertools import combinations, product
from typing import get_args

import pytest
from textual.color import Color
from textual.strip import Strip

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tui.palettes import COLOUR_BLIND, MONO, PALETTES, after
from tui.settings import Theme
from tui.theme import INKS, Palette
from tui.view.queue import PRIORITY_ROLES
from tui.view.states import ROLES

READABLE = 4.5
"""Contrast ratio WCAG 2 asks of text (level AA)."""

APART = 15.0
"""Distance in CIE L*a*b* that two state colours keep at least; 2 to 3 is what an eye just sees."""

_SIGHTS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),  # noqa: E501 - a matrix
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),  # noqa: E501 - as above
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),  # noqa: E501 - as above
}  # fmt: skip
"""How the three kinds of dichromats see linear RGB (Machado, Oliveira, Fernandes 2009, severity 1.0)."""

_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


def contrast(ink: str, ground: str) -> float:
    """WCAG 2 contrast ratio."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def apart(one: str, other: str, sight: Matrix) -> float:
    """How far two colours are from each other for these eyes."""
    pairs = zip(_lab(_times(sight, _rgb(one))), _lab(_times(sight, _rgb(other))), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _luminance(colour: str) -> float:
    return _times(_TO_XYZ, _rgb(colour))[1]


def _rgb(colour: str) -> Vector:
    return tuple(_linear(part) for part in Color.parse(colour).normalized)


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)


def _times(matrix: Matrix, vector: Vector) -> Vector:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _lab(rgb: Vector) -> Vector:
    seen = tuple(min(max(part, 0.0), 1.0) for part in rgb)
    x, y, z = (_curve(part / white) for part, white in zip(_times(_TO_XYZ, seen), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curve(part: float) -> float:
    return float(part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
def test_every_ink_is_readable_on_every_ground(palette: Palette) -> None:
    """At least 4.5:1 wherever a row, a title or the cursor puts it."""
    grounds = ("ground", "panel", "title", "cursor")
    poor = {
        (ink, ground): round(ratio, 2)
        for ink, ground in product(INKS, grounds)
        if (ratio := contrast(getattr(palette, ink), getattr(palette, ground))) < READABLE
    }
    assert poor == {}
    assert contrast(palette.on_alarm, palette.alarm) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
def test_every_pair_of_colours_a_role_draws_is_readable(palette: Palette) -> None:
    """A role with a ground of its own is readable on it; one without has an ink of the table above."""
    for role, style in palette.roles.items():
        if style.color is not None and style.bgcolor is not None:
            ink, ground = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
            assert contrast(ink, ground) >= READABLE, role
        elif style.color is not None:
            assert style.color.get_truecolor().hex in {getattr(palette, ink) for ink in INKS}, role


@pytest.mark.parametrize("eyes", _SIGHTS)
def test_the_colour_blind_theme_keeps_states_apart(eyes: str) -> None:
    """No two of its colours look alike to any of the three kinds of dichromats."""
    inks = [ink for ink in INKS if ink not in {"ink", "dim"}]
    near = {
        (one, other): round(distance, 1)
        for one, other in combinations(inks, 2)
        if (distance := apart(getattr(COLOUR_BLIND, one), getattr(COLOUR_BLIND, other), _SIGHTS[eyes]))
        < APART
    }
    assert near == {}


def test_every_state_has_a_role_every_theme_knows() -> None:
    """Word and letter are tested with the words; the third sign is the colour."""
    for palette in PALETTES.values():
        assert {*ROLES.values(), *PRIORITY_ROLES.values()} <= palette.roles.keys()


def test_mono_needs_no_colour_at_all() -> None:
    """What is urgent is reversed, the cursor's row underlined."""
    assert {style.color for style in MONO.roles.values()} == {None}
    assert MONO.roles["urgent"].reverse
    assert MONO.chosen.underline


def test_the_settings_know_every_theme_and_one_key_goes_round() -> None:
    """No theme is out of reach."""
    assert set(get_args(Theme)) == set(PALETTES)
    seen, name = [], "dark"
    for _ in PALETTES:
        seen.append(name)
        name = after(name)
    assert (name, set(seen)) == ("dark", set(PALETTES))


def _grounds(strip: Strip) -> set[str]:
    return {
        segment.style.bgcolor.get_truecolor().hex
        for segment in strip
        if segment.style is not None and segment.style.bgcolor is not None
    }


@pytest.mark.slow
async def test_the_theme_changes_while_running(mosquitto: Mosquitto) -> None:
    """By a key and by a command; what is on the screen and half typed stays, in other colours."""
    async with desk_at_work(mosquitto.port) as desk:
        assert _grounds(desk.app.board.rows.render_line(0)) == {
            PALETTES["dark"].cursor,
            PALETTES["dark"].alarm,
        }
        await desk.type("theme li")
        await desk.pilot.press("enter")
        await desk.until(lambda: desk.app.theme == "light")
        await desk.pilot.pause()
        assert PALETTES["light"].cursor in _grounds(desk.app.board.rows.render_line(0))
        await desk.type("d p2")
        await desk.pilot.press("ctrl+t")
        assert desk.app.theme == "high-contrast"
        assert desk.app.board.command_line.input.value == "d p2"
