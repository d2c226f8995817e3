"""The two ways a simulated panel reaches a receiver over IP. Both raise `OSError` when there is none."""

import asyncio
import socket
from typing import Final, Protocol

_MOST: Final = 4096


class Wire(Protocol):
    """Opened when something is sent."""

    async def send(self, data: bytes) -> None:
        """Send."""
        ...

    async def receive(self) -> bytes:
        """What came next; nothing when the other end hung up."""
        ...

    async def close(self) -> None:
        """Hang up; the next `send` dials anew."""
        ...


class TcpWire:
    """A connection that is kept."""

    def __init__(self, host: str, port: int) -> None:
        self._where = (host, port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, data: bytes) -> None:
        """Send."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._where)
        self._streams[1].write(data)
        await self._streams[1].drain()

    async def receive(self) -> bytes:
        """What came next."""
        return await self._streams[0].read(_MOST) if self._streams else b""

    async def close(self) -> None:
        """Hang up at once, whatever the other end does."""
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].transport.abort()
            await asyncio.sleep(0)


class UdpWire:
    """Datagrams from a port of its own."""

    def __init__(self, host: str, port: int) -> None:
        self._where = (host, port)
        self._socket: socket.socket | None = None

    async def send(self, data: bytes) -> None:
        """Send."""
        loop = asyncio.get_running_loop()
        if self._socket is None:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._socket.settimeout(0)
            await loop.sock_connect(self._socket, self._where)
        await loop.sock_sendall(self._socket, data)

    async def receive(self) -> bytes:
        """The next datagram."""
        if self._socket is None:
            return b""
        return await asyncio.get_running_loop().sock_recv(self._socket, _MOST)

    async def close(self) -> None:
        """Give the port back."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
