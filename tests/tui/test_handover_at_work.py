"""A13: a shift handed over at real consoles of a real centre; not signed means both are responsible."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from textual.pilot import Pilot

from bus.link import LinkSettings
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in, site_of
from tests.support.small_console import PASSWORD
from tests.tui.scripted_centre import PATIENCE_S
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A running centre."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        yield made


class At:
    """A person at a console."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def until(self, true: Callable[[], bool]) -> None:
        """Lets the console work until something is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                await self.pilot.pause(0.02)

    async def sees(self, part: str) -> None:
        """Until the screen shows it."""
        await self.until(lambda: part in self.picture)

    @property
    def picture(self) -> str:
        """The whole screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def sitting(centre: CentreAtWork, login: str) -> AsyncIterator[At]:
    """Somebody at a console of the centre, on the handover screen."""
    settings = ConsoleSettings(
        console=ConsoleTable(id=f"desk-{login}", site=site_of(centre.settings), bell=False),
        broker=LinkSettings(port=centre.settings.broker.port),
        operator=OperatorTable(login=login, password=SecretStr(PASSWORD)),
    )
    app = ConsoleApp(settings)
    async with app.run_test(size=(120, 40)) as pilot:
        at = At(app, pilot)
        await at.until(lambda: app.feed.freshness().live)
        await pilot.press("f7")
        yield at


async def test_a13_unsigned_means_both_are_responsible(centre: CentreAtWork) -> None:
    """Zhang goes, Li comes: unread lines refuse the signature, one signature leaves both responsible."""
    beside = await centre.console("desk-0", "chief")
    await beside.ask("new", type="theft", place="north-square", summary="red jacket")
    async with sitting(centre, "zhang") as going:
        await going.sees("nobody hands over")
        await going.pilot.press("o")
        await going.sees("theft")
        await going.pilot.press("n", *"key", "enter")
        await going.sees("key (zhang")
        await going.pilot.press("s")
        await going.sees("zhang signed")
    async with sitting(centre, "li") as coming:
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
