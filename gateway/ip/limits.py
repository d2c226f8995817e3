"""How much of the box its network may use, and who is using it. Pure."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class IpLimits:
    """Counts, and times in seconds.

    `idle_s` ends a connection that says nothing, `frame_s` one that begins a frame and does not end it.
    """

    connections: int = 200
    per_peer: int = 20
    idle_s: float = 600.0
    frame_s: float = 5.0
    datagrams: int = 1000
    """Waiting to be read; more are dropped, and their senders say them again."""


class Guests:
    """Who is connected. A peer is an address without its port."""

    def __init__(self, limits: IpLimits) -> None:
        self._limits = limits
        self._of_peer: Counter[str] = Counter()

    def enter(self, peer: str) -> bool:
        """Count a connection of `peer` in; false when there is no room for it."""
        full = self._of_peer.total() >= self._limits.connections
        if full or self._of_peer[peer] >= self._limits.per_peer:
            return False
        self._of_peer[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        """Count one out that was let in."""
        self._of_peer[peer] -= 1
        if not self._of_peer[peer]:
            del self._of_peer[peer]
