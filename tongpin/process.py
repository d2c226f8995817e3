"""How a long-running program lives: one event loop, an orderly end on SIGTERM, logs on stderr."""

import asyncio
import io
import os
import signal
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, TextIO, cast

import structlog


def serve(program: Coroutine[Any, Any, None], *, with_parent: bool = False) -> None:
    """Run `program` until it ends or SIGTERM or Ctrl-C asks it to; then give it time to end in order.

    `with_parent`: also when standard input closes, as it does when whoever started us is gone.
    """
    log_to_stderr()
    asyncio.run(_until_asked(program, with_parent=with_parent))


def end_at_once() -> None:
    """After an orderly stop: with exit code 0, past everything that only tidies up a process."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(0)


def log_to_stderr() -> None:
    """One line a message: readable on a terminal, JSON elsewhere."""
    _log(sys.stderr, structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else _JSON)


@contextmanager
def log_to_file(path: Path) -> Iterator[None]:
    """One JSON line a message, into a file: for programs that draw on the terminal."""
    with path.open("w", encoding="utf-8") as file:
        _log(file, _JSON)
        try:
            yield
        finally:
            structlog.reset_defaults()


def best_effort(file: TextIO) -> TextIO:
    """`file`, but what cannot be written is lost: a full log disk must not stop what takes alarms."""
    return cast("TextIO", _BestEffort(file))


class _BestEffort(io.TextIOBase):
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()


_JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


def _log(file: TextIO, renderer: structlog.typing.Processor) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(best_effort(file)),
        cache_logger_on_first_use=False,
    )


@contextmanager
def hang_up_is_an_end() -> Iterator[None]:
    """A closed terminal (SIGHUP) or SIGTERM unwinds the program like Ctrl-C instead of cutting it off."""
    asked = (signal.SIGHUP, signal.SIGTERM)
    before = {each: signal.signal(each, _unwind) for each in asked}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _unwind(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


async def _until_asked(program: Coroutine[Any, Any, None], *, with_parent: bool) -> None:
    task = asyncio.ensure_future(program)
    loop = asyncio.get_running_loop()
    if with_parent:
        threading.Thread(target=_wait_for_parent, args=(loop, task), name="parent", daemon=True).start()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return


def _wait_for_parent(loop: asyncio.AbstractEventLoop, task: asyncio.Future[None]) -> None:
    sys.stdin.buffer.read()
    if not loop.is_closed():
        loop.call_soon_threadsafe(task.cancel)
