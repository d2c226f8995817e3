"""A line whose panel neither waits nor keeps anything: it is asked, and nothing becomes an alarm twice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bus.messages.signal import PanelSignal
from gateway.line.panel_line import LineTiming, PanelLine
from gateway.spool.spool import Spool
from hardware.panels.dsc_it100 import encode as it100
from hardware.panels.nx584 import encode as nx584
from hardware.panels.registry import codec
from hardware.serial_line import LineBytes, LineEvent, LineLost, LineOpened, SerialLine, SerialSettings
from hardware.simulators.asked_panel import AskedPanel
from tests.support.panel_port import BOX, TurnedClock, spool_at

TIMEOUT_S = 5.0
IN_ALARM = it100.line("654", "2")
DISARMED = it100.line("655", "2")


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """An open spool."""
    async with spool_at(tmp_path / "spool.db") as opened:
        yield opened


class _Wire:
    """A wire to nowhere, which keeps what was written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def start(self) -> None:
        """Nothing to start."""

    def write(self, data: bytes, opening: int) -> bool:
        """Keep it."""
        self.written.append(data)
        return opening > 0

    def close(self) -> bool:
        """Nothing to close."""
        return True


class _It100:
    """An IT-100's line, driven event by event."""

    def __init__(self, spool: Spool) -> None:
        self.clock = TurnedClock()
        self.wire = _Wire()
        self.troubles: list[str | None] = []
        self.line = PanelLine(
            "alarms-1",
            box=BOX,
            codec=codec("dsc_it100"),
            spool=spool,
            clock=self.clock,
            connect=lambda _: self.wire,
            on_trouble=self.troubles.append,
        )

    async def take(self, event: LineEvent) -> None:
        """One event of the port, and what the line makes of it."""
        await self.line.take(self.wire, event)
        await self.pass_time(0)

    async def says(self, *frames: bytes) -> None:
        """The module says something."""
        await self.take(LineBytes(b"".join(frames), self.clock.monotonic(), 1))

    async def pass_time(self, seconds: float) -> None:
        """Time passes."""
        self.clock.ahead += seconds
        await self.line.tick()
        self.line.ask(self.wire)


async def _signals(spool: Spool) -> list[PanelSignal]:
    rows = await spool.oldest(100, source="alarms-1")
    return [PanelSignal.decode(row.draft.payload) for row in rows]


async def _kinds(spool: Spool) -> list[str]:
    return [signal.kind for signal in await _signals(spool)]


async def test_state_is_asked_for_after_every_opening(spool: Spool) -> None:
    """001 goes out once the port is open, again after a replug, and 000 into half a minute's silence."""
    module = _It100(spool)
    await module.take(LineOpened(1))
    await module.pass_time(31)
    await module.take(LineLost("unplugged"))
    await module.pass_time(31)
    await module.take(LineOpened(2))
    assert module.wire.written == [it100.line("001"), it100.line("000"), it100.line("001")]


async def test_a_poll_answered_keeps_the_line_alive(spool: Spool) -> None:
    """An hour of nothing but answers is no silence and leaves no signal; without answers it is one."""
    module = _It100(spool)
    await module.take(LineOpened(1))
    for _ in range(120):
        await module.says(it100.line("500", "000"))
        await module.pass_time(30)
    assert module.troubles == []
    assert await _signals(spool) == []
    await module.pass_time(91)
    assert module.troubles == ["silent"]


async def test_a_reconnection_repeats_what_is_known_and_tells_what_is_new(spool: Spool) -> None:
    """The old alarm counts on itself; one that began meanwhile, in another partition, is an alarm."""
    module = _It100(spool)
    await module.take(LineOpened(1))
    await module.says(IN_ALARM)
    await module.take(LineLost("unplugged"))
    await module.pass_time(3600)
    await module.take(LineOpened(2))
    await module.says(it100.line("654", "1"), IN_ALARM)
    alarm, fault, restored, new, known = await _signals(spool)
    assert [alarm.kind, fault.kind, restored.kind] == ["event", "line_fault", "line_restored"]
    assert new.event is not None
    assert (new.kind, new.event.partition) == ("event", "1")
    assert (known.kind, known.repeat_of) == ("repeat", alarm.id)


async def test_an_alarm_after_the_answer_is_an_alarm(spool: Spool) -> None:
    """Ten seconds after the question what is said is said unasked."""
    module = _It100(spool)
    await module.take(LineOpened(1))
    await module.says(IN_ALARM)
    await module.pass_time(11)
    await module.says(IN_ALARM)
    assert await _kinds(spool) == ["event", "event"]


@pytest.mark.slow
async def test_what_was_lost_with_the_disk_is_asked_for(spool: Spool, tmp_path: Path) -> None:
    """An alarm said while nothing could be stored is told again when asked, and is then an alarm."""
    module = _It100(spool)
    await module.take(LineOpened(1))
    (tmp_path / "spool.db").rename(tmp_path / "moved.db")
    (tmp_path / "spool.db").mkdir()
    await module.says(IN_ALARM)
    (tmp_path / "spool.db").rmdir()
    (tmp_path / "moved.db").rename(tmp_path / "spool.db")
    await module.pass_time(11)
    assert module.wire.written == [it100.line("001")] * 2
    await module.says(IN_ALARM)
    assert await _kinds(spool) == ["event"]


@contextlib.asynccontextmanager
async def _running(panel: AskedPanel, protocol: str, spool: Spool) -> AsyncIterator[None]:
    """A line on the panel's port, up to the end of the block."""

    def connect(on_event: Callable[[LineEvent], None]) -> SerialLine:
        return SerialLine(SerialSettings(str(panel.port)), on_event)

    line = PanelLine(
        "alarms-1",
        box=BOX,
        codec=codec(protocol),
        spool=spool,
        clock=TurnedClock(),
        connect=connect,
        timing=LineTiming(),
    )
    async with asyncio.TaskGroup() as group:
        task = group.create_task(line.run(), name="line")
        yield
        task.cancel()


@pytest.mark.slow
async def test_an_it100_over_a_port(spool: Spool, tmp_path: Path) -> None:
    """An alarm that began and was lost before the box came up is told by the answer to its first question."""
    with AskedPanel("dsc_it100", tmp_path / "ttyPanel") as panel:
        panel.offer(IN_ALARM)
        assert await asyncio.to_thread(panel.wait_until_said, TIMEOUT_S)
        async with _running(panel, "dsc_it100", spool):
            stored = await _until(spool, "654")
    assert [question.code for question in panel.questions()] == ["001"]
    assert stored.kind == "event"


@pytest.mark.slow
async def test_an_nx_is_acknowledged_over_a_port(spool: Spool, tmp_path: Path) -> None:
    """Its message is said until it is on our disk, and then no more."""
    with AskedPanel("nx584", tmp_path / "ttyPanel", time_scale=0.1) as panel:
        async with _running(panel, "nx584", spool):
            panel.offer(nx584.frame(nx584.log_event(19, 3, 1)))
            assert await asyncio.to_thread(panel.wait_until_said, TIMEOUT_S)
            stored = await _until(spool, "0a")
        (delivery,) = panel.deliveries()
    assert delivery.acked_at is not None
    assert (stored.kind, stored.event and stored.event.text) == ("event", "log 19")


async def _until(spool: Spool, code: str) -> PanelSignal:
    """The first signal with a code, awaited."""
    async with asyncio.timeout(TIMEOUT_S):
        while True:
            found = [one for one in await _signals(spool) if one.event and one.event.code == code]
            if found:
                return found[0]
            spool.news.clear()
            await spool.news.wait()
