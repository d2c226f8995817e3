"""A console that follows the centre's changes through a shift shows what the centre shows."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bus.messages.signal import PanelEvent
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole
from tui.mirror import Mirror, from_snapshot

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


async def an_alarm(box: SmallBox, console: SmallConsole, zone: str) -> str:
    """One hold-up alarm of a zone on the console's board."""
    event = PanelEvent(account="1234", qualifier="new", code_set="contact_id", code="122", zone=zone)
    sent = await box.send(box.signal(event=event))
    await console.shows(lambda shown: sent in shown.alarms)
    return sent


async def an_incident(console: SmallConsole) -> str:
    """One theft, opened by hand."""
    made: str = (await console.ask("new", type="theft", place="waiting-hall-a", summary="bag"))["incident"]
    return made


async def test_a_mirror_that_follows_equals_a_fresh_snapshot(centre: CentreAtWork) -> None:
    """Through a shift of every kind of request, a board kept by changes is the board itself, with no gap."""
    async with centre.run():
        console, other, box = (
            await centre.console(),
            await centre.console("desk-2", "chief"),
            await centre.box(),
        )
        for step in range(3):
            await _a_piece_of_work(console, other, box, step)
            fresh = from_snapshot(await other.snapshot())
            followed = await console.shows(_as_of(fresh.n))
            assert _tables(followed) == _tables(fresh)
        assert (console.gaps, other.gaps) == (0, 0)
        assert [change.n for change in console.changes] == sorted({change.n for change in console.changes})


def _as_of(n: int) -> Callable[[Mirror], bool]:
    return lambda shown: shown.n >= n


async def _a_piece_of_work(console: SmallConsole, chief: SmallConsole, box: SmallBox, step: int) -> None:
    """Alarms, an incident from first to last, another that stays, and what people take back."""
    zones = [f"{step}{n}" for n in range(4)]
    first, second, third, fourth = [await an_alarm(box, console, zone) for zone in zones]
    await an_alarm(box, console, zones[0])
    await box.say("lost" if step % 2 else "ready")
    await box.over()
    await console.ask("claim", alarm=first)
    incident = (await console.ask("promote", alarm=first))["incident"]
    await console.ask("link", alarm=second, incident=incident)
    await console.ask("accept", alarm=fourth, target=incident)
    await an_alarm(box, console, zones[3])
    await console.ask("reject", alarm=third, target=incident)
    await console.ask("dismiss", alarm=third, reason="test")
    await chief.ask("dismiss", alarm=third, reason="test")
    await chief.ask("reopen-alarm", alarm=third, reason="no test")
    await console.ask("dispatch", incident=incident, units=["P1", "P2"])
    stays = await an_incident(console)
    await console.ask("priority", incident=stays, priority=1, reason="hurt")
    await console.ask("dispatch", incident=stays, units=["P1"], how="stack")
    await console.ask("undo")
    for unit in ("P1", "P2"):
        await console.ask("step", unit=unit, step="onscene")
        await console.ask("step", unit=unit, step="cleared", disposition="done")
    await console.ask("close", incident=incident, disposition="done")
    await console.ask("hold", incident=stays, minutes=10, reason="later")
    await console.ask("cancel-incident", incident=stays, reason="mistake")
    await console.ask("reopen", incident=stays, reason="after all")
    await console.ask("unit", unit="P2", status="busy", reason="meal")
    await console.ask("unit", unit="P2", status="available")


def _tables(mirror: Mirror) -> Mapping[str, Any]:
    """What both must show alike: a snapshot leaves out what a follower may still hold of ended things."""
    names = ("alarms", "incidents", "assignments", "units", "overs", "devices", "timeline")
    return {name: dict(getattr(mirror, name)) for name in names}
