"""A centre at work in a test: the real one over a real broker, a small box and a small console beside it."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from bus.clock import Clock
from bus.ids import new_id
from bus.link import Link, LinkSettings
from bus.topics import Topics
from intake.operators import hash_password
from intake.service import run_intake
from intake.settings import CentreSettings, IntakeSettings, OperatorSettings, Role, SpeechSettings
from intake.site import example_site_path
from tests.support.links import running
from tests.support.small_box import End, SmallBox
from tests.support.small_console import PASSWORD, SmallConsole

_sites = itertools.count(1)


def fresh_site(folder: Path) -> Path:
    """The example site under an id of its own, so that tests may share a broker; gives the file."""
    path = folder / "site.toml"
    text = example_site_path().read_text(encoding="utf-8")
    path.write_text(text.replace('id = "yiwu"', f'id = "centre-{next(_sites)}"', 1), encoding="utf-8")
    return path


def settings_in(folder: Path, port: int) -> IntakeSettings:
    """Of a centre that keeps everything in `folder` and has no speech model, so that no engine is loaded."""
    site_file = folder / "site.toml" if (folder / "site.toml").exists() else fresh_site(folder)
    return IntakeSettings(
        centre=CentreSettings(
            site_file=site_file, journal=folder / "journal.db", recordings=folder / "recordings"
        ),
        broker=LinkSettings(port=port),
        speech=SpeechSettings(language="zh", models=folder / "models"),
        operator=tuple(_operator(login, role) for login, role in _PEOPLE.items()),
    )


def site_of(settings: IntakeSettings) -> str:
    """The site's id."""
    line = next(
        each for each in settings.centre.site_file.read_text().splitlines() if each.startswith("id =")
    )
    return line.split('"')[1]


@contextlib.asynccontextmanager
async def centre_running(
    settings: IntakeSettings, clock: Clock | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """The centre for the length of a block; its own failure is raised at the end of it."""
    task = asyncio.create_task(run_intake(settings, clock), name="centre")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


_H = TypeVar("_H", bound=End)


@dataclass
class CentreAtWork:
    """Where a test's centre lives, and who talks to it; start it with `run`, as often as the test needs."""

    settings: IntakeSettings
    stack: contextlib.AsyncExitStack
    clock: Clock | None = None
    """Of the centre, where it is not the machine's."""
    topics: Topics = field(init=False)

    def __post_init__(self) -> None:
        self.topics = Topics(site_of(self.settings))

    def run(self) -> contextlib.AbstractAsyncContextManager[asyncio.Task[None]]:
        """The centre, for the length of a block."""
        return centre_running(self.settings, self.clock)

    async def box(self, name: str = "box-1") -> SmallBox:
        """A box that is connected until the test ends."""
        link = await self._link(f"box-{name}", self.topics.gateway(name).receipt)
        return await self._listening(SmallBox(link, self.topics, name, new_id()))

    async def console(self, name: str = "desk-1", login: str | None = "zhang") -> SmallConsole:
        """A console that follows the board, unless nobody signs in there."""
        heard = (self.topics.reply(name), self.topics.board, self.topics.beat, self.topics.centre_status)
        console = await self._listening(
            SmallConsole(await self._link(f"console-{name}", *heard), self.topics, name)
        )
        if login:
            await console.until(lambda: any(each.state == "ready" for each in console.centre))
            await console.sign_in(login)
            await console.follow()
        return console

    async def _link(self, name: str, *topics: str) -> Link:
        client = f"{self.topics.site}-{name}"
        return await self.stack.enter_async_context(running(self.settings.broker.port, client, *topics))

    async def _listening(self, end: _H) -> _H:
        task = asyncio.create_task(end.hear(), name="test.hear")
        self.stack.push_async_callback(_end, task)
        return end


@contextlib.asynccontextmanager
async def centre_in(folder: Path, port: int) -> AsyncIterator[CentreAtWork]:
    """A centre whose files are in `folder`, not started yet."""
    async with contextlib.AsyncExitStack() as stack:
        yield CentreAtWork(settings_in(folder, port), stack)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


_PEOPLE: dict[str, Role] = {
    "zhang": "dispatcher",
    "li": "dispatcher",
    "chief": "supervisor",
    "guest": "observer",
}


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def _operator(login: str, role: Role) -> OperatorSettings:
    return OperatorSettings(login=login, name=login.title(), role=role, password_hash=_hash())
