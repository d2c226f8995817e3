"""The shelf in the running centre: days later a closed incident is read and reopened as if it had stayed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from intake.journal_reader import JournalReader
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import SmallConsole
from tests.support.turned_clock import TurnedClock

pytestmark = pytest.mark.slow

DAYS = 3 * 86400.0


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre whose clock the test turns, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        made.clock = TurnedClock()
        yield made


def put_away(centre: CentreAtWork) -> int:
    """How many parcels the journal has."""
    with JournalReader(centre.settings.centre.journal) as reader:
        return len(list(reader.entries(0, reader.newest().seq, ("shelf.put-away",))))


async def lines(console: SmallConsole, incident: str) -> list[str]:
    """What its history says."""
    return [row["what"] for row in (await console.ask("timeline", object_id=incident))["rows"]]


async def test_a_closed_incident_is_reopened_days_and_a_restart_later(centre: CentreAtWork) -> None:
    """Its history is whole all the time; with it comes the alarm it was made of."""
    async with centre.run():
        console, box = await centre.console(), await centre.box()
        alarm = await box.send(box.signal())
        await console.shows(lambda now: alarm in now.alarms)
        made = await console.ask("promote", alarm=alarm, type="theft", place="waiting-hall-a")
        await console.ask("close", incident=made["incident"], text="done", disposition="no-dispatch")
        before = await lines(console, made["incident"])
    assert isinstance(centre.clock, TurnedClock)
    centre.clock.turn(DAYS)
    async with centre.run():
        console = await centre.console("desk-2")
        while not put_away(centre):
            await console.snapshot()
        assert await lines(console, made["incident"]) == before
        await console.ask("reopen", incident=made["incident"], reason="a witness came")
        shown = await console.shows(lambda now: made["incident"] in now.incidents)
        assert shown.incidents[made["incident"]].no == made["no"]
        assert shown.alarms[alarm].incident == made["incident"]
        assert await lines(console, made["incident"]) == [*before, "incident.returned"]
    async with centre.run():
        console = await centre.console("desk-3")
        assert made["incident"] in (await console.shows(lambda now: bool(now.incidents))).incidents
