"""A smoke zone and what somebody says of it become one incident: a real centre, a real console."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bus.link import LinkSettings
from bus.messages.signal import PanelEvent
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in, site_of
from tests.support.small_console import PASSWORD
from tests.tui.scripted_centre import PATIENCE_S
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

pytestmark = pytest.mark.slow

SMOKE = PanelEvent(account="1234", qualifier="new", code_set="contact_id", code="111", zone="003")


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


async def test_a_zone_and_words_are_joined_with_one_key(centre: CentreAtWork, mosquitto: Mosquitto) -> None:
    """Typed at the desk, the words are proposed with the zone, and Ctrl+Y makes one incident, likely."""
    settings = ConsoleSettings(
        console=ConsoleTable(id="desk-9", site=site_of(centre.settings), bell=False),
        broker=LinkSettings(port=mosquitto.port),
        operator=OperatorTable(login="zhang", password=SecretStr(PASSWORD)),
    )
    async with centre.run():
        box, beside = await centre.box(), await centre.console("desk-8", "chief")
        zone = await box.send(box.signal(event=SMOKE))
        await beside.shows(lambda shown: zone in shown.alarms)
        app = ConsoleApp(settings)
        async with app.run_test(size=(150, 45)) as pilot:
            await beside.ask("report", alarm="said", text="smoke at ticket window three")
            async with asyncio.timeout(PATIENCE_S):
                while app.board.rows.key != "alarm:said":
                    app.board.rows.go_to("alarm:said")
                    await pilot.pause(0.02)
            await pilot.press("ctrl+y")
            board = await beside.shows(lambda shown: shown.alarms["said"].state == "LINKED")
        (incident,) = board.incidents.values()
        assert (incident.type, incident.place, incident.certainty) == ("fire", "ticket-office", "likely")
        assert (incident.alarms, board.alarms[zone].state) == (2, "PROMOTED")
