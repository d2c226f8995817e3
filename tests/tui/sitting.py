"""A person at a real console of a real centre."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from pydantic import SecretStr
from textual.pilot import Pilot

from bus.link import LinkSettings
from tests.support.centre_at_work import CentreAtWork, site_of
from tests.support.small_console import PASSWORD
from tests.tui.scripted_centre import PATIENCE_S
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable
from tui.words import Language


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
async def sitting(
    centre: CentreAtWork,
    login: str,
    *,
    language: Language = "en",
    size: tuple[int, int] = (120, 40),
    player: str | None = None,
) -> AsyncIterator[At]:
    """Somebody at a console of the centre."""
    settings = ConsoleSettings(
        console=ConsoleTable(
            id=f"desk-{login}",
            site=site_of(centre.settings),
            bell=False,
            language=language,
            player=player,
        ),
        broker=LinkSettings(port=centre.settings.broker.port),
        operator=OperatorTable(login=login, password=SecretStr(PASSWORD)),
    )
    app = ConsoleApp(settings)
    async with app.run_test(size=size) as pilot:
        at = At(app, pilot)
        await at.until(lambda: app.feed.freshness().live)
        yield at
