"""Every radio id heard, whose it is, and when it was last heard."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from tui.screens.list_page import ListPage
from tui.screens.page import page_key
from tui.view.callers import radio_lines
from tui.view.line import Line
from tui.view.sight import Sight


class RadiosScreen(ListPage):
    """Leaves with the line that names the radio under the cursor, or with none."""

    name_of_it: ClassVar[str] = "radios"
    BINDINGS: ClassVar[list[BindingType]] = [page_key("enter", "name")]

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """One a radio."""
        return radio_lines(sight, width)

    def action_name(self) -> None:
        """The radio under the cursor is to get a unit."""
        kind, key = self.chosen
        if kind == "radio":
            self.dismiss(f"radio {key} ")
