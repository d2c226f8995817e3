"""A panel line through silence, a pulled cable, a restart and kill -9."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hardware.serial_line import LineBytes, LineLost, LineOpened
from tests.support.panel_port import ACK, ALARM, END, HEARTBEAT, OTHER, Panel, panel_with, spool_at


@pytest.fixture
async def panel(tmp_path: Path) -> AsyncIterator[Panel]:
    """A panel with a port and a spool behind it."""
    async with spool_at(tmp_path / "spool.db") as spool, panel_with(spool) as made:
        yield made


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
from gateway.line.panel_line import PanelLine
from gateway.spool.spool import Spool
from gateway.spool.rows import SpoolLimits
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
async def test_killed_between_commit_and_answer_is_one_alarm(tmp_path: Path) -> None:
    """Killed (-9) after the commit, before the ACK: what the panel says again is a repeat."""
    path = tmp_path / "spool.db"
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _KILLED, str(path), (ALARM + END).hex()
    )
    await asyncio.wait_for(killed.wait(), 30)
    async with spool_at(path) as spool, panel_with(spool) as panel, panel.connected():
        assert await panel.asks(ALARM) == ACK
        assert await panel.asks(OTHER) == ACK
        first, repeat, other = await panel.signals()

    assert killed.returncode == -signal.SIGKILL
    assert (first.kind, first.boot) == ("event", "boot-0")
    assert (repeat.kind, repeat.repeat_of, repeat.boot) == ("repeat", first.id, "boot-1")
    assert (other.kind, other.seq) == ("event", 3)
