"""The two ways to watch the demo: at the console, or as figures."""

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.status import Status
from rich.table import Table

from bus.messages.status import SpeechStatus
from intake.verify import verify
from tongpin.demo.ledger import read_ledger
from tongpin.demo.plan import Plan
from tongpin.demo.stage import Stage
from tongpin.demo.tally import tally
from tongpin.process import log_to_file


def show_headless(plan: Plan, *, as_json: bool) -> int:
    """Play, count, print; the exit code: 0 when nothing was lost or doubled and the journal holds."""
    with Stage(plan) as stage, Status("…", console=Console(stderr=True)) as status:
        with log_to_file(stage.folder / "demo.log"):
            asyncio.run(stage.play(dispatcher=True, told=status.update))
        sent = stage.sent()
        stage.stop_centre()
        kept = asyncio.run(read_ledger(stage.centre.journal))
        figures = tally(sent, kept, stage.witness)
        figures["speech"] = _speech(stage.speech)
        figures["journal_ok"] = verify(stage.centre.journal).ok
    _print(figures, as_json=as_json)
    good = figures["journal_ok"] and not figures["alarms_lost"] and not figures["alarms_duplicated"]
    return 0 if good else 1


def show_console(plan: Plan) -> None:
    """Play behind a console until somebody leaves it."""
    with Stage(plan) as stage:
        sit_at(stage)


def sit_at(stage: Stage, *, closing: bool = False) -> None:
    """A console in this terminal until somebody leaves it, or, when `closing`, until the play is over."""
    from tui.app import ConsoleApp  # noqa: PLC0415 - only with a terminal in front

    app = ConsoleApp(stage.console_settings("desk-1"))
    over = (lambda: app.call_from_thread(app.exit)) if closing else _go_on
    with log_to_file(stage.folder / "demo.log"), _backstage(stage, over):
        app.run()


def _go_on() -> None:
    """The console stays until somebody leaves it."""


@contextmanager
def _backstage(stage: Stage, over: Callable[[], object]) -> Iterator[None]:
    """The stage plays in a thread with a loop of its own, then calls `over`; leaving cancels it and waits."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(_played(stage, over), name="demo.backstage")
    thread = threading.Thread(target=_run, args=(loop, task), name="demo.backstage")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)  # of no effect when the play is over
        thread.join()
        loop.close()


async def _played(stage: Stage, over: Callable[[], object]) -> None:
    await stage.play(dispatcher=False, drain=False)
    over()


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        return


def _speech(status: SpeechStatus | None) -> dict[str, str | None]:
    return {"engine": status.engine if status else None, "model": status.model if status else None}


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    table = Table(show_header=False)
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), json.dumps(value) if isinstance(value, dict) else str(value))
    Console().print(table)
