"""A13: a shift handed over at real consoles of a real centre; not signed means both are responsible."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.tui.sitting import sitting

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A running centre."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        yield made


async def test_a13_unsigned_means_both_are_responsible(centre: CentreAtWork) -> None:
    """Zhang goes, Li comes: unread lines refuse the signature, one signature leaves both responsible."""
    beside = await centre.console("desk-0", "chief")
    await beside.ask("new", type="theft", place="north-square", summary="red jacket")
    async with sitting(centre, "zhang") as going:
        await going.pilot.press("f7")
        await going.sees("nobody hands over")
        await going.pilot.press("o")
        await going.sees("theft")
        await going.pilot.press("n", *"key", "enter")
        await going.sees("key (zhang")
        await going.pilot.press("s")
        await going.sees("zhang signed")
    async with sitting(centre, "li") as coming:
        await coming.pilot.press("f7")
        await coming.sees("theft")
        await coming.pilot.press("s")
        await coming.sees("lines of the brief are unread")
        await coming.pilot.press("enter")
        await coming.sees("BOTH RESPONSIBLE: zhang + li")
        while " * " in coming.picture:
            read = coming.picture.count(" * ")
            await coming.pilot.press("enter")
            await coming.until(lambda read=read: coming.picture.count(" * ") < read)  # type: ignore[misc]
        await coming.pilot.press("s")
        await coming.sees("nobody hands over")
        await coming.pilot.press("escape")
        await coming.sees("QUEUE")
    (handover,) = (await beside.snapshot()).tables.handovers
    assert (handover.outgoing, handover.incoming, handover.responsible) == ("zhang", "li", ("li",))
