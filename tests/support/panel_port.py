"""A panel at the far end of a pseudo-terminal, with a line of the box at the near end."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.messages.signal import PanelSignal
from gateway.box import Box
from gateway.line.panel_line import LineTiming, PanelLine
from gateway.spool.rows import SpoolLimits
from gateway.spool.spool import Spool
from hardware.panels.registry import codec
from hardware.serial_line import LineEvent, LineOpened, SerialLine, SerialSettings
from hardware.simulators.pseudo_terminal import PseudoTerminal

ACK = b"\x06"
END = b"\x14"
ALARM = b"5011 184321E12102007"
OTHER = b"5011 184321E13101005"
SEVERAL = b"S01002[#0002|Nri1/CW000/CL001/BA028]"
HEARTBEAT = b"1011           @    "
BOX = Box("site", "box-1", "boot-1", "tongpin test")


class TurnedClock(SystemClock):
    """The machine's clock, turned forward by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        """With what it was turned forward."""
        return super().monotonic() + self.ahead


class Panel:
    """A panel at the far end of a pseudo-terminal, whose port the line under test has open."""

    protocol = "surgard"

    def __init__(self, spool: Spool, clock: TurnedClock, port: PseudoTerminal) -> None:
        self.spool = spool
        self.clock = clock
        self.port = port
        self.troubles: list[str | None] = []
        self._heard: asyncio.Queue[bytes] = asyncio.Queue()
        self._opened = asyncio.Event()
        asyncio.get_running_loop().add_reader(port.fd, self._hear)

    def line(self, timing: LineTiming | None = None) -> PanelLine:
        """The line under test."""
        return PanelLine(
            "alarms-1",
            box=BOX,
            codec=codec(self.protocol),
            spool=self.spool,
            clock=self.clock,
            connect=self._connect,
            timing=timing or LineTiming(),
            on_trouble=self.troubles.append,
        )

    @contextlib.asynccontextmanager
    async def connected(self, timing: LineTiming | None = None) -> AsyncIterator[PanelLine]:
        """The line runs and has the port open."""
        line = self.line(timing)
        async with asyncio.TaskGroup() as group:
            task = group.create_task(line.run(), name="line")
            # Bytes sent before the port is open are thrown away.
            await asyncio.wait_for(self._opened.wait(), 5)
            yield line
            task.cancel()
        self._opened.clear()

    async def answer(self, within_s: float = 3) -> bytes:
        """What comes back from the box."""
        return await asyncio.wait_for(self._heard.get(), within_s)

    async def asks(self, *frames: bytes) -> bytes:
        """Say frames in one breath; the answer."""
        self.port.write(b"".join(frame + END for frame in frames))
        return await self.answer()

    async def silent_for(self, seconds: float) -> None:
        """Nothing may come back."""
        with pytest.raises(TimeoutError):
            await self.answer(seconds)

    async def signals(self) -> list[PanelSignal]:
        """What is in the spool."""
        rows = await self.spool.oldest(100, source="alarms-1")
        return [PanelSignal.decode(row.draft.payload) for row in rows]

    def _connect(self, on_event: Callable[[LineEvent], None]) -> SerialLine:
        loop = asyncio.get_running_loop()

        def tell(event: LineEvent) -> None:
            on_event(event)
            if isinstance(event, LineOpened):
                loop.call_soon_threadsafe(self._opened.set)

        return SerialLine(SerialSettings(str(self.port.path)), tell, clock=self.clock.monotonic)

    def _hear(self) -> None:
        with contextlib.suppress(OSError):
            self._heard.put_nowait(os.read(self.port.fd, 1024))


@contextlib.asynccontextmanager
async def panel_with(spool: Spool) -> AsyncIterator[Panel]:
    """A panel on a port of its own; its lines store in `spool`."""
    with PseudoTerminal() as port:
        yield Panel(spool, TurnedClock(), port)
        asyncio.get_running_loop().remove_reader(port.fd)


@contextlib.asynccontextmanager
async def spool_at(
    path: Path, on_problem: Callable[[str | None], None] = lambda _: None
) -> AsyncIterator[Spool]:
    """An open spool without a reserve."""
    spool = Spool(path, SpoolLimits(reserve_mb=0), on_problem)
    await spool.open()
    yield spool
    await spool.close()
