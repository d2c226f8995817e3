import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.messages.signal import PanelSignal
from gateway.box import Box
from gateway.panel_line import LineTiming, PanelLine
from gateway.spool import Spool
from gateway.spool_rows import Build, Row, SpoolLimits
from hardware.panels.registry import codec
from hardware.serial_line import LineBytes, LineEvent, LineLost, LineOpened, SerialLine, SerialSettings
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


class SlowSpool(Spool):
    """A spool whose every commit seems to take four seconds."""

    clock: TurnedClock

    async def put(self, source: str, build: Build, *, bulky: bool = False) -> tuple[Row, ...]:
        """Stored as ever, and late."""
        rows = await super().put(source, build, bulky=bulky)
        self.clock.ahead += 4
        return rows


class Panel:
    """A panel at the far end of a pseudo-terminal, whose port the line under test has open."""

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
            codec=codec("surgard"),
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


@pytest.fixture
def problems() -> list[str | None]:
    """What the spool says of itself."""
    return []


@pytest.fixture
async def spool(tmp_path: Path, problems: list[str | None]) -> AsyncIterator[Spool]:
    """An open spool."""
    made = Spool(tmp_path / "spool.db", SpoolLimits(reserve_mb=0), problems.append)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def port() -> Iterator[PseudoTerminal]:
    """A serial port."""
    with PseudoTerminal() as made:
        yield made


@pytest.fixture
async def panel(spool: Spool, port: PseudoTerminal) -> AsyncIterator[Panel]:
    """A panel with a port and a spool behind it."""
    made = Panel(spool, TurnedClock(), port)
    yield made
    asyncio.get_running_loop().remove_reader(port.fd)


async def test_a_frame_is_stored_and_then_answered(panel: Panel) -> None:
    """The ACK comes when the signal, decoded and numbered, is in the spool; heartbeats leave no row."""
    async with panel.connected():
        assert await panel.asks(ALARM) == ACK
        (stored,) = await panel.signals()

    assert stored.event is not None
    assert (stored.kind, stored.line, stored.seq) == ("event", "alarms-1", 1)
    assert (stored.event.account, stored.event.code, stored.event.user) == ("4321", "121", "007")
    assert stored.raw == ALARM.hex()


async def test_a_frame_of_several_events_is_several_signals(panel: Panel) -> None:
    """Each event is a signal of its own; all stand in the spool before the one answer."""
    async with panel.connected():
        assert await panel.asks(SEVERAL) == ACK
        stored = await panel.signals()

    assert [one.event.code for one in stored if one.event] == ["CW", "CL", "BA"]
    assert [one.seq for one in stored] == [1, 2, 3]


async def test_the_same_frame_again_is_a_repeat(panel: Panel) -> None:
    """Within the window the panel only missed our answer; after it the frame is new, and marked."""
    async with panel.connected():
        await panel.asks(ALARM)
        await panel.asks(ALARM)
        panel.clock.ahead += 41
        panel.port.write(ALARM + END)
        await panel.answer()
        first, repeat, later = await panel.signals()

    assert (repeat.kind, repeat.repeat_of) == ("repeat", first.id)
    assert (later.kind, later.maybe_repeat) == ("event", True)


async def test_copies_that_piled_up_get_one_answer(panel: Panel) -> None:
    """Four attempts read at once are one frame waiting for one ACK."""
    async with panel.connected():
        assert await panel.asks(ALARM, ALARM, ALARM, ALARM) == ACK
        kinds = [one.kind for one in await panel.signals()]

    assert kinds == ["event", "repeat", "repeat", "repeat"]


@pytest.mark.slow
async def test_a_late_answer_is_not_given(panel: Panel, tmp_path: Path) -> None:
    """What could not be stored in time is kept, but its ACK would be taken for the next frame's."""
    slow = SlowSpool(tmp_path / "slow.db", SpoolLimits(reserve_mb=0))
    slow.clock = panel.clock
    await slow.open()
    panel.spool = slow
    async with panel.connected():
        panel.port.write(ALARM + END)
        await panel.silent_for(0.5)
        (stored,) = await panel.signals()
    await slow.close()

    assert stored.kind == "event"


@pytest.mark.slow
async def test_no_storage_no_answer(panel: Panel, tmp_path: Path, problems: list[str | None]) -> None:
    """While nothing can be stored neither frames nor heartbeats are answered; then all goes on by itself."""
    async with panel.connected():
        (tmp_path / "spool.db").rename(tmp_path / "moved.db")
        (tmp_path / "spool.db").mkdir()
        for said in (ALARM, HEARTBEAT, ALARM):
            panel.port.write(said + END)
            await panel.silent_for(0.2)
        assert problems == ["spool_broken"]
        (tmp_path / "spool.db").rmdir()
        (tmp_path / "moved.db").rename(tmp_path / "spool.db")

        assert await panel.asks(ALARM) == ACK
        (stored,) = await panel.signals()

    assert problems == ["spool_broken", None]
    assert (stored.kind, stored.seq) == ("event", 1)


