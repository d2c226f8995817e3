"""How a long-running program lives: one event loop, an orderly end on SIGTERM, logs on stderr."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any

import structlog


def serve(program: Coroutine[Any, Any, None]) -> None:
    """Run `program` until it ends or SIGTERM or Ctrl-C asks it to; then give it time to end in order.

    The one error that ended a group of tasks comes out alone, so that people read its sentence.
    """
    log_to_stderr()
    try:
        asyncio.run(_until_asked(program))
    except BaseExceptionGroup as group:
        raise _first(group) from group


def log_to_stderr() -> None:
    """One line a message: readable on a terminal, JSON elsewhere."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
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


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first
