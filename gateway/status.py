"""How the box is, told to whoever asks: retained, with a last will of the same boot."""

from collections.abc import Callable

from bus.clock import Clock
from bus.link import Outbound, Will
from bus.messages.signal import LineTrouble
from bus.messages.status import GatewayStatus
from gateway.box import Box


class StatusBoard:
    """The problems of the box right now. `on_change` is called whenever they change."""

    def __init__(self, box: Box, clock: Clock, on_change: Callable[[], None] = lambda: None) -> None:
        self._box = box
        self._clock = clock
        self._on_change = on_change
        self._problems: dict[str, str] = {}
        self._since = clock.now()

    @property
    def problems(self) -> tuple[str, ...]:
        """Short codes, sorted: `spool_full`, `line:alarms-1:silent`."""
        return tuple(sorted(self._problems.values()))

    def storage(self, problem: str | None) -> None:
        """The spool has a problem, or has it no longer."""
        self._set("storage", problem)

    def line(self, name: str, trouble: LineTrouble | None) -> None:
        """A panel line has a trouble, or has it no longer."""
        self._set(f"line:{name}", trouble and f"line:{name}:{trouble}")

    def channel(self, name: str, trouble: str | None) -> None:
        """A radio channel has a trouble, or has it no longer."""
        self._set(f"channel:{name}", trouble and f"channel:{name}:{trouble}")

    def now(self) -> Outbound:
        """The retained status."""
        return self._status("degraded" if self._problems else "ready", self.problems)

    def stopped(self) -> Outbound:
        """The last thing said at an orderly stop."""
        self._since = self._clock.now()
        return self._status("stopped", ())

    def will(self) -> Will:
        """What the broker says for us when we vanish."""
        lost = self._status("lost", ())
        return Will(lost.topic, lost.payload)

    def _set(self, where: str, problem: str | None) -> None:
        if self._problems.get(where) == problem:
            return
        self._problems.pop(where, None)
        if problem:
            self._problems[where] = problem
        self._since = self._clock.now()
        self._on_change()

    def _status(self, state: str, problems: tuple[str, ...]) -> Outbound:
        status = GatewayStatus.model_validate(
            {
                "gateway": self._box.gateway,
                "state": state,
                "boot": self._box.boot,
                "since": self._since,
                "software": self._box.software,
                "problems": problems,
            }
        )
        return Outbound(self._box.topics.status, status.encode(), retain=True)
