"""How soon the console is there, and how soon a key is on the screen while the board changes.

flood (this process) → broker → centre process → console process on a pseudo-terminal → this process reads it
"""

import asyncio
import fcntl
import os
import pty
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any

from bus.clock import SystemClock
from intake.site import example_site_path, load_site
from tongpin.bench.broker import some_broker
from tongpin.bench.flood import Flood
from tongpin.bench.measuring import spread_ms
from tongpin.demo.centre_process import LOGIN, CentreProcess

ROWS, COLUMNS = 45, 160

MARK = "§"
"""A sign nothing on the screen holds: when it is painted, the key has been."""

BACKSPACE = "\x7f"
PAUSE_S = 0.25
"""Between two keys: a quick typist, and time for the last one to be gone from the screen."""

READY_S = 60.0

_SETTINGS = """\
[console]
id = "bench"
site = "{site}"
language = "en"
bell = false
[broker]
port = {port}
[operator]
login = "{login}"
password_file = "{password}"
"""


class Terminal:
    """The screen's end of a pseudo-terminal: what is typed goes in, what is painted comes out."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._seen = b""
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(descriptor, self._read)

    def type(self, text: str) -> None:
        """Keys."""
        os.write(self._descriptor, text.encode())

    def forget(self) -> None:
        """What was painted up to now."""
        self._seen = b""

    async def shows(self, text: str, within_s: float = READY_S) -> float:
        """Until it is painted; the moment, in monotonic seconds. Raises `TimeoutError`."""
        async with asyncio.timeout(within_s):
            while text.encode() not in self._seen:
                self._more.clear()
                await self._more.wait()
        return time.monotonic()

    def close(self) -> None:
        """Read no more."""
        asyncio.get_running_loop().remove_reader(self._descriptor)

    def _read(self) -> None:
        try:
            self._seen += os.read(self._descriptor, 1 << 16)
        except OSError:
            self.close()  # the console has ended
        self._more.set()


def measure_console(
    changes_per_second: float, seconds: float, told: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Run a centre and a console for so long and give the figures; times in milliseconds.

    Raises `TimeoutError` when the console does not get ready within a minute.
    """
    site = load_site(example_site_path()).id
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-bench-")))
        broker = stack.enter_context(some_broker(folder))
        centre = stack.enter_context(CentreProcess(folder, broker.port, "en"))
        (folder / "password").write_text(centre.password, encoding="utf-8")
        settings = folder / "console.toml"
        settings.write_text(
            _SETTINGS.format(site=site, port=broker.port, login=LOGIN, password=folder / "password"), "utf-8"
        )
        flood = Flood(broker.port, site, SystemClock())
        return asyncio.run(_play(settings, flood, changes_per_second, seconds, told))


async def _play(
    settings: Path, flood: Flood, per_second: float, seconds: float, told: Callable[[str], None]
) -> dict[str, Any]:
    told("starting the centre …")
    with _console(settings) as (terminal, _):
        await terminal.shows("link ok")
    told("starting the console …")
    with _console(settings) as (terminal, began):
        painted = await terminal.shows("tongpin")
        live = await terminal.shows("link ok")
        told("typing on a quiet board …")
        quiet = [await _key(terminal) for _ in range(round(min(seconds, 10) / PAUSE_S))]
        told(f"typing while {per_second:g} rows a second change …")
        async with asyncio.TaskGroup() as tasks:
            flooding = tasks.create_task(flood.run(per_second, seconds), name="bench.flood")
            stormy = []
            while not flooding.done():
                stormy.append(await _key(terminal))
    return {
        "changes_per_second": per_second,
        "changes": flood.sent,
        "size": f"{COLUMNS}x{ROWS}",
        "cores": os.cpu_count(),
        "start_to_first_paint_ms": round((painted - began) * 1000),
        "start_to_live_ms": round((live - began) * 1000),
        "keys": len(quiet) + len(stormy),
        "key_to_paint_quiet_ms": spread_ms(quiet),
        "key_to_paint_flood_ms": spread_ms(stormy),
    }


async def _key(terminal: Terminal) -> float:
    """Seconds from a key to its sign on the screen; the sign is taken away again."""
    terminal.forget()
    typed = time.monotonic()
    terminal.type(MARK)
    took = await terminal.shows(MARK) - typed
    terminal.type(BACKSPACE)
    await asyncio.sleep(PAUSE_S)
    return took


@contextmanager
def _console(settings: Path) -> Iterator[tuple[Terminal, float]]:
    """A console on a terminal of its own, and when it was started."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    began = time.monotonic()
    process = Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tongpin", "console", "--config", str(settings)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    )
    os.close(theirs)
    terminal = Terminal(ours)
    try:
        yield terminal, began
    finally:
        terminal.close()
        process.terminate()
        process.wait()
        os.close(ours)