async def test_what_cannot_be_read_is_stored_and_answered(panel: Panel) -> None:
    """Garbage is an alarm of kind unparsed with its bytes; a run of NULs is nothing."""
    async with panel.connected():
        panel.port.write(b"\x00" * 40)
        assert await panel.asks(b"what is this") == ACK
        (stored,) = await panel.signals()

    assert (stored.kind, bytes.fromhex(stored.raw)) == ("unparsed", b"what is this")


@pytest.mark.slow
async def test_a_frame_without_end_is_kept_but_never_answered(panel: Panel) -> None:
    """After five seconds a partial frame is unparsed; the whole frame behind it counts."""
    async with panel.connected():
        panel.port.write(ALARM[:9])
        await panel.silent_for(0.2)
        panel.clock.ahead += 6
        await panel.silent_for(1.2)
        (partial,) = await panel.signals()
        assert await panel.asks(ALARM) == ACK
        _, whole = await panel.signals()

    assert (partial.kind, partial.raw) == ("unparsed", ALARM[:9].hex())
    assert whole.kind == "event"


async def test_a_silent_line_is_a_fault_and_its_first_frame_the_end_of_it(panel: Panel) -> None:
    """Fault and recovery are signals like any other, in order with the frames."""
    async with panel.connected() as line:
        panel.clock.ahead += 91
        await line.tick()
        await line.tick()
        assert await panel.asks(HEARTBEAT) == ACK
        assert await panel.asks(ALARM) == ACK
        fault, restored, event = await panel.signals()

    assert (fault.kind, fault.trouble) == ("line_fault", "silent")
    assert (restored.kind, restored.trouble) == ("line_restored", "silent")
    assert event.kind == "event"
    assert panel.troubles == ["silent", None]


class _Nowhere:
    """A wire to nowhere, which keeps what was written."""

    def __init__(self) -> None:
        self.written: list[tuple[bytes, int]] = []

    def start(self) -> None:
        """Nothing to start."""

    def write(self, data: bytes, opening: int) -> bool:
        """Keep it."""
        self.written.append((data, opening))
        return True

    def close(self) -> bool:
        """Nothing to close."""
        return True


async def test_a_lost_port_is_a_fault_and_leftovers_are_unparsed(panel: Panel) -> None:
    """What was on its way when the cable was pulled is kept; the answer goes to the port it came from."""
    line, wire, now = panel.line(), _Nowhere(), panel.clock.monotonic()
    for event in (
        LineOpened(1),
        LineBytes(ALARM[:9], now, 1),
        LineLost("unplugged"),
        LineOpened(2),
        LineBytes(ALARM + END, now, 2),
    ):
        await line.take(wire, event)
        await line.tick()

    partial, fault, restored, event_ = await panel.signals()
    assert partial.kind == "unparsed"
    assert (fault.kind, fault.trouble, fault.detail) == ("line_fault", "broken", "unplugged")
    assert restored.kind == "line_restored"
    assert event_.kind == "event"
    assert wire.written == [(ACK, 2)]


async def test_a_restarted_box_knows_the_trouble_it_told_of(panel: Panel) -> None:
    """A line that fell silent before a restart is restored after it."""
    async with panel.connected() as line:
        panel.clock.ahead += 91
        await line.tick()
    async with panel.connected():
        assert await panel.asks(HEARTBEAT) == ACK
        kinds = [one.kind for one in await panel.signals()]

    assert kinds == ["line_fault", "line_restored"]


_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from bus.clock import SystemClock
from gateway.box import Box
from gateway.panel_line import PanelLine
from gateway.spool import Spool
from gateway.spool_rows import SpoolLimits
from hardware.panels.registry import codec
from hardware.serial_line import LineBytes

class Killer:
    def start(self): ...
    def write(self, data, opening): os.kill(os.getpid(), signal.SIGKILL)
    def close(self): return True

async def main():
    spool, clock = Spool(Path(sys.argv[1]), SpoolLimits(reserve_mb=0)), SystemClock()
    await spool.open()
    line = PanelLine("alarms-1", box=Box("site", "box-1", "boot-0", "test"), codec=codec("surgard"),
                     spool=spool, clock=clock, connect=lambda _: Killer())
    await line.take(Killer(), LineBytes(bytes.fromhex(sys.argv[2]), clock.monotonic(), 1))

asyncio.run(main())
"""


@pytest.mark.slow
async def test_killed_between_commit_and_answer_is_one_alarm(tmp_path: Path, port: PseudoTerminal) -> None:
    """Killed (-9) after the commit, before the ACK: what the panel says again is a repeat."""
    path = tmp_path / "spool.db"
    sent = (ALARM + END).hex()
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", _KILLED, str(path), sent)
    await asyncio.wait_for(killed.wait(), 30)
    spool = Spool(path, SpoolLimits(reserve_mb=0))
    await spool.open()
    panel = Panel(spool, TurnedClock(), port)

    async with panel.connected():
        assert await panel.asks(ALARM) == ACK
        assert await panel.asks(OTHER) == ACK
        first, repeat, other = await panel.signals()
    await spool.close()
    asyncio.get_running_loop().remove_reader(port.fd)

    assert killed.returncode == -signal.SIGKILL
    assert (first.kind, first.boot) == ("event", "boot-0")
    assert (repeat.kind, repeat.repeat_of, repeat.boot) == ("repeat", first.id, "boot-1")
    assert (other.kind, other.seq) == ("event", 3)
