"""Calls through an organisation: answered by priority, sent the soonest free unit, travelled to, cleared.

Every duration is drawn from the seed, the call and the unit alone, so that two organisations meet the very
same calls, talks and roads, and differ only by how they are organised (common random numbers).
"""

import heapq
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from intake.simulation.model import Assumptions, Call, Organisation, Room
from intake.statistics.percentiles import Samples


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from the call to its first answer, to the order, and to the first unit on scene."""

    answer: Samples
    dispatch: Samples
    arrival: Samples
    passed_on: int


@dataclass
class _Desk:
    """A room at work: free desks, free units, and two queues by priority and age."""

    room: Room
    free: int
    units: set[str]
    ringing: list[tuple[int, float, int]] = field(default_factory=list)
    unsent: list[tuple[int, float, int]] = field(default_factory=list)


class _Run:
    def __init__(self, calls: Sequence[Call], of: Organisation, assumed: Assumptions, seed: int) -> None:
        self.calls, self.of, self.assumed, self.seed = calls, of, assumed, seed
        self.desks = {name: _Desk(room, room.desks, set(room.units)) for name, room in of.rooms.items()}
        self.due: list[tuple[float, int, str, str, int, str]] = []
        self.order = count()
        self.answered: dict[int, float] = {}
        self.sent: dict[int, float] = {}
        self.arrived: dict[int, float] = {}
        self.passed_on = 0

    def run(self) -> Outcome:
        for number, call in enumerate(self.calls):
            self._later(call.at, "ring", self._first_room(number), number)
        while self.due:
            at, _, what, room, number, unit = heapq.heappop(self.due)
            desk = self.desks[room]
            if what == "ring":
                heapq.heappush(desk.ringing, self._rank(number))
            elif what == "hung-up":
                desk.free += 1
                self._after_talk(at, room, number)
            else:
                desk.units.add(unit)
            self._answer(at, room)
            self._send(at, room)
        answer, dispatch, arrival = map(self._samples, (self.answered, self.sent, self.arrived))
        return Outcome(answer, dispatch, arrival, self.passed_on)

    def _answer(self, at: float, room: str) -> None:
        desk = self.desks[room]
        while desk.free and desk.ringing:
            _, _, number = heapq.heappop(desk.ringing)
            desk.free -= 1
            self.answered.setdefault(number, at)
            median = self.assumed.talk_s if self._belongs(number) == room else self.assumed.pass_on_s
            self._later(at + self._draw(median, number, "talk"), "hung-up", room, number)

    def _after_talk(self, at: float, room: str, number: int) -> None:
        if self._belongs(number) == room:
            heapq.heappush(self.desks[room].unsent, self._rank(number))
        else:
            self.passed_on += 1
            self._later(at, "ring", self._belongs(number), number)

    def _send(self, at: float, room: str) -> None:
        desk = self.desks[room]
        while desk.units and desk.unsent:
            _, _, number = heapq.heappop(desk.unsent)
            travel, unit = min((self._travel(number, unit, desk.room), unit) for unit in desk.units)
            desk.units.remove(unit)
            self.sent[number] = at
            self.arrived[number] = at + travel
            scene = self._draw(self.assumed.scene_s, number, "scene")
            self._later(at + travel + scene, "cleared", room, number, unit)

    def _travel(self, number: int, unit: str, room: Room) -> float:
        own = room.units[unit] == self.calls[number].owner
        median = self.assumed.travel_own_s if own else self.assumed.travel_across_s
        return self._draw(median, number, unit)

    def _first_room(self, number: int) -> str:
        right = self._belongs(number)
        others = [name for name in self.of.rooms if name != right]
        chance = self._random(number, "dial")
        return chance.choice(others) if chance.random() < self.assumed.misdialled and others else right

    def _belongs(self, number: int) -> str:
        return self.of.room_of[self.calls[number].owner]

    def _rank(self, number: int) -> tuple[int, float, int]:
        call = self.calls[number]
        return call.priority, call.at, number

    def _draw(self, median: float, number: int, what: str) -> float:
        return self._random(number, what).lognormvariate(math.log(median), self.assumed.spread)

    def _random(self, number: int, what: str) -> random.Random:
        return random.Random(f"{self.seed}/{number}/{what}")  # noqa: S311 - the same seed, the same story

    def _later(self, at: float, what: str, room: str, number: int, unit: str = "") -> None:
        heapq.heappush(self.due, (at, next(self.order), what, room, number, unit))

    def _samples(self, reached: dict[int, float]) -> Samples:
        return Samples(tuple(sorted(at - self.calls[number].at for number, at in reached.items())))


def simulate(
    calls: Sequence[Call], organisation: Organisation, assumed: Assumptions, seed: int = 0
) -> Outcome:
    """Run all calls to their end. The same arguments give the same outcome."""
    return _Run(calls, organisation, assumed, seed).run()
