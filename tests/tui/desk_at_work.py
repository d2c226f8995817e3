"""A console at work in a test: the real app, the real link, a real broker."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from pydantic import SecretStr
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.pilot import Pilot

from bus.clock import Clock
from bus.link import LinkSettings
from bus.messages.board import Snapshot
from tests.tui.example_board import snapshot
from tests.tui.scripted_centre import PATIENCE_S, ScriptedCentre, scripted_centre
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable
from tui.words import Language

RIGHT = "secret"
"""The password the scripted centre takes."""

_sites = itertools.count(1)


@dataclass
class DeskAtWork:
    """The console, its keys, and the centre it talks to."""

    app: ConsoleApp
    pilot: Pilot[None]
    centre: ScriptedCentre

    async def until(self, true: Callable[[], bool]) -> None:
        """Lets the app work until something is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                await self.pilot.pause(0.02)

    async def type(self, text: str) -> None:
        """Types like a person: key by key."""
        await self.pilot.press(*("space" if char == " " else _key(char) for char in text))

    def at_once(self, sent: str, *before: Key) -> None:
        """What a terminal sends, all in one piece."""
        parser = XTermParser()
        for key in (*before, *parser.feed(sent), *parser.feed("")):
            self.app.post_message(key)

    async def says(self, part: str) -> None:
        """Waits for the sentence under the command line."""
        await self.until(lambda: part in self.app.board.command_line.said)

    async def told(self, part: str) -> str:
        """Waits for a message to the operator, which a narrow screen may have wrapped; gives it whole."""
        found = list[str]()

        def is_told() -> bool:
            found[:] = [one.message for one in self.app._notifications if part in one.message]
            return bool(found)

        await self.until(is_told)
        return found[0]

    @property
    def picture(self) -> str:
        """The whole screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def settings(
    port: int,
    site: str,
    *,
    language: Language = "en",
    login: str | None = "zhang",
    password: str = RIGHT,
    player: str | None = None,
    keys: dict[str, str] | None = None,
    bell: bool = False,
) -> ConsoleSettings:
    """Of a console whose operator is known."""
    operator = OperatorTable(login=login, password=SecretStr(password)) if login else OperatorTable()
    return ConsoleSettings(
        console=ConsoleTable(id="desk-1", site=site, language=language, bell=bell, player=player),
        broker=LinkSettings(port=port),
        operator=operator,
        keys=keys or {},
    )


@contextlib.asynccontextmanager
async def desk_at_work(
    port: int,
    *,
    size: tuple[int, int] = (120, 40),
    language: Language = "en",
    board: Snapshot | None = None,
    live: bool = True,
    login: str | None = "zhang",
    password: str = RIGHT,
    clock: Clock | None = None,
    player: str | None = None,
    keys: dict[str, str] | None = None,
    bell: bool = False,
) -> AsyncIterator[DeskAtWork]:
    """A console that has its snapshot, unless `live` is false."""
    site = f"tui-{next(_sites)}"
    async with scripted_centre(port, site, board or snapshot()) as centre:
        operated = settings(
            port,
            site,
            language=language,
            login=login,
            password=password,
            player=player,
            keys=keys,
            bell=bell,
        )
        app = ConsoleApp(operated, clock=clock)
        async with app.run_test(size=size) as pilot:
            desk = DeskAtWork(app, pilot, centre)
            if live:
                await desk.until(lambda: app.feed.freshness().live and app.board.rows.key is not None)
            yield desk


def _key(char: str) -> str:
    return {".": "full_stop", "*": "asterisk", ":": "colon", "-": "minus"}.get(char, char)
