"""A list of any length: nothing it does grows with the number of its lines, which are made when looked at."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import overload

from textual.message import Message

from tui.view.line import Line
from tui.widgets.row_list import RowList


class LazyLines(Sequence[Line]):
    """So many lines, each made by its place when it is first looked at."""

    def __init__(self, count: int, made: Callable[[int], Line]) -> None:
        self._places = range(count)
        self._made = cache(made)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        """The line at a place, or the lines of a stretch."""
        if isinstance(at, slice):
            return [self._made(place) for place in self._places[at]]
        return self._made(self._places[at])


def key_at(kind: str, at: int) -> str:
    """The key of the row at a place."""
    return f"{kind}:{at}"


def place_of(key: str | None) -> int | None:
    """The place a key tells."""
    place = (key or "").rpartition(":")[2]
    return int(place) if place.isdecimal() else None


class LongList(RowList):
    """Every line of it has a key that tells its place (`key_at`), or it is a single line without one."""

    class Looking(Message):
        """Other lines are in the window now."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The window moved, by whatever."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Looking())

    def _rows(self) -> Sequence[int]:
        return range(len(self.lines)) if self.lines and self.lines[0].key else ()

    def _index(self, key: str | None) -> int | None:
        place = place_of(key)
        return place if place is not None and place < len(self._rows()) else None
