"""What waits is heard until it is claimed, but for the operator's quiet."""

from collections.abc import Sequence

from textual.app import App

from bus.clock import Clock
from bus.messages.board import AlarmRow
from tui.ringing import Ringing
from tui.tones import Tones


class Sounding:
    """Sounds in workers of the app. `waiting` is always what nobody has claimed."""

    def __init__(self, app: App[None], ringing: Ringing, clock: Clock) -> None:
        self._app = app
        self._ringing = ringing
        self._clock = clock
        self._tones = Tones()

    def sound(self, waiting: Sequence[AlarmRow]) -> None:
        """The tone that is due, if one is."""
        tone = self._tones.due(waiting, self._clock.monotonic())
        if tone is not None and self._ringing.on:
            self._app.run_worker(self._ringing.sound(tone), group="console.tone", exit_on_error=False)

    def silenced(self, waiting: Sequence[AlarmRow]) -> tuple[int, str] | None:
        """Seconds left and the reason while alarms wait without a tone, else None."""
        return self._tones.quiet(waiting, self._clock.monotonic())

    def hush_or_ring(self, waiting: Sequence[AlarmRow]) -> bool:
        """A minute of quiet, or tones again; False: quiet needs a reason now."""
        if self.silenced(waiting) is None:
            return self._tones.hush(waiting, self._clock.monotonic())
        self._tones.ring_again()
        return True

    def hush_for(self, waiting: Sequence[AlarmRow], minutes: int, why: str) -> None:
        """Quiet for longer, for a reason that stands in the header."""
        self._tones.hush_for(waiting, self._clock.monotonic(), minutes, why)
