"""What a carrier line said, and when: asked for each moment of the sound, which is heard later."""

from collections import deque

_KEPT = 1000
"""Changes that wait for their sound; a line that chatters faster says nothing."""


class CarrierTrack:
    """Times are seconds of the monotonic clock; both changes and questions come in order."""

    def __init__(self) -> None:
        self._changes: deque[tuple[float, bool]] = deque(maxlen=_KEPT)
        self._up: bool | None = None

    def changed(self, up: bool, at: float) -> None:  # noqa: FBT001 - as the line's `OnChange` has it
        """The line went up or down."""
        self._changes.append((at, up))

    def lost(self) -> None:
        """Nobody knows any more."""
        self._changes.clear()
        self._up = None

    def at(self, moment: float) -> bool | None:
        """Whether there was a carrier then; None where no line tells."""
        while self._changes and self._changes[0][0] <= moment:
            _, self._up = self._changes.popleft()
        return self._up
