"""Colours can be read."""

from itertools import product

import pytest
from textual.color import Color

from tui.theme import INKS, PALETTES, Palette

READABLE = 4.5
"""Contrast ratio WCAG 2 asks of text (level AA)."""


def contrast(ink: str, ground: str) -> float:
    """WCAG 2 contrast ratio."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in Color.parse(colour).normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


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
