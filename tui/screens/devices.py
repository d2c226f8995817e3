"""Boxes, lines, channels, the centre's ear, and the tones to try."""

from collections.abc import Iterable
from typing import ClassVar, get_args

from textual.binding import BindingType

from tui.keys.actions import Where
from tui.ringing import Ringing
from tui.screens.list_page import ListPage
from tui.screens.page import page_key
from tui.tones import STROKES, Tone
from tui.view.devices import device_lines
from tui.view.line import Line
from tui.view.sight import Sight


class DevicesScreen(ListPage):
    """`t` sounds every tone one after another, Enter the one under the cursor."""

    where: Where = "devices"
    name_of_it: ClassVar[str] = "devices"
    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("t", "test"),
        page_key("enter", "sound"),
    ]

    def __init__(self, ringing: Ringing) -> None:
        super().__init__()
        self._ringing = ringing
        self._sounds: Tone | None = None

    def beside(self, sight: Sight) -> str:
        """Which tone sounds now, and why a program could not play it."""
        if self._sounds is not None:
            return sight.words("devices.sounds", tone=sight.words(f"tone.{self._sounds}"))
        trouble = self._ringing.trouble
        return sight.words("devices.mute", why=trouble) if trouble else ""

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """Everything there is."""
        return device_lines(sight, width, self._ringing.player)

    def action_test(self) -> None:
        """All of them; asked for again it begins anew."""
        self._sound(*STROKES)

    def action_sound(self) -> None:
        """The one under the cursor."""
        kind, key = self.chosen
        if kind == "tone":
            self._sound(*(tone for tone in get_args(Tone) if tone == key))

    def _sound(self, *tones: Tone) -> None:
        self.run_worker(self._sounded(tones), group="devices.tones", exclusive=True, exit_on_error=False)

    async def _sounded(self, tones: tuple[Tone, ...]) -> None:
        try:
            for tone in tones:
                self._sounds = tone
                self.again()
                await self._ringing.sound(tone)
        finally:
            self._sounds = None
            self.again()
