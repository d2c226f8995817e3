"""What every carrier line promises, whatever wire it comes over.

A radio that says itself whether it hears somebody is better evidence than anything that can be told from its
sound: it costs 40 ms of debounce where the level costs 60, and hiss does not move it.
"""

from collections.abc import Callable
from typing import Protocol

from hardware.errors import HardwareError

OnChange = Callable[[bool, float], None]
"""Whether there is a carrier, and since which second of the monotonic clock."""

OnLost = Callable[[HardwareError], None]


class CarrierLine(Protocol):
    """One wire that is up while the radio hears a carrier; as it is on the wire, not debounced.

    Callbacks run on the line's own thread, must only hand over, and must not raise.
    """

    def start(self, on_change: OnChange, on_lost: OnLost) -> None:
        """Begin to watch.

        The first `on_change` tells how the line is at the start, each later one that it changed.
        `on_lost` is called at most once, after the last change, and never because of `close`.
        Raises `CarrierError` when the device cannot be opened.
        """
        ...

    def close(self) -> None:
        """Stop watching and free the device; no callback runs after it. Safe to call twice.

        A closed line is not started again; open another.
        """
        ...
