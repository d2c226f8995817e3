"""A day of a busy centre, made through the real core: the same seed gives the same journal."""

import asyncio
import math
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.events import event_to_json
from intake.dispatch.state import State
from intake.journal import Batch, Entry, Journal
from intake.rebuild import cards_of, policy_of
from intake.site import Site, example_site_path, load_site
from tests.support.dispatch_board import PANEL, START, Board

TYPES = ("theft", "dispute", "suspicious-item", "medical", "lost-property", "traffic-accident", "intrusion")
ACCOUNTS = ("1234", "4321", "7E13")
UNREPORTED = 0.06
"""The share of signings and departures no unit reports."""
MIDNIGHT = START.replace(hour=0)


def stored(board: Board, path: Path) -> Path:
    """The board's events as a journal at `path`, one batch an action."""

    async def write() -> None:
        journal = await Journal.open(path)
        batches = (
            Batch(f"cause-{n}", (Entry(event.at, event.kind, event_to_json(event)),))
            for n, event in enumerate(board.events)
        )
        await journal.append(list(batches))
        await journal.close()

    asyncio.run(write())
    return path


@dataclass(order=True)
class _Due:
    at: float
    n: int
    what: tuple[str, ...] = field(compare=False)


class BusyDay:
    """Alarms through a day, each answered, sent to, arrived at and cleared, at times drawn from a seed."""

    def __init__(self, alarms: int, seed: int = 1) -> None:
        self.random = random.Random(seed)
        site = load_site(example_site_path())
        self.board = Board(state=State(policy=policy_of(site)), now=MIDNIGHT)
        self.board.ask(told.EnrolUnits, by=PANEL, cards=cards_of(site))
        self.site: Site = site
        self._due: list[_Due] = []
        for n in range(alarms):
            self._later(self._moment(), "alarm", f"a{n}")

    def run(self) -> Board:
        """Let the day pass."""
        while self._due:
            self._due.sort()
            due = self._due.pop(0)
            self.board.now = MIDNIGHT + timedelta(seconds=round(due.at, 3))
            getattr(self, f"_{due.what[0]}")(due.at, *due.what[1:])
        return self.board

    def _alarm(self, at: float, name: str) -> None:
        source = self.random.choice(("panel", "radio", "radio", "manual"))
        kind = self.random.choice(TYPES)
        account = self.random.choice(ACCOUNTS) if source == "panel" else None
        content = {"source": source, "type": kind, "account": account, "zone": "1" if account else None}
        self.board.alarm(name, **content, priority=self.site.types[kind].priority)
        self._later(at + self._draw(7, 0.7), "claim", name)

    def _claim(self, at: float, name: str) -> None:
        self.board.ask(ask.Claim, alarm_id=name)
        self._later(at + self._draw(25, 0.5), "decide", name)

    def _decide(self, at: float, name: str) -> None:
        if self.random.random() < 0.2:
            reason = self.random.choice(("nuisance", "test", "abort-code"))
            self.board.ask(ask.DismissAlarm, alarm_id=name, reason=reason)
            return
        content = self.board.state.alarms[name].content
        self.board.ask(
            ask.Promote, alarm_id=name, incident_id=f"i-{name}", type=content.type, place="north-square"
        )
        self._later(at + self._draw(14, 0.7), "send", f"i-{name}")

    def _send(self, at: float, incident: str) -> None:
        state = self.board.state
        free = sorted(unit for unit in state.units if not state.unit_unfinished.get(unit))
        if not free:
            self._later(at + 60, "send", incident)
            return
        unit = self.random.choice(free)
        self.board.send(unit, to=incident)
        waits = (self._draw(12, 0.6), self._draw(40, 0.8), self._draw(170, 0.5), self._draw(1200, 0.7))
        for step, wait in zip(("SIGNED", "ENROUTE", "ONSCENE", "CLEARED"), waits, strict=True):
            at += wait
            if self.random.random() > UNREPORTED or step in {"ONSCENE", "CLEARED"}:
                self._later(at, "step", unit, step, incident)

    def _step(self, at: float, unit: str, step: str, incident: str) -> None:
        fields = {"disposition": "done"} if step == "CLEARED" else {}
        self.board.step(unit, step, on=incident, **fields)
        if step == "CLEARED":
            self._later(at + self._draw(2400, 0.9), "close", incident)

    def _close(self, _: float, incident: str) -> None:
        self.board.ask(ask.Close, incident_id=incident, disposition="done", text="done")

    def _later(self, at: float, *what: str) -> None:
        self._due.append(_Due(at, len(self._due) + int(at * 1000), what))

    def _draw(self, median: float, sigma: float) -> float:
        return self.random.lognormvariate(math.log(median), sigma)

    def _moment(self) -> float:
        """More by day, most in the evening."""
        while True:
            hour = self.random.uniform(0, 24)
            busy = 0.25 + 0.75 * max(0.0, math.sin((hour - 6) / 18 * math.pi)) ** 2
            if self.random.random() < busy:
                return hour * 3600
