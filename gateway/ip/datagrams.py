"""Datagrams on their way in: a bounded queue, because whoever sends them waits for no one."""

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

from gateway.ip.tally import Tally

_KERNEL_BYTES = 1 << 20


@dataclass(frozen=True)
class Datagram:
    """What came, and where an answer goes."""

    data: bytes
    sender: Any
    """An address as the socket has it; it is only handed back."""


class DatagramPort(asyncio.DatagramProtocol):
    """Puts datagrams into `waiting`; what finds no room is dropped, counted, and said again by its sender."""

    def __init__(self, waiting: asyncio.Queue[Datagram], tally: Tally) -> None:
        self._waiting = waiting
        self._tally = tally

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As much room in the kernel as it grants: its default overflows in a burst of 300."""
        port: socket.socket = transport.get_extra_info("socket")
        port.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KERNEL_BYTES)

    def datagram_received(self, data: bytes, addr: Any) -> None:  # noqa: ANN401 (as asyncio has it)
        """One more."""
        try:
            self._waiting.put_nowait(Datagram(data, addr))
        except asyncio.QueueFull:
            self._tally.note("datagrams_dropped")
