"""Where calls come from: a journal's incidents, a file of recorded calls, or chance."""

import csv
import random
from collections.abc import Iterable
from datetime import UTC, datetime

from intake.dispatch.desk_events import IncidentOpened
from intake.dispatch.events import Event
from intake.errors import IntakeError
from intake.simulation.model import Call
from intake.site import Site

PRIORITY = {"Fire": 0, "EMS": 1}
"""Discipline of a recorded call → priority; everything else is 2."""


def calls_of_journal(events: Iterable[Event], site: Site) -> list[Call]:
    """Every real incident, on the ground of its place's owner; the first agency's where it is not known."""
    first = next(iter(site.agencies))
    opened = (one for one in events if isinstance(one, IncidentOpened) and one.exercise == "actual")
    found = [
        Call(
            one.first_at.timestamp(),
            site.places[one.place].owner if one.place in site.places else first,
            one.priority,
        )
        for one in opened
    ]
    return sorted(found, key=lambda call: call.at)


def calls_of_file(lines: Iterable[str], site: Site) -> list[Call]:
    """Lines of `latitude,longitude,"discipline: nature",YYYY-MM-DD HH:MM,township,address`, without a head.

    The ground is cut from west to east into parts with as many calls each as there are agencies. Raises
    `IntakeError` naming the first line that is none.
    """
    rows = [_row(number, row) for number, row in enumerate(csv.reader(lines), 1)]
    west_to_east = sorted(range(len(rows)), key=lambda n: (rows[n][1], n))
    agencies = tuple(site.agencies)
    owner = {n: agencies[place * len(agencies) // len(rows)] for place, n in enumerate(west_to_east)}
    found = (Call(at, owner[n], priority) for n, (at, _, priority) in enumerate(rows))
    return sorted(found, key=lambda call: call.at)


def calls_by_chance(an_hour: float, hours: float, site: Site, seed: int) -> list[Call]:
    """A steady stream: waits are exponential, ground and priorities 1 to 3 equally likely."""
    chance = random.Random(f"{seed}/calls")  # noqa: S311 - the same seed, the same story
    agencies, calls, at = tuple(site.agencies), list[Call](), 0.0
    while (at := at + chance.expovariate(an_hour / 3600)) < hours * 3600:
        calls.append(Call(at, chance.choice(agencies), chance.randint(1, 3)))
    return calls


def _row(number: int, row: list[str]) -> tuple[float, float, int]:
    """Time, longitude, priority."""
    try:
        _, longitude, nature, at, *_ = row
        moment = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        return moment.timestamp(), float(longitude), PRIORITY.get(nature.partition(":")[0], 2)
    except ValueError as error:
        raise IntakeError(
            f"line {number} of the calls is no call ({error}): write latitude,longitude,"
            '"discipline: nature",YYYY-MM-DD HH:MM,township,address'
        ) from None
