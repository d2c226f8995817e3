"""One port that panels report to over IP, by TCP and UDP: on disk first, then the answer.

    connection ─┐
    connection ─┼▶ Reader ▶ Answers ▶ LineKeeper (spool) ▶ ACK, NAK or DUH
    datagrams  ─┘

A stranger on the network gets no more than his share: so many connections, so long a silence, so long a
frame, so much nonsense. A frame whose CRC is wrong and trouble with storage are met with silence.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from functools import partial

import structlog

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.box import Box
from gateway.ip.answers import Answers
from gateway.ip.conversation import converse
from gateway.ip.datagrams import Datagram, DatagramPort
from gateway.ip.limits import Guests, IpLimits
from gateway.ip.tally import Tally
from gateway.line.keeper import LineKeeper
from gateway.line.repeats import WINDOW_S
from gateway.spool.spool import Spool
from hardware.panels.frame import MAX_FRAME, NO_REPLY
from hardware.panels.sia_dc09.cipher import Keys
from hardware.panels.sia_dc09.reader import Reader, Reading
from hardware.panels.sia_dc09.record import NAME

log = structlog.get_logger()

HEARTBEAT_S = 300.0
"""A port whose panels all are silent for three of these is reported. Ours: link tests vary."""
_LIMITS = IpLimits()
_TICK_S = 1.0
_BIND_AGAIN_S = 2.0
_READERS = 8
"""Datagrams read at a time, so that their commits share a sync of the disk."""


class IpLine:
    """Serves one port until cancelled. `on_trouble` hears of every change of the line's trouble."""

    def __init__(
        self,
        name: str,
        *,
        box: Box,
        host: str,
        port: int,
        keys: Keys,
        spool: Spool,
        clock: Clock,
        limits: IpLimits = _LIMITS,
        heartbeat_s: float = HEARTBEAT_S,
        repeat_window_s: float = WINDOW_S,
        on_trouble: Callable[[LineTrouble | None], None] = lambda _: None,
    ) -> None:
        self.name = name
        self.listening = asyncio.Event()
        self.port = port
        """Where 0 was asked for, a free one once it listens."""
        self._host = host
        self._keys = keys
        self._clock = clock
        self._limits = limits
        self._guests = Guests(limits)
        self._answers = Answers(repeat_window_s)
        self._tally = Tally(name, clock)
        self._lost: str | None = None
        self._keeper = LineKeeper(
            name,
            box=box,
            protocol=NAME,
            spool=spool,
            clock=clock,
            heartbeat_s=heartbeat_s,
            on_trouble=on_trouble,
        )

    async def run(self) -> None:
        """Listen and answer until cancelled; a port that cannot be had is tried again and again."""
        await self._keeper.recall()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._supervise(), name=f"gateway.ip_line[{self.name}].supervision")
            while True:
                try:
                    await self._serve(group)
                except OSError as error:
                    self._lost = f"cannot listen on {self._host} port {self.port}: {_in_words(error)}"
                    await asyncio.sleep(_BIND_AGAIN_S)

    async def take(self, reading: Reading) -> bytes:
        """Keep one reading; what it is answered, nothing where silence is the answer."""
        verdict = self._answers.judge(reading, self._clock.now(), self._clock.monotonic())
        self._tally.count(reading, verdict)
        if not await self._keeper.keep(reading.record, verdict.identity, alive=reading.message is not None):
            return NO_REPLY
        return verdict.written(self._clock.now())

    async def _serve(self, group: asyncio.TaskGroup) -> None:
        async with contextlib.AsyncExitStack() as stack:
            accept = partial(self._accept, group)
            server = await asyncio.start_server(accept, self._host, self.port, limit=MAX_FRAME)
            stack.callback(server.close)
            port = server.sockets[0].getsockname()[1]
            waiting: asyncio.Queue[Datagram] = asyncio.Queue(self._limits.datagrams)
            transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                lambda: DatagramPort(waiting, self._tally), local_addr=(self._host, port)
            )
            stack.callback(transport.close)
            self._lost = None
            self.port = port
            self.listening.set()
            async with asyncio.TaskGroup() as readers:
                for n in range(_READERS):
                    name = f"gateway.ip_line[{self.name}].datagrams-{n}"
                    readers.create_task(self._read_datagrams(waiting, transport), name=name)

    def _accept(
        self, group: asyncio.TaskGroup, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        peer = str((writer.get_extra_info("peername") or ["gone"])[0])
        if not self._guests.enter(peer):
            self._tally.note("connections_refused")
            writer.transport.abort()
            return
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        name = f"gateway.ip_line[{self.name}].connection[{peer}]"
        group.create_task(self._connection(reader, writer, peer), name=name)

    async def _connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: str
    ) -> None:
        try:
            ended = await converse(reader, writer, Reader(self._keys), self.take, self._limits)
            log.info("connection ended", line=self.name, peer=peer, reason=ended)
        finally:
            self._guests.leave(peer)
            writer.transport.abort()

    async def _read_datagrams(
        self, waiting: asyncio.Queue[Datagram], transport: asyncio.DatagramTransport
    ) -> None:
        while True:
            datagram = await waiting.get()
            stream = Reader(self._keys)
            for reading in (*stream.feed(datagram.data), *stream.flush()):
                if answer := await self.take(reading):
                    transport.sendto(answer, datagram.sender)
                if reading.overlong:
                    break

    async def _supervise(self) -> None:
        while True:
            await self._keeper.tick(self._lost)
            self._tally.tell()
            await asyncio.sleep(_TICK_S)


def _in_words(error: OSError) -> str:
    """The system's words; asyncio wraps them in its own."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
