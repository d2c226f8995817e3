"""A surge: one busy hour of calls, each reported by ten people, through the centre's writer and journal.

The hour's time is only counted, never waited for: alarms of one second are handed over together, as they
would come, and each is timed from there to its commit. A desk answers as it goes: it joins what is proposed,
opens and closes incidents, so that the board stays that of a working centre.
"""

import asyncio
import csv
import os
import random
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from bus.ids import derived_id
from intake.correlation.rules import Rules
from intake.dispatch import commands as do
from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command
from intake.dispatch.links import standing
from intake.dispatch.objects import AlarmContent, AlarmState
from intake.dispatch.source_commands import AcceptAlarm, EnrolUnits
from intake.dispatch.state import State
from intake.journal import Journal
from intake.rebuild import cards_of, policy_of, rebuild
from intake.shelf.commands import TidyUp
from intake.shelf.over import what_is_over
from intake.site import Site
from intake.writer import Writer
from tongpin.bench.measuring import spread_ms
from tongpin.bench.resources import sample

REPORTS: Final = 10
"""People who report each call."""

AT_WORK: Final = timedelta(minutes=20)
"""How long an incident is open."""

BEGINNING: Final = datetime(2026, 3, 1, 18, tzinfo=UTC)
APART: Final = timedelta(days=6)
"""From hour to hour; half of it is longer than the board keeps what is over (`Policy.kept`)."""
_DESK: Final = Actor(name="person:bench", role=Role.DISPATCHER)
_PHONE: Final = Actor(name="rule:bench", role=Role.SYSTEM)
_TYPES: Final = {"EMS": "medical", "Fire": "fire", "Traffic": "traffic-accident"}


@dataclass(frozen=True)
class SurgeCall:
    """One call: seconds into the hour, what, and where (an id, latitude, longitude)."""

    at: float
    type: str
    place: str
    where: tuple[float, float]


@dataclass(frozen=True)
class SurgeFigures:
    """What became of it; times in milliseconds, memory in MiB at each quarter of the hour.

    `commit_cpu_ms` is the processor's share of `commit_ms`: what else runs on the machine is no part of it.
    `memory_mb` is of the first hour, `memory_after_mb` at the end of each one.
    """

    calls: int
    busiest_minute: int
    alarms: int
    lost: int
    incidents: int
    proposals: int
    unexplained: int
    commit_ms: dict[str, float | None]
    commit_cpu_ms: dict[str, float | None]
    request_ms: dict[str, float | None]
    memory_mb: tuple[float, ...]
    memory_after_mb: tuple[float, ...]
    equal: bool

    @property
    def ok(self) -> bool:
        """Nothing lost, every proposal with its reasons, and the journal tells the same."""
        return self.lost == 0 and self.unexplained == 0 and self.equal


