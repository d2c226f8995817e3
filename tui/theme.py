"""Colours. Each has one meaning, and each meaning also has a word and a letter on the screen."""

from dataclasses import dataclass
from functools import cached_property

from rich.style import Style
from textual.theme import Theme


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
    mono: bool = False
    """Tells by bold, underline and reverse alone: nothing is lost where no colour can be seen."""

    @cached_property
    def roles(self) -> dict[str, Style]:
        """Role to style. A role without ground takes that of the row it stands on."""
        if self.mono:
            return self._mono_roles
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
    def chosen(self) -> Style:
        """Over the row under the cursor."""
        return Style(underline=True) if self.mono else Style(bgcolor=self.cursor)

    @property
    def _mono_roles(self) -> dict[str, Style]:
        return {
            **{name: Style() for name in INKS},
            **{f"bold {name}": Style(bold=True) for name in INKS},
            "urgent": Style(bold=True, reverse=True),
            "title": Style(bold=True),
            "title dim": Style(),
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
