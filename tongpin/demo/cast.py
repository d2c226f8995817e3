"""The officers of the demo: whoever is sent answers on the channel."""

import asyncio
import random
from collections.abc import Callable

from bus.messages.board import AssignmentRow
from hardware.errors import HardwareError
from hardware.simulators.radio_channel import Over, RadioChannel
from tongpin.demo.hour import Voices
from tongpin.demo.officers import Answer, answers
from tui.mirror import Mirror

CROWD = 4
"""Overs that wait for a free channel; a fifth officer gives up."""


class Cast:
    """Looks at the board for new orders; each order gets its answers in time."""

    def __init__(self, channel: RadioChannel, voices: Voices, rate: float, seed: int) -> None:
        self._channel = channel
        self._voices = voices
        self._rate = rate
        self._rng = random.Random(f"{seed}/officers")
        self._known: set[str] = set()
        self._orders: asyncio.Queue[AssignmentRow] = asyncio.Queue()
        self._board: Callable[[], Mirror | None] = lambda: None

    def look(self, board: Mirror | None) -> None:
        """Note new orders."""
        if board is None:
            return
        self._board = lambda: board
        for order in board.assignments.values():
            if order.id not in self._known and order.state == "DISPATCHED":
                self._known.add(order.id)
                self._orders.put_nowait(order)

    async def run(self) -> None:
        """Answer for ever."""
        async with asyncio.TaskGroup() as officers:
            while True:
                order = await self._orders.get()
                officers.create_task(self._carry_out(order), name=f"demo.officers[{order.unit}]")

    async def _carry_out(self, order: AssignmentRow) -> None:
        spoken = self._voices.units.get(order.unit, order.unit)
        before = 0.0
        for answer in answers(spoken, self._place_of(order), self._voices.lang, self._rng):
            await asyncio.sleep((answer.after - before) / self._rate)
            before = answer.after
            await self._say(order.unit, answer)

    async def _say(self, unit: str, answer: Answer) -> None:
        if crowded(self._channel):
            return
        over = Over(answer.text, self._voices.lang, speaker_of(unit, self._voices))
        try:
            await asyncio.to_thread(self._channel.transmit, over)
        except HardwareError:
            # The channel is full of talk: like a real officer, this one does not get through.
            return

    def _place_of(self, order: AssignmentRow) -> str | None:
        board = self._board()
        incident = board.incidents.get(order.incident) if board else None
        return self._voices.places.get(incident.place or "") if incident else None


def crowded(channel: RadioChannel) -> bool:
    """So many want to talk that one more does not get through, as on a real channel."""
    return channel.waiting >= CROWD


def speaker_of(unit: str, voices: Voices) -> int:
    """Which voice a unit has."""
    return sorted(voices.units).index(unit) if unit in voices.units else 0
