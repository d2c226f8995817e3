from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.spool.rows import Build, Row, SpoolLimits
from gateway.spool.spool import Spool
from tests.support.panel_port import (
    ACK,
    ALARM,
    END,
    HEARTBEAT,
    SEVERAL,
    Panel,
    TurnedClock,
    panel_with,
    spool_at,
)


class SlowSpool(Spool):
    """A spool whose every commit seems to take four seconds."""

    clock: TurnedClock

    async def put(self, source: str, build: Build, *, bulky: bool = False) -> tuple[Row, ...]:
        """Stored as ever, and late."""
        rows = await super().put(source, build, bulky=bulky)
        self.clock.ahead += 4
        return rows


@pytest.fixture
def problems() -> list[str | None]:
    """What the spool says of itself."""
    return []


@pytest.fixture
async def panel(tmp_path: Path, problems: list[str | None]) -> AsyncIterator[Panel]:
    """A panel with a port and a spool behind it."""
    async with spool_at(tmp_path / "spool.db", problems.append) as spool, panel_with(spool) as made:
        yield made


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
