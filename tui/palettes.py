"""The themes a console may wear, by the name the settings and `theme` know them by."""

from textual.widget import Widget

from tui.theme import Palette

DARK = Palette(
    name="dark",
    dark=True,
    ground="#101214",
    panel="#1a1d21",
    title="#272c32",
    cursor="#363d46",
    ink="#d8dfe6",
    dim="#a3aeb9",
    blue="#82b5f5",
    cyan="#6fcfd6",
    yellow="#eebf5e",
    red="#ff8f85",
    green="#83cf94",
    violet="#c7acf2",
    on_alarm="#ffffff",
    alarm="#b3261e",
)

LIGHT = Palette(
    name="light",
    dark=False,
    ground="#eef0f2",
    panel="#f7f8f9",
    title="#dde2e7",
    cursor="#cddcec",
    ink="#1a2026",
    dim="#4b5661",
    blue="#1a4f9c",
    cyan="#00565e",
    yellow="#6b4700",
    red="#a01712",
    green="#1a5a2c",
    violet="#5c3a94",
    on_alarm="#ffffff",
    alarm="#b3261e",
)

HIGH_CONTRAST = Palette(
    name="high-contrast",
    dark=True,
    ground="#000000",
    panel="#0c0c0c",
    title="#1c1c1c",
    cursor="#333a44",
    ink="#ffffff",
    dim="#d6d6d6",
    blue="#8fc4ff",
    cyan="#6ff2ff",
    yellow="#ffe14d",
    red="#ff9d94",
    green="#7dff8f",
    violet="#e2b8ff",
    on_alarm="#ffffff",
    alarm="#b00000",
)
"""Every ink at least 5.7:1 on every ground, white on black for all that is read most."""

COLOUR_BLIND = Palette(
    name="colour-blind",
    dark=True,
    ground="#101214",
    panel="#1a1d21",
    title="#272c32",
    cursor="#363d46",
    ink="#d8dfe6",
    dim="#a3aeb9",
    blue="#7aa7ff",
    cyan="#b8f0ff",
    yellow="#f5e960",
    red="#f09040",
    green="#2fc4a0",
    violet="#e89ad6",
    on_alarm="#000000",
    alarm="#ffc400",
)
"""After Okabe and Ito (2008), lightened for a dark ground: states differ by lightness as much as by hue."""

MONO = Palette(
    name="mono",
    dark=True,
    ground="#000000",
    panel="#121212",
    title="#1c1c1c",
    cursor="#303030",
    ink="#e4e4e4",
    dim="#e4e4e4",
    blue="#e4e4e4",
    cyan="#e4e4e4",
    yellow="#e4e4e4",
    red="#e4e4e4",
    green="#e4e4e4",
    violet="#e4e4e4",
    on_alarm="#000000",
    alarm="#e4e4e4",
    mono=True,
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND, MONO)}


def palette_of(widget: Widget) -> Palette:
    """The one the console wears now."""
    return PALETTES[widget.app.theme]


def after(name: str) -> str:
    """The theme that follows `name`, the first after the last."""
    names = list(PALETTES)
    return names[(names.index(name) + 1) % len(names)]
