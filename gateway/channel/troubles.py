"""What is wrong with a channel: several things may be, one is told, the worst."""

from collections.abc import Callable
from typing import Final, Literal

Trouble = Literal["broken", "unstored", "stuck", "silent", "carrier"]
_WORST_FIRST: Final[tuple[Trouble, ...]] = ("broken", "unstored", "stuck", "silent", "carrier")


class ChannelTroubles:
    """`on_change` hears the worst trouble, or None, whenever that is another one."""

    def __init__(self, on_change: Callable[[Trouble | None], None]) -> None:
        self._on_change = on_change
        self._now: set[Trouble] = set()

    @property
    def worst(self) -> Trouble | None:
        """Of those there are."""
        return next((each for each in _WORST_FIRST if each in self._now), None)

    def came(self, trouble: Trouble) -> None:
        """There is this trouble."""
        self._change(self._now | {trouble})

    def went(self, *troubles: Trouble) -> None:
        """There are none of these any more."""
        self._change(self._now - set(troubles))

    def _change(self, now: set[Trouble]) -> None:
        before, self._now = self.worst, now
        if before != self.worst:
            self._on_change(self.worst)
