"""Leaving: Enter pressed in the same moment is an order too, and an order is answered first."""

import contextlib
from collections.abc import Iterable
from typing import Any

from textual.widget import Widget
from textual.worker import Worker, WorkerError

from tui.widgets.taken_in import taken_in

ORDERS = "console.orders"
"""The group of the app's workers that change something at the centre; each tells whether it was done."""


async def all_taken_in(field: Widget | None) -> None:
    """Until every key typed so far has become what it means. Not to be waited for by the app's own handlers.

    A key goes from its field up to the app, which says what it does; what the field makes of that goes up to
    its screen.
    """
    steps = field.ancestors_with_self if field else []
    for step in (*steps, *steps):
        await taken_in(step)


def under_way(workers: Iterable[Worker[Any]]) -> list[Worker[Any]]:
    """The orders that are not answered yet."""
    return [one for one in workers if one.group == ORDERS and not one.is_finished]


async def ended(orders: Iterable[Worker[Any]]) -> None:
    """Until all are answered, or given up: the desk gives up by itself."""
    for one in orders:
        with contextlib.suppress(WorkerError):
            await one.wait()


def failed(order: Worker[Any]) -> bool:
    """Whether this is an order, and has ended without being done."""
    return order.group == ORDERS and order.is_finished and not order.result
