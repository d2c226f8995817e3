"""The plain console: what changes goes out, lines come in, talk goes aside."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator
from typing import IO

from pydantic import SecretStr

from bus.clock import Clock
from tui.plain.follow import Live, News, follow
from tui.plain.lines import board_lines
from tui.plain.seat import Seat, seated
from tui.plain.talk import Talk
from tui.settings import ConsoleSettings


class Liner:
    """Writes whole lines, at once: whoever reads along must not wait for a buffer."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, line: str) -> None:
        """One line."""
        self._stream.write(f"{line.rstrip()}\n")
        self._stream.flush()


async def run_plain(
    settings: ConsoleSettings,
    who: tuple[str, SecretStr],
    clock: Clock,
    streams: tuple[IO[str], IO[str], IO[str]],
) -> None:
    """Until the operator leaves or the input ends. `streams`: input, data, talk. Raises as `seated`."""
    source, data, aside = streams
    async with seated(settings, who, clock) as seat:
        out, err = Liner(data), Liner(aside)
        err(seat.words("plain.signed_in", name=seat.sight.me))
        for told in board_lines(seat.sight):
            out(told.text)
        talk = Talk(seat, say=err, tell=out)
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(
                follow(seat, lambda one: _tell(one, seat, out, err), remind=True), name="console.follow"
            )
            async with contextlib.aclosing(_lines(source)) as lines:
                async for line in lines:
                    if not await talk.hear(line):
                        break
            following.cancel()


def _tell(one: News, seat: Seat, out: Liner, err: Liner) -> None:
    if not isinstance(one, Live):
        out(one.text)
    elif one.trouble is None:
        err(seat.words("plain.live"))
    else:
        err(seat.words("plain.not_live", trouble=seat.words(f"trouble.{one.trouble}"), detail=one.detail))


async def _lines(source: IO[str]) -> AsyncGenerator[str, None]:
    """Every line of `source`; read in a thread of its own, which the program's end does not wait for."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            for line in source:
                loop.call_soon_threadsafe(queue.put_nowait, line)
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, name="console.stdin", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
