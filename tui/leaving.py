"""Leaving: what was ordered is answered first."""

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

from textual.app import App
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerError, WorkType

from tui.widgets.taken_in import taken_in

ORDERS = "console.orders"
"""The group of the app's workers that change something at the centre; each tells whether it was done."""


class Leaving:
    """One console's. `tell` shows the sentence of a key of the catalogue in place of all others."""

    def __init__(self, app: App[None], tell: Callable[[str, SeverityLevel], None]) -> None:
        self._app = app
        self._tell = tell
        self._asked = False
        """And something that was ordered is not answered yet."""

    def ask(self) -> None:
        """Leaves once what was ordered is done, and stays where it is not; asked again, leaves at once."""
        if self._asked:
            self._app.exit()
            return
        self._asked = True
        # Not begun yet: a second key may come before it is, and what was begun must be awaited.
        waiting: WorkType[None] = self._leave
        self._app.run_worker(waiting, exit_on_error=False)

    def look_at(self, event: Worker.StateChanged) -> None:
        """A worker of the app's has changed: an order that came to nothing is to be read first."""
        if self._asked and _failed(event.worker):
            self._asked = False
            self._tell("leave.stays", "warning")

    async def _leave(self) -> None:
        orders = _under_way(self._app.workers)
        if orders:
            self._tell("leave.waits", "information")
        await _ended(orders)
        await taken_in(self._app)
        if self._asked:
            self._app.exit()


def _under_way(workers: Iterable[Worker[Any]]) -> list[Worker[Any]]:
    """The orders that are not answered yet."""
    return [one for one in workers if one.group == ORDERS and not one.is_finished]


async def _ended(orders: Iterable[Worker[Any]]) -> None:
    """Until all are answered, or given up: the desk gives up by itself."""
    for one in orders:
        with contextlib.suppress(WorkerError):
            await one.wait()


def _failed(order: Worker[Any]) -> bool:
    """Whether this is an order, and has ended without being done."""
    return order.group == ORDERS and order.is_finished and not order.result
