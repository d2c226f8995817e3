"""The timekeeper in the running centre: ladders on a clock that tests turn, through restarts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bus.messages.board import TimelineRow
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import SmallConsole
from tests.support.turned_clock import TurnedClock

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre whose clock the test turns, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        made.clock = TurnedClock()
        yield made


def turn(centre: CentreAtWork, seconds: float) -> None:
    """Let time pass for the centre."""
    assert isinstance(centre.clock, TurnedClock)
    centre.clock.turn(seconds)


def reached(lines: list[TimelineRow], object_id: str, timer: str) -> list[tuple[int, bool]]:
    """Rung and whether it was late, of a timer's lines, in the journal's order."""
    of_timer = (one for one in lines if one.object_id == object_id and one.params.get("timer") == timer)
    rows = sorted(of_timer, key=lambda row: row.seq)
    return [(row.params["rung"], row.params["late"]) for row in rows if row.what == "timer.reached"]


async def shows(console: SmallConsole, object_id: str, timer: str, rungs: int) -> list[tuple[int, bool]]:
    """The rungs of a timer once so many have come to the console."""
    shown = await console.shows(lambda now: len(reached([*now.timeline.values()], object_id, timer)) >= rungs)
    return reached([*shown.timeline.values()], object_id, timer)


async def an_order(console: SmallConsole) -> tuple[str, str]:
    """A theft and the order that sends P1 to it."""
    made = await console.ask("new", type="theft", place="waiting-hall-a", summary="")
    sent = await console.ask("dispatch", incident=made["incident"], units=("P1",))
    return made["incident"], sent["assignments"][0]


async def test_the_sign_for_ladder_reaches_the_consoles_rung_by_rung(centre: CentreAtWork) -> None:
    """Each rung when it is due, to the row and the timeline; the signature stops the rest."""
    async with centre.run():
        console = await centre.console()
        incident, order = await an_order(console)
        shown = await console.shows(lambda now: order in now.assignments)
        (sign,) = (one for one in shown.assignments[order].timers if one.kind == "sign")
        assert [(due - sign.since).total_seconds() for due in sign.due] == [30, 60, 120, 180]
        turn(centre, 31)
        assert await shows(console, order, "sign", 1) == [(1, False)]
        turn(centre, 30)
        assert await shows(console, order, "sign", 2) == [(1, False), (2, False)]
        await console.ask("step", unit="P1", step="signed", incident=incident, quote="copy")
        await console.shows(lambda now: now.assignments[order].state == "SIGNED")
        turn(centre, 300)
        await shows(console, order, "arrival", 1)
        assert len(await shows(console, order, "sign", 2)) == 2


async def test_a15_a_restart_tells_what_fell_due_once_and_late(centre: CentreAtWork) -> None:
    """Down while three rungs of an alarm fall due: told once each, late, and by no later start again."""
    async with centre.run():
        console, box = await centre.console(), await centre.box()
        alarm = await box.send(box.signal())
        await console.shows(lambda now: alarm in now.alarms)
    turn(centre, 60)
    for desk, login in (("desk-2", "li"), ("desk-3", "chief")):
        async with centre.run():
            console = await centre.console(desk, login)
            assert await shows(console, alarm, "answer", 3) == [(1, True), (2, True), (3, True)]
            assert console.mirror is not None
            assert console.mirror.alarms[alarm].state == "QUEUED"


async def test_a_held_incident_returns_at_its_review(centre: CentreAtWork) -> None:
    """Nobody has to look: it is pending again, by the timer."""
    async with centre.run():
        console = await centre.console()
        made = await console.ask("new", type="theft", place="waiting-hall-a", summary="")
        held = made["incident"]
        await console.ask("hold", incident=held, minutes=20, reason="quiet")
        await console.shows(lambda now: now.incidents[held].state == "HELD")
        turn(centre, 20 * 60 + 1)
        shown = await console.shows(lambda now: now.incidents[held].state == "PENDING")
        assert [row.actor for row in shown.timeline.values() if row.what == "incident.returned"] == ["timer"]
