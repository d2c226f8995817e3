"""A believable hour at the example station, from a seed: what panels report and what officers say.

Pure: the same seed gives the same hour. Times are seconds of station time from the hour's start.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FRAMES_AN_HOUR = 240
OVERS_AN_HOUR = 60
NOISES_AN_HOUR = 12
HOUR_S = 3600.0


@dataclass(frozen=True)
class FrameDue:
    """A panel reports; `receiver` is 0 for the station's receiver, 1 for the square's."""

    at: float
    receiver: int
    account: str
    qualifier: Literal["new", "restore"]
    code: str
    partition: str
    number: str


@dataclass(frozen=True)
class SpeechDue:
    """Somebody keys up; `speaker` is the unit."""

    at: float
    speaker: str
    text: str


@dataclass(frozen=True)
class NoiseDue:
    """The squelch opens and nobody speaks."""

    at: float


@dataclass(frozen=True)
class TogetherDue:
    """Two key up at once, and neither is understood."""

    at: float
    one: SpeechDue
    other: SpeechDue


@dataclass(frozen=True)
class ToldDue:
    """Somebody tells it at the counter."""

    at: float
    text: str


Happening = FrameDue | SpeechDue | NoiseDue | TogetherDue | ToldDue

_ACCOUNTS = (("1234", 0), ("7E13", 0), ("4321", 1), ("5150", 1))
"""Account and receiver; 5150 is not in the site file, as happens."""

_FRAMES: tuple[tuple[int, Literal["new", "restore"], str], ...] = (
    (18, "new", "401"),
    (18, "restore", "401"),
    (14, "new", "602"),
    (10, "restore", "130"),
    (8, "new", "130"),
    (4, "new", "110"),
    (3, "new", "121"),
    (3, "new", "120"),
    (5, "new", "144"),
    (5, "new", "301"),
    (5, "restore", "301"),
    (3, "new", "100"),
    (2, "new", "384"),
    (2, "new", "570"),
)
"""Weight, qualifier and Contact ID code: mostly openings, closings and tests, as on any day."""

_REPORTS = {
    "en": (
        "{unit}, bag snatched at {place}",
        "{unit}, two men fighting at {place}",
        "{unit}, unattended suitcase at {place}",
        "{unit}, lost child at {place}",
        "{unit}, elderly man collapsed at {place}, need an ambulance",
        "{unit}, smoke coming from a bin at {place}",
        "{unit}, drunk man shouting at {place}",
        "{unit}, dispute about a seat at {place}",
        "{unit}, a taxi is blocking {place}",
        "{unit}, somebody found a wallet at {place}",
        "center, {unit}, radio check",
        "{unit}, all quiet at {place}",
        "center, {unit}, what is the train situation at {place}",
    ),
    "zh": (
        "{unit}报告，{place}有人包被抢",
        "{unit}报告，{place}两人打架",
        "{unit}报告，{place}有可疑行李箱",
        "{unit}报告，{place}有小孩走失",
        "{unit}报告，{place}有老人晕倒，需要救护车",
        "{unit}报告，{place}冒烟",
        "{unit}报告，{place}有人醉酒闹事",
        "中心，{unit}，信号测试",
        "{unit}报告，{place}一切正常",
    ),
}
_PLACES = (
    "north-square",
    "taxi-stand",
    "south-exit",
    "footbridge",
    "bus-terminal",
    "ticket-office",
    "platform-4",
)


@dataclass(frozen=True)
class Voices:
    """What the site calls its units and places in the language of the channel."""

    lang: Literal["en", "zh"]
    units: dict[str, str]
    places: dict[str, str]


def station_hour(seed: int, voices: Voices) -> tuple[Happening, ...]:
    """Everything that happens, in order of time."""
    happenings: tuple[Happening, ...] = (
        *_frames(random.Random(f"{seed}/frames")),
        *_speech(random.Random(f"{seed}/speech"), voices),
        *(NoiseDue(at) for at in _times(random.Random(f"{seed}/noise"), NOISES_AN_HOUR)),
    )
    return tuple(sorted(happenings, key=lambda each: each.at))


def _frames(rng: random.Random) -> Iterator[FrameDue]:
    """No two the same within the hour, so that each can be found again in the journal."""
    weights = [weight for weight, _, _ in _FRAMES]
    for n, at in enumerate(_times(rng, FRAMES_AN_HOUR)):
        ((_, qualifier, code),) = rng.choices(_FRAMES, weights)
        account, receiver = rng.choice(_ACCOUNTS)
        yield FrameDue(at, receiver, account, qualifier, code, f"{n % 99 + 1:02}", f"{n // 99 + 1:03}")


def _speech(rng: random.Random, voices: Voices) -> Iterator[SpeechDue]:
    units = sorted(voices.units)
    for at in _times(rng, OVERS_AN_HOUR):
        unit = rng.choice(units)
        pattern = rng.choice(_REPORTS[voices.lang])
        place = voices.places[rng.choice(_PLACES)]
        yield SpeechDue(at, unit, pattern.format(unit=voices.units[unit], place=place))


def _times(rng: random.Random, count: int) -> list[float]:
    return sorted(rng.uniform(2, HOUR_S) for _ in range(count))
