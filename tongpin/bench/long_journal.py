"""Months of a busy centre, made through the real rules: the same seed gives the same journal.

Panels report and restore, people report by radio and by telephone, units sign, drive, arrive and clear by
voice amid chatter; a desk claims, joins what is proposed, sends and closes. Some 660 events an hour.
"""

import heapq
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command
from intake.dispatch.decide import decide
from intake.dispatch.events import event_to_json
from intake.dispatch.evolve import evolve_with_refs
from intake.dispatch.links import standing
from intake.dispatch.objects import AlarmContent, AssignmentState
from intake.dispatch.queries import WAITING_ALARM
from intake.dispatch.refusals import Refusal
from intake.dispatch.speech import OverMeta, Transcript, Understanding
from intake.dispatch.state import State
from intake.journal import Batch, Entry, Journal
from intake.rebuild import cards_of, policy_of
from intake.shelf.commands import TidyUp
from intake.shelf.over import what_is_over
from intake.site import Site

SEED: Final = 20260301
BEGINNING: Final = datetime(2026, 3, 1, tzinfo=UTC)
TOGETHER: Final = 1000
"""Commands of one commit."""

RESTORED, DISMISSED, JOINED = 0.4, 0.15, 0.8
"""Shares: of panels' alarms, of alarms that are decided, and of proposals."""

PANEL, PARSER = (Actor(name=name, role=Role.SYSTEM) for name in ("panel", "parser"))
DESKS = tuple(Actor(name=f"person:{name}", role=Role.DISPATCHER) for name in ("li", "wang", "zhang"))

TYPES = ("theft", "dispute", "suspicious-item", "medical", "lost-property", "traffic-accident", "fight")
ACCOUNTS, ZONES = range(1001, 1021), range(1, 31)
PANEL_CODES = {"130": "intrusion", "110": "fire", "150": "facility-fault", "121": "hold-up"}
SAID = {
    "signed": "{unit} copies, on our way shortly",
    "enroute": "{unit} en route",
    "onscene": "{unit} is on scene now",
    "cleared": "{unit} all in order here, clear",
}
CHATTER = ("stand by one", "could you say again please", "copy that, thank you", "we are at the usual place")