def busiest_hour(lines: Sequence[str]) -> list[SurgeCall]:
    """Of recorded calls (`latitude,longitude,"discipline: nature",YYYY-MM-DD HH:MM,township,address`).

    Raises `ValueError` for a line that is none.
    """
    rows = sorted((_moment(row[3]), row) for row in csv.reader(lines))
    hours = [int(at // 3600) for at, _ in rows]
    busiest = max(set(hours), key=hours.count)
    return [
        SurgeCall(
            at - busiest * 3600,
            _TYPES.get(row[2].partition(":")[0], "assistance"),
            f"{row[4]} {row[5]}",
            (float(row[0]), float(row[1])),
        )
        for at, row in rows
        if int(at // 3600) == busiest
    ]


def hour_by_chance(calls: int = 302, seed: int = 1) -> list[SurgeCall]:
    """As many calls at random, a tenth of them in one minute of the hour's middle."""
    chance = random.Random(f"{seed}/surge")  # noqa: S311 - the same seed, the same hour
    made = []
    for n in range(calls):
        at = 1800 + chance.uniform(0, 60) if n % 20 == 0 else chance.uniform(0, 3600)
        north, east = chance.uniform(40.0, 40.3), chance.uniform(-75.6, -75.1)
        made.append(SurgeCall(at, chance.choice(list(_TYPES.values())), f"corner {n}", (north, east)))
    return sorted(made, key=lambda call: call.at)


def measure_surge(
    site: Site, calls: Sequence[SurgeCall], told: Callable[[str], None] = lambda _: None, *, hours: int = 1
) -> SurgeFigures:
    """Run the hour in a folder of its own; `hours` times, each when the one before has been put away."""
    located = {call.place: call.where for call in calls}
    rules = Rules(located=located)
    crowded = replace(site, correlation=rules)
    with tempfile.TemporaryDirectory(prefix="tongpin-bench-") as folder:
        return asyncio.run(_Surge(crowded, calls, told).run(Path(folder) / "journal.db", hours))


class _Surge:
    """One run."""

    def __init__(self, site: Site, calls: Sequence[SurgeCall], told: Callable[[str], None]) -> None:
        self._site = site
        self._calls = calls
        self._told = told
        self._commits: list[float] = []
        self._busy: list[float] = []
        self._requests: list[float] = []
        self._open: deque[tuple[datetime, str]] = deque()
        self._asked = 0
        self._seen: Counter[str] = Counter()

    async def run(self, path: Path, hours: int) -> SurgeFigures:
        """Every report of each hour, with the desk's answers between them."""
        journal = await Journal.open(path)
        writer = Writer(journal, State(policy=policy_of(self._site)))
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(writer.run())
            await self._enrol(writer)
            memory = [await self._hour(writer, BEGINNING + number * APART) for number in range(hours)]
            running.cancel()
        equal = await rebuild(journal, self._site) == writer.state
        await journal.close()
        return self._figures(memory, equal=equal)

    async def _enrol(self, writer: Writer) -> None:
        units = EnrolUnits(id="enrol", at=BEGINNING, by=_PHONE, cards=cards_of(self._site))
        await (await writer.store(units.id, units))

    async def _hour(self, writer: Writer, beginning: datetime) -> tuple[float, ...]:
        """Gives the memory at each quarter; at the end nothing of the hour is on the board any more."""
        reports, memory = list(self._reports(beginning)), [_memory_mb()]
        quarter = len(reports) // 4 or 1
        done = 0
        for _, together in groupby(reports, key=lambda report: int(report.content.said_at.timestamp())):
            second = list(together)
            await self._store(writer, second)
            for report in second:
                await self._decide(writer, report)
            if (done + len(second)) // quarter > done // quarter:
                memory.append(_memory_mb())
                self._told(f"{done} of {len(reports)} alarms …")
            done += len(second)
        self._count(writer.state)
        await self._put_away(writer, reports[-1].at)
        return tuple(memory)

    def _count(self, state: State) -> None:
        proposals = [one for alarm in state.alarms.values() for one in alarm.proposals]
        self._seen["alarms"] += len(state.alarms)
        self._seen["incidents"] += len(state.incidents)
        self._seen["proposals"] += len(proposals)
        self._seen["unexplained"] += sum(not one.reasons for one in proposals)

    async def _put_away(self, writer: Writer, ended: datetime) -> None:
        """Everything comes to its end, and days later the board does without it."""
        self._open.clear()
        for incident in [one.id for one in writer.state.incidents.values() if one.is_open]:
            await self._ask(writer, self._closing(ended, incident))
        later = ended + APART / 2
        parcels, signals = what_is_over(writer.state, later)
        command = TidyUp(id=self._id(), at=later, by=_PHONE, parcels=parcels, signals=signals)
        await (await writer.store(command.id, command))

    def _reports(self, beginning: datetime) -> Iterator[AcceptAlarm]:
        """Ten people within the minute after each call, in the order in which they ring."""
        chance = random.Random("reports")  # noqa: S311 - the same hour each time
        made = [
            (call.at + (chance.uniform(0, 60) if n else 0.0), number, n, call)
            for number, call in enumerate(self._calls)
            for n in range(REPORTS)
        ]
        for after, number, n, call in sorted(made, key=lambda one: one[:3]):
            at = beginning + timedelta(seconds=after)
            content = AlarmContent(
                id=f"alarm-{beginning:%j}-{number}-{n}",
                source="manual",
                source_id="phone",
                said_at=at,
                recorded_at=at,
                priority=self._site.types[call.type].priority,
                type=call.type,
                place=call.place,
                text=f"caller {n}",
            )
            yield AcceptAlarm(id=content.id, at=at, by=_PHONE, content=content)

    async def _store(self, writer: Writer, second: list[AcceptAlarm]) -> None:
        began, busy = perf_counter(), process_time()
        for done in [await writer.store(report.id, report) for report in second]:
            await done
            self._commits.append(perf_counter() - began)
            self._busy.append(process_time() - busy)

    async def _decide(self, writer: Writer, report: AcceptAlarm) -> None:
        """Join what is proposed, else make an incident and send a unit; close what is old."""
        alarm = writer.state.alarms[report.content.id]
        if alarm.state is not AlarmState.QUEUED:
            return
        incident = derived_id(alarm.id, "incident")
        proposed = next(iter(standing(writer.state, alarm)), None)
        if proposed is not None:
            await self._ask(writer, self._join(report, proposed.target.id, incident))
        else:
            await self._ask(writer, self._promotion(report, incident))
            self._open.append((report.at, incident))
        while self._open and report.at - self._open[0][0] > AT_WORK:
            await self._ask(writer, self._closing(report.at, self._open.popleft()[1]))

    def _join(self, report: AcceptAlarm, target: str, incident: str) -> Command:
        return do.AcceptLink(
            id=self._id(),
            at=report.at,
            by=_DESK,
            alarm_id=report.content.id,
            target=target,
            incident_id=incident,
        )

    def _promotion(self, report: AcceptAlarm, incident: str) -> Command:
        return do.Promote(
            id=self._id(), at=report.at, by=_DESK, alarm_id=report.content.id, incident_id=incident
        )

    def _closing(self, at: datetime, incident: str) -> Command:
        return do.Close(
            id=self._id(), at=at, by=_DESK, incident_id=incident, disposition="no-dispatch", text="done"
        )

    async def _ask(self, writer: Writer, command: Command) -> None:
        began = perf_counter()
        await writer.request(command.id, command)
        self._requests.append(perf_counter() - began)

    def _id(self) -> str:
        self._asked += 1
        return f"request-{self._asked}"

    def _figures(self, memory: Sequence[tuple[float, ...]], *, equal: bool) -> SurgeFigures:
        minutes = [int(call.at // 60) for call in self._calls]
        reports = len(self._calls) * REPORTS * len(memory)
        return SurgeFigures(
            calls=len(self._calls),
            busiest_minute=max(map(minutes.count, set(minutes))),
            alarms=reports,
            lost=reports - self._seen["alarms"],
            incidents=self._seen["incidents"],
            proposals=self._seen["proposals"],
            unexplained=self._seen["unexplained"],
            commit_ms=spread_ms(self._commits),
            commit_cpu_ms=spread_ms(self._busy),
            request_ms=spread_ms(self._requests),
            memory_mb=memory[0],
            memory_after_mb=tuple(hour[-1] for hour in memory),
            equal=equal,
        )


def _memory_mb() -> float:
    return round(sample(os.getpid()).rss_mb, 1)


def _moment(text: str) -> float:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC).timestamp()
