"""How soon the console is there, and how soon a key is on the screen: amid alarms, and in a long history.

flood (this process) → broker → centre process → console process on a pseudo-terminal → this process reads it
"""

import asyncio
import os
import re
import tempfile
from asyncio import Task
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bus.clock import SystemClock
from intake.site import example_site_path, load_site
from tongpin.bench.broker import some_broker
from tongpin.bench.console_history import time_history
from tongpin.bench.flood import Flood, flooding
from tongpin.bench.long_history import Said, write_long_history
from tongpin.bench.measuring import spread_ms
from tongpin.bench.screen import Screen
from tongpin.bench.terminal import COLUMNS, KEYS, ROWS, Terminal, console
from tongpin.demo.centre_process import LOGIN, CentreProcess

BURST_PER_S = 16 / 60
"""Calls of the worst minute recorded (domain notes), and below of an hour of it."""
HOUR_PER_S = 300 / 3600

MARK = "§"
"""A sign nothing on the screen holds: when it is painted, the key has been."""

TYPED = "n 1 the caller waits "
"""Stands on the command line through all floods."""

BACKSPACE = "\x7f"
PAUSE_S = 0.25
"""Between two keys: a quick typist."""

LOST_S = 10.0
"""A key that is not on the command line by now went elsewhere."""

_ACCOUNT = re.compile(r"\d+/001")

_SETTINGS = """\
[console]
id = "bench"
site = "{site}"
language = "en"
bell = false
state = "{folder}/console"
[broker]
port = {port}
[operator]
login = "{login}"
password_file = "{password}"
"""


@dataclass
class Typing:
    """Keys typed on the command line, and whether the console stayed as it was left under them."""

    terminal: Terminal
    chosen: str
    """What tells the row under the cursor from all others."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    cursor_moved: int = 0
    focus_moved: int = 0

    async def key(self) -> float:
        """Seconds from a key to its sign on the screen; the sign is taken away again."""
        took = await self.terminal.timed(MARK, lambda screen: _is_typed(screen, MARK), LOST_S)
        self.terminal.type(BACKSPACE)
        await self.terminal.until(lambda screen: _is_typed(screen, ""), LOST_S)
        await asyncio.sleep(PAUSE_S)
        return took

    async def until(self, name: str, ended: Callable[[], bool]) -> None:
        """Key after key, at least one; after each it is looked where cursor and text are."""
        took = self.seconds.setdefault(name, [])
        while not took or not ended():
            try:
                took.append(await self.key())
            except TimeoutError:
                self.focus_moved += 1
                return
            self.cursor_moved += _chosen(self.terminal.screen) != [self.chosen]


def measure_console(
    changes_per_second: float, seconds: float, overs: int, told: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Run a centre and a console, each flood for so long, and give the figures; times in milliseconds.

    Raises `TimeoutError` when the console does not get ready within a minute.
    """
    site = load_site(example_site_path())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-bench-")))
        said = asyncio.run(
            write_long_history(
                folder / "journal.db",
                site,
                overs,
                SystemClock().now(),
                lambda done: told(f"{done} overs written …"),
            )
        )
        broker = stack.enter_context(some_broker(folder))
        centre = stack.enter_context(CentreProcess(folder, broker.port, "en"))
        (folder / "password").write_text(centre.password, encoding="utf-8")
        settings = folder / "console.toml"
        settings.write_text(
            _SETTINGS.format(
                site=site.id, folder=folder, port=broker.port, login=LOGIN, password=folder / "password"
            ),
            encoding="utf-8",
        )

        async def play() -> dict[str, Any]:
            async with flooding(broker.port, site.id, SystemClock()) as flood:
                return await _play(settings, flood, changes_per_second, seconds, said, told)

        return asyncio.run(play())


async def _play(
    settings: Path,
    flood: Flood,
    per_second: float,
    seconds: float,
    said: Sequence[Said],
    told: Callable[[str], None],
) -> dict[str, Any]:
    told("starting the centre …")
    with console(settings) as terminal:
        await terminal.shows("link ok")
    await flood.begin()
    told("starting the console …")
    with console(settings) as terminal:
        painted = await terminal.shows("tongpin")
        live = await terminal.shows("link ok")
        typing = await _typing(terminal)
        told("typing on a quiet board …")
        until = asyncio.get_running_loop().time() + min(seconds, 10)
        await typing.until("quiet", lambda: asyncio.get_running_loop().time() >= until)
        for name, run in (
            ("burst", flood.bring(BURST_PER_S, seconds)),
            ("hour", flood.bring(HOUR_PER_S, seconds)),
            ("flood", flood.change(per_second, seconds)),
        ):
            told(f"typing amid alarms: {name} …")
            going: Task[None] = asyncio.create_task(run, name=f"bench.{name}")
            await typing.until(name, going.done)
            await going
        told("looking through the history …")
        history = await time_history(terminal, said, seconds)
    return {
        "changes_per_second": per_second,
        "changes": flood.changes,
        "alarms": flood.alarms,
        "history_rows": len(said),
        "size": f"{COLUMNS}x{ROWS}",
        "cores": os.cpu_count(),
        "start_to_first_paint_ms": round((painted - terminal.began) * 1000),
        "start_to_live_ms": round((live - terminal.began) * 1000),
        "keys": sum(map(len, typing.seconds.values())),
        "cursor_moved": typing.cursor_moved,
        "focus_moved": typing.focus_moved,
        **_spreads("key_to_paint_", typing.seconds),
        **_spreads("", history),
    }


async def _typing(terminal: Terminal) -> Typing:
    """A row amid the queue is chosen, and a line begun."""
    await terminal.until(lambda screen: bool(_chosen(screen)))
    top = _chosen(terminal.screen)
    terminal.type(KEYS["down"] * 5)
    await terminal.until(lambda screen: len(_chosen(screen)) == 1 and _chosen(screen) != top)
    await asyncio.sleep(PAUSE_S)
    terminal.type(TYPED)
    await terminal.until(lambda screen: _is_typed(screen, ""))
    return Typing(terminal, _chosen(terminal.screen)[0])


def _is_typed(screen: Screen, more: str) -> bool:
    """Whether the command line holds what was typed, and this after it."""
    begins = f" > {TYPED}{more}"
    return any(line.startswith(begins) and line.count(MARK) == len(more) for line in screen.lines)


def _chosen(screen: Screen) -> list[str]:
    """The accounts of the rows that have the cursor's mark."""
    return [found[0] for line in screen.lines if line.startswith(">") and (found := _ACCOUNT.search(line))]


def _spreads(head: str, seconds: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    return {f"{head}{name}_ms": spread_ms(took) for name, took in seconds.items()}