class Story:
    """A centre and the world around it; `tell` goes on with what happens next and keeps its batches."""

    def __init__(self, site: Site, seed: int = SEED) -> None:
        self.state = State(policy=policy_of(site))
        self.batches: list[Batch] = []
        self.events = 0
        self._site = site
        self._chance = random.Random(seed)  # noqa: S311 - a story, no secret
        self._now = BEGINNING
        self._places = sorted(site.places)
        self._due: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self._order = count()
        self._ask(told.EnrolUnits, PANEL, cards=cards_of(site))
        for happens, apart_s in ((self._panel, 300), (self._telephone, 400), (self._report, 300)):
            self._later(self._wait(apart_s), self._again, happens, apart_s)
        self._later(0, self._again, self._chatter, 90)
        self._later(3600, self._tidy)

    @property
    def hours(self) -> float:
        """How long the story has gone on."""
        return (self._now - BEGINNING) / timedelta(hours=1)

    def tell(self) -> None:
        """Let the next thing happen."""
        self._now, _, happens, about = heapq.heappop(self._due)
        happens(*about)

    def _again(self, happens: Callable[[], None], apart_s: float) -> None:
        happens()
        self._later(self._chance.expovariate(1 / apart_s), self._again, happens, apart_s)

    def _panel(self) -> None:
        code, account, zone = self._one(tuple(PANEL_CODES)), self._one(ACCOUNTS), self._one(ZONES)
        place = self._places[(account * 31 + zone) % len(self._places)]
        about = {"source_id": f"box-1/{account}", "account": str(account), "zone": str(zone)}
        self._alarm(
            "panel", PANEL_CODES[code], place, **about, event_code=code, raw=f"5011 18{account}E{code}"
        )
        if self._chance.random() < RESTORED:
            self._later(self._wait(200), self._restore, about)

    def _restore(self, about: dict[str, str]) -> None:
        head = {"signal_id": self._id(), "what": "restore", "said_at": self._now}
        self._ask(told.AnnotateAlarms, PANEL, **head, **about)

    def _telephone(self) -> None:
        kind = self._one(TYPES)
        self._alarm(
            "manual", kind, self._one(self._places), source_id="desk-1", text=f"caller tells of a {kind}"
        )

    def _alarm(self, source: str, kind: str, place: str, **fields: Any) -> None:  # noqa: ANN401
        heads = {"said_at": self._now, "recorded_at": self._now, "priority": self._site.types[kind].priority}
        content = AlarmContent(id=self._id(), source=source, type=kind, place=place, **heads, **fields)
        self._ask(told.AcceptAlarm, PANEL, content=content)
        self._later(self._wait(7), self._claim, content.id)

    def _report(self) -> None:
        kind, place, unit = self._one(TYPES), self._one(self._places), self._one(sorted(self.state.units))
        alarm = self._over(
            f"{unit} at {place}, we have a {kind} here",
            Understanding(
                intent="report", type=kind, place=place, may_be_alarm=True, because=("type", "place")
            ),
            unit,
        )
        if alarm in self.state.alarms:
            self._later(self._wait(9), self._claim, alarm)

    def _chatter(self) -> None:
        self._over(self._one(CHATTER), Understanding(intent="chatter"), None)

    def _over(self, text: str, understood: Understanding, unit: str | None) -> str:
        over, alarm = self._id(), self._id()
        radio = self.state.units[unit].card.radio if unit else None
        clip = f"{self._now:%Y-%m-%d}/{over}.flac"
        times = {"said_at": self._now - timedelta(seconds=3), "recorded_at": self._now, "seconds": 2.5}
        about = {"gateway": "box-1", "channel": "channel-1", "end_reason": "squelch", "sha256": "0" * 64}
        meta = OverMeta(id=over, clip=clip, radio_id=radio, **times, **about)
        self._ask(told.AcceptOver, PARSER, meta=meta)
        heard = {"engine": "vosk", "model": "small", "confidence": 0.9, "understanding": understood}
        transcript = Transcript(text=text, **heard)
        self._ask(told.AddTranscript, PARSER, over_id=over, alarm_id=alarm, transcript=transcript)
        return alarm

    def _claim(self, alarm: str) -> None:
        if self.state.alarms[alarm].state not in WAITING_ALARM:
            return
        self._ask(ask.Claim, self._one(DESKS), alarm_id=alarm)
        self._later(self._wait(25), self._decide, alarm)

    def _decide(self, id_: str) -> None:
        alarm = self.state.alarms[id_]
        if alarm.state not in WAITING_ALARM:
            return
        by = next((each for each in DESKS if each.name == alarm.claimed_by), DESKS[0])
        joins, incident = standing(self.state, alarm), self._id()
        if self._chance.random() < DISMISSED and alarm.content.priority:
            self._ask(ask.DismissAlarm, by, alarm_id=id_, reason="nuisance")
            return
        if joins and self._chance.random() < JOINED:
            target = joins[0].target.id
            self._ask(ask.AcceptLink, by, alarm_id=id_, target=target, incident_id=incident)
        else:
            place = alarm.content.place or self._places[0]
            self._ask(ask.Promote, by, alarm_id=id_, incident_id=incident, place=place)
        if incident in self.state.incidents:
            self._later(self._wait(14), self._send, incident)

    def _send(self, incident: str) -> None:
        free = [unit for unit in sorted(self.state.units) if not self.state.unit_unfinished.get(unit)]
        if not free:
            self._later(60, self._send, incident)
            return
        unit = self._one(free)
        self._ask(ask.DispatchUnits, self._one(DESKS), incident_id=incident, units={unit: self._id()})
        after = 0.0
        for status, median in (("signed", 12), ("enroute", 40), ("onscene", 170), ("cleared", 700)):
            after += self._wait(median)
            self._later(after, self._status, unit, status)
        self._later(after + self._wait(600), self._close, incident)

    def _status(self, unit: str, status: Any) -> None:  # noqa: ANN401  one of the four words
        says = {"intent": "status", "units": (unit,), "status": status, "changes_status": True}
        self._over(SAID[status].format(unit=unit), Understanding(**says), unit)

    def _close(self, incident: str) -> None:
        for id_ in self.state.incident_assignments.get(incident, ()):
            assignment = self.state.assignments[id_]
            if assignment.is_live:
                step = {"assignment_id": id_, "step": AssignmentState.CLEARED, "disposition": "settled"}
                self._ask(ask.SetStep, self._one(DESKS), **step)
        done = {"text": "settled on the spot", "disposition": "settled"}
        self._ask(ask.Close, self._one(DESKS), incident_id=incident, **done)

    def _ask(self, kind: type[Command], by: Actor, **fields: Any) -> None:  # noqa: ANN401  of any command
        command = kind(id=self._id(), at=self._now, by=by, **fields)
        decision = decide(self.state, command)
        if isinstance(decision, Refusal):
            return
        entries = []
        for event in decision:
            self.state, touched = evolve_with_refs(self.state, event)
            names = tuple(ref.id for ref in touched)
            entries.append(Entry(event.at, event.kind, event_to_json(event), names))
        self.events += len(entries)
        self.batches.append(Batch(command.id, tuple(entries)))

    def _tidy(self) -> None:
        """As the centre's tidying does."""
        parcels, signals = what_is_over(self.state, self._now)
        self._ask(TidyUp, PANEL, parcels=parcels, signals=signals)
        self._later(3600, self._tidy)

    def _later(self, seconds: float, happens: Callable[..., None], *about: Any) -> None:  # noqa: ANN401
        at = self._now + timedelta(milliseconds=round(seconds * 1000))
        heapq.heappush(self._due, (at, next(self._order), happens, about))

    def _wait(self, median_s: float) -> float:
        return self._chance.lognormvariate(math.log(median_s), 0.6)

    def _one(self, some: Any) -> Any:  # noqa: ANN401  of any sequence
        return self._chance.choice(some)

    def _id(self) -> str:
        """As UUIDv7: they grow with time."""
        digits = f"{int(self._now.timestamp() * 1000):012x}7{self._chance.getrandbits(76):019x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


async def write_long_journal(
    path: Path, site: Site, events: int, written: Callable[[Story], None] = lambda _: None
) -> float:
    """At least so many events into a new journal; the hours they tell of. Raises `JournalError`.

    `written` hears of every commit.
    """
    story = Story(site)
    journal = await Journal.open(path)
    try:
        while story.events < events:
            story.tell()
            if len(story.batches) >= TOGETHER or story.events >= events:
                await journal.append(story.batches)
                story.batches = []
                written(story)
    finally:
        await journal.close()
    return story.hours
