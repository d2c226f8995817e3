"""Years of talk on a channel, made through the real rules: what a console's history and search go through.

Units of the site speak Chinese and English, of places and of nothing; what is over is put away as the centre
does. The same seed and the same end give the same talk.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command
from intake.dispatch.decide import decide
from intake.dispatch.events import event_to_json
from intake.dispatch.evolve import evolve_with_refs
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import AcceptOver, AddTranscript, EnrolUnits
from intake.dispatch.speech import OverMeta, Transcript, Understanding
from intake.dispatch.state import State
from intake.finding.finder import index_beside
from intake.finding.index import OverIndex
from intake.journal import Batch, Entry, Journal
from intake.journal_reader import JournalReader
from intake.rebuild import cards_of, policy_of
from intake.shelf.commands import TidyUp
from intake.shelf.over import what_is_over
from intake.site import Site
from intake.snapshot.keeper import keep

SEED: Final = 20260301
APART: Final = timedelta(seconds=60)
"""Between two overs: a channel in use day and night; 200,000 are 139 days."""

TOGETHER: Final = 1000
"""Overs of one commit, and of one look at what is over."""

SYSTEM: Final = Actor(name="parser", role=Role.SYSTEM)

ENGLISH: Final = (
    "{unit} at {place}, all quiet",
    "{unit} at {place}, a lost purse was handed in",
    "{unit} at {place}, the man in the red jacket is gone",
    "{unit}, radio check, how do you read me",
    "{unit}, copy that, on our way",
)
CHINESE: Final = (
    "{unit}在{place}，一切正常",
    "{unit}在{place}，捡到一个黑色背包",
    "{unit}在{place}，没有看到穿红色外套的男子",
    "{unit}呼叫指挥中心，信号测试",
    "{unit}收到，马上过去",
)


@dataclass(frozen=True)
class Said:
    """One over of the talk: its words hold its number, of which there is no second."""

    number: int
    text: str
    unit: str
    place: str | None


class Talk:
    """What is said, and the centre that hears it."""

    def __init__(self, site: Site, overs: int, end: datetime, seed: int = SEED) -> None:
        self.state = State(policy=policy_of(site))
        self.said: list[Said] = []
        self.batches: list[Batch] = []
        self._site = site
        self._chance = random.Random(seed)  # noqa: S311 - a talk, no secret
        self._now = end - APART * overs
        self._ask(EnrolUnits(id=self._id(), at=self._now, by=SYSTEM, cards=cards_of(site)))

    def say(self) -> None:
        """One over more."""
        self._now += APART
        said = self._made_up(len(self.said))
        self.said.append(said)
        over = self._id()
        meta = OverMeta(
            id=over,
            gateway="box-1",
            channel="channel-1",
            clip=f"{self._now:%Y-%m-%d}/{over}.flac",
            said_at=self._now - timedelta(seconds=3),
            recorded_at=self._now,
            seconds=2.5,
            end_reason="squelch",
            sha256="0" * 64,
        )
        understood = Understanding(intent="chatter", units=(said.unit,), place=said.place)
        transcript = Transcript(
            text=said.text, engine="vosk", model="small", confidence=0.9, understanding=understood
        )
        self._ask(AcceptOver(id=self._id(), at=self._now, by=SYSTEM, meta=meta))
        heard = AddTranscript(
            id=self._id(), at=self._now, by=SYSTEM, over_id=over, alarm_id=self._id(), transcript=transcript
        )
        self._ask(heard)

    def tidy(self) -> None:
        """As the centre's tidying does."""
        parcels, signals = what_is_over(self.state, self._now)
        self._ask(TidyUp(id=self._id(), at=self._now, by=SYSTEM, parcels=parcels, signals=signals))

    def _made_up(self, number: int) -> Said:
        language = self._chance.choice(("en", "zh"))
        sentence = self._chance.choice(ENGLISH if language == "en" else CHINESE)
        unit, place = (
            self._chance.choice(list(self._site.units)),
            self._chance.choice(list(self._site.places)),
        )
        named = {
            "unit": self._site.unit_name(unit, language),
            "place": self._site.place_name(place, language),
        }
        text = f"{sentence.format(**named)} {_mark(number)}"
        return Said(number, text, unit, place if "{place}" in sentence else None)

    def _ask(self, command: Command) -> None:
        decision = decide(self.state, command)
        if isinstance(decision, Refusal):
            raise TypeError(f"the talk broke a rule: {decision.en}")
        entries = []
        for event in decision:
            self.state, touched = evolve_with_refs(self.state, event)
            names = tuple(ref.id for ref in touched)
            entries.append(Entry(event.at, event.kind, event_to_json(event), names))
        self.batches.append(Batch(command.id, tuple(entries)))

    def _id(self) -> str:
        """As UUIDv7: they grow with time."""
        digits = f"{int(self._now.timestamp() * 1000):012x}7{self._chance.getrandbits(76):019x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _mark(number: int) -> str:
    """What is painted when the over is, and is the beginning of no other's."""
    return f"no{number:06d}"


async def write_long_history(
    path: Path, site: Site, overs: int, end: datetime, told: Callable[[int], None] = lambda _: None
) -> list[Said]:
    """So many overs into a new journal, with its snapshot and its index; what was said, oldest first.

    Raises `JournalError`, `SearchUnavailable` or `OSError`.
    """
    talk = Talk(site, overs, end)
    journal = await Journal.open(path)
    try:
        while len(talk.said) < overs:
            talk.say()
            if len(talk.said) % TOGETHER == 0 or len(talk.said) == overs:
                talk.tidy()
                await journal.append(talk.batches)
                talk.batches = []
                told(len(talk.said))
        keep(path, talk.state, journal.last)
    finally:
        await journal.close()
    _index(path)
    return talk.said


def _index(path: Path) -> None:
    index = OverIndex(index_beside(path))
    try:
        with JournalReader(path) as reader:
            while index.follow(reader):
                continue
    finally:
        index.close()
