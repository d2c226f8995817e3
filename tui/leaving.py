"""Leaving: what was ordered is answered first."""

import contextlib
from collections.abc import Iterable
from typing import Any

from textual.worker import Worker, WorkerError

ORDERS = "console.orders"
"""The group of the app's workers that change something at the centre; each tells whether it was done."""


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
