"""A console on a pseudo-terminal: what is typed goes in, what it paints is read."""

import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from tongpin.bench.screen import Screen

ROWS, COLUMNS = 45, 160
READY_S = 60.0

KEYS = {"down": "\x1b[B", "home": "\x1b[H", "end": "\x1b[F", "page down": "\x1b[6~", "F4": "\x1bOS"}
"""As xterm sends them."""


_AS_TERMINAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "COLUMNS": str(COLUMNS),
    "LINES": str(ROWS),
}
"""The last two go before what the terminal itself says, wherever somebody has set them."""


class Terminal:
    """The screen's end of it."""

    def __init__(self, descriptor: int) -> None:
        self.screen = Screen(ROWS, COLUMNS)
        self.began = time.monotonic()
        """When the console was started."""
        self._descriptor = descriptor
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(descriptor, self._read)

    def type(self, text: str) -> None:
        """Keys."""
        os.write(self._descriptor, text.encode())

    async def until(self, so: Callable[[Screen], bool], within_s: float = READY_S) -> float:
        """Until the picture is so; the moment, in monotonic seconds. Raises `TimeoutError`, telling it."""
        try:
            async with asyncio.timeout(within_s):
                while not so(self.screen):
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError as error:
            raise TimeoutError("\n".join(self.screen.lines)) from error
        return time.monotonic()

    async def shows(self, text: str) -> float:
        """Until a text is painted."""
        return await self.until(lambda screen: screen.holds(text))

    async def timed(self, keys: str, so: Callable[[Screen], bool], within_s: float = READY_S) -> float:
        """Seconds from keys to a picture. Raises `TimeoutError`."""
        typed = time.monotonic()
        self.type(keys)
        return await self.until(so, within_s) - typed

    def close(self) -> None:
        """Read no more."""
        asyncio.get_running_loop().remove_reader(self._descriptor)

    def _read(self) -> None:
        try:
            self.screen.feed(os.read(self._descriptor, 1 << 16))
        except OSError:
            self.close()  # the console has ended
        self._more.set()


@contextmanager
def console(settings: Path) -> Iterator[Terminal]:
    """The console of a settings file, from its start to its end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    terminal = Terminal(ours)
    process = Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tongpin", "console", "--config", str(settings)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, **_AS_TERMINAL},
    )
    os.close(theirs)
    try:
        yield terminal
    finally:
        terminal.close()
        process.terminate()
        process.wait()
        os.close(ours)
