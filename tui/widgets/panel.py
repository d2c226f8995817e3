"""A part of the screen that is drawn from one look at the board, again whenever its size changes."""

from textual.containers import Vertical

from tui.view.sight import Sight


class Panel(Vertical):
    """Subclasses draw in `paint`; `show` gives them what to draw from."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._sight: Sight | None = None

    def show(self, sight: Sight) -> None:
        """Draws this look at the board."""
        self._sight = sight
        if self.is_mounted and self.size.width:
            self.paint(sight)

    def on_resize(self) -> None:
        """Columns depend on the width."""
        if self._sight is not None:
            self.paint(self._sight)

    def paint(self, sight: Sight) -> None:
        """Draws `sight` at the present size."""
        raise NotImplementedError
