"""Colours. Each has one meaning, and each meaning also has a word and a letter on the screen."""

from dataclasses import dataclass
from functools import cached_property

from rich.style import Style
from textual.theme import Theme
from textual.widget import Widget


@dataclass(frozen=True)
class Palette:
    """One theme. Every ink is readable (contrast at least 4.5:1) on ground, panel, title and cursor.

    The grounds are nearly grey, so that a terminal of 256 colours keeps them apart on its grey ramp.
    """

    name: str
    dark: bool
    ground: str
    panel: str
    title: str
    cursor: str
    ink: str
    dim: str
    blue: str
    """Sent: on its way to a unit."""
    cyan: str
    """Signed: the unit has it. Also: mine."""
    yellow: str
    """En route, and waiting longer than it should."""
    red: str
    """On scene, and what cannot wait."""
    green: str
    """Available."""
    violet: str
    """Reserved, held, inferred."""
    on_alarm: str
    alarm: str
    """Ground of what nobody has taken yet, and of NOT LIVE."""

    @cached_property
    def roles(self) -> dict[str, Style]:
        """Role to style. A role without ground takes that of the row it stands on."""
        inks = {name: Style(color=getattr(self, name)) for name in INKS}
        bold = {f"bold {name}": Style(color=getattr(self, name), bold=True) for name in INKS}
        return {
            **inks,
            **bold,
            "urgent": Style(color=self.on_alarm, bgcolor=self.alarm, bold=True),
            "title": Style(color=self.ink, bgcolor=self.title, bold=True),
            "title dim": Style(color=self.dim, bgcolor=self.title),
        }

    @cached_property
    def theme(self) -> Theme:
        """The same for Textual's own widgets and style sheets."""
        return Theme(
            name=self.name,
            dark=self.dark,
            primary=self.cyan,
            secondary=self.blue,
            accent=self.yellow,
            warning=self.yellow,
            error=self.red,
            success=self.green,
            foreground=self.ink,
            background=self.ground,
            surface=self.panel,
            panel=self.title,
            variables={
                "row-cursor": self.cursor,
                "dim-ink": self.dim,
                "alarm": self.alarm,
                "on-alarm": self.on_alarm,
                "input-cursor-background": self.ink,
                "input-cursor-foreground": self.ground,
                "input-selection-background": self.cursor,
            },
        )


INKS = ("ink", "dim", "blue", "cyan", "yellow", "red", "green", "violet")

NIGHT = Palette(
    name="night",
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

DAY = Palette(
    name="day",
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

PALETTES = {palette.name: palette for palette in (NIGHT, DAY)}


def palette_of(widget: Widget) -> Palette:
    """The one the console wears now."""
    return PALETTES[widget.app.theme]
