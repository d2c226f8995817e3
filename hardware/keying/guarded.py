"""A keyed wire as the box sees it: held by a process of its own, told every 250 ms that we still speak."""

import asyncio
import sys
from contextlib import suppress
from typing import Final

from hardware.errors import KeyingError
from hardware.keying.guard import BEAT_S

_MODULE: Final = "hardware.keying.guard_process"
_START_S: Final = 10.0
_ANSWER_S: Final = 1.0


class GuardedKey:
    """A `Keyer`. The process is started at the first keying, kept, and started anew when it has ended.

    `command` is started with port and wire; tests bring one that notes what the wire does.
    """

    def __init__(self, port: str, wire: str, command: tuple[str, ...] = ()) -> None:
        self._port = port
        self._wire = wire
        self._command = command or (sys.executable, "-m", _MODULE)
        self._process: asyncio.subprocess.Process | None = None

    async def key(self) -> None:
        """Key, starting the process where there is none; see `Keyer`."""
        if self._process is None or self._process.returncode is not None:
            await self._start()
        self._send(b"K")
        await self._expect("keyed", _ANSWER_S)

    async def hold(self) -> None:
        """Beat until cancelled; see `Keyer`."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._let_go(), name="keying.let-go")
            while True:
                await asyncio.sleep(BEAT_S)
                self._send(b"K")

    async def unkey(self) -> None:
        """Let go; a process that does not say it did is ended, which lets go as well."""
        if self._process is None or self._process.returncode is not None:
            return
        try:
            self._send(b"U")
            await self._expect("free", _ANSWER_S)
        except KeyingError:
            await self.close()

    async def close(self) -> None:
        """End the process, in order if it can still be told; see `Keyer`."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_ANSWER_S):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _start(self) -> None:
        # In a group of its own: Ctrl-C at the terminal is for the box, which then lets go in order.
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            self._port,
            self._wire,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            process_group=0,
        )
        await self._expect("ready", _START_S)

    def _send(self, word: bytes) -> None:
        if self._process is None or self._process.stdin is None or self._process.returncode is not None:
            raise KeyingError(f"the process that keys {self._port} has ended")
        self._process.stdin.write(word)

    async def _let_go(self) -> None:
        """Until the process says something, which while we beat is never good."""
        raise KeyingError(f"the wire on {self._port} was let go: {await self._line()}")

    async def _expect(self, said: str, within_s: float) -> None:
        """Read until the process says this; raises `KeyingError`."""
        try:
            async with asyncio.timeout(within_s):
                while (line := await self._line()) != said:
                    if line.startswith("failed"):
                        raise KeyingError(line.removeprefix("failed "))
        except TimeoutError:
            raise KeyingError(f"the process that keys {self._port} does not answer") from None

    async def _line(self) -> str:
        if self._process is None or self._process.stdout is None:
            raise KeyingError(f"the process that keys {self._port} has ended")
        line = await self._process.stdout.readline()
        if not line:
            raise KeyingError(f"the process that keys {self._port} has ended")
        return line.decode(errors="replace").strip()
