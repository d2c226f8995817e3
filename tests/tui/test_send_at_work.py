"""Whom to send, at a real console of a real centre: from the claim to the order in four keys."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bus.ids import new_id
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import SmallConsole
from tests.tui.sitting import sitting

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A running centre."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        yield made


async def a_fight(centre: CentreAtWork) -> SmallConsole:
    """Reported by somebody else; P2 was seen beside it."""
    beside = await centre.console("desk-0", "chief")
    await beside.ask("tick", unit="P2", place="point-2")
    await beside.ask("report", alarm=new_id(), text="two men", type="fight", place="waiting-hall-a")
    return beside


async def test_four_keys_from_the_claim_to_the_order(centre: CentreAtWork) -> None:
    """F9, r, 1, Enter: the alarm is an incident, the best unit is sent, one undo takes both back."""
    beside = await a_fight(centre)
    async with sitting(centre, "zhang") as at:
        await at.sees("fight")
        await at.pilot.press("f9", "r")
        await at.sees("which? 1 ")
        best = at.app.sight.advice.proposed[0].unit if at.app.sight and at.app.sight.advice else ""
        await at.pilot.press("1")
        await at.sees(f"make an incident of fight or assault, waiting hall a, send {best}")
        await at.pilot.press("enter")
        await beside.shows(lambda shown: [one.unit for one in shown.assignments.values()] == [best])

        await at.pilot.press("ctrl+z")
        await beside.shows(lambda shown: not shown.assignments and not shown.incidents)


@pytest.mark.parametrize(("language", "said"), [("en", "on scene at 1001"), ("zh", "在 1001 现场")])
async def test_why_not_is_told_of_a_unit(centre: CentreAtWork, language: str, said: str) -> None:
    """`r p1` names what keeps it; a second order to the incident goes the same way as the first."""
    beside = await a_fight(centre)
    made = await beside.ask("new", type="dispute", place="gate-1", summary="")
    await beside.ask("dispatch", incident=made["incident"], units=["P1"])
    await beside.ask("step", unit="P1", step="onscene")
    async with sitting(centre, "zhang", language="zh" if language == "zh" else "en") as at:
        await at.pilot.press("f9", *"r", "space", *"p1")
        await at.sees(said)
        await at.pilot.press("backspace", "backspace", *"1001", "space", "1")
        await at.until(
            lambda: "dispute" in at.app.board.command_line.said or "纠纷" in at.app.board.command_line.said
        )
        await at.pilot.press("enter")
        await beside.shows(lambda shown: len(shown.assignments) == 2)
