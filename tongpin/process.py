"""How a long-running program lives: one event loop, an orderly end on SIGTERM, logs on stderr."""

import asyncio
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import structlog


def serve(program: Coroutine[Any, Any, None]) -> None:
    """Run `program` until it ends or SIGTERM or Ctrl-C asks it to; then give it time to end in order."""
    log_to_stderr()
    asyncio.run(_until_asked(program))


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


_JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


def _log(file: TextIO, renderer: structlog.typing.Processor) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(file),
        cache_logger_on_first_use=False,
    )


async def _until_asked(program: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(program)
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
