"""One stretch of normal text → what it says, and why it may not be so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.understanding.doubts import after_another, doubts_about
from intake.understanding.events import Event, find_event
from intake.understanding.intents import Finding, Scene, find_intent
from intake.understanding.lexicon import Lexicon
from intake.understanding.mark import Marked, mark
from intake.understanding.model import Mention, Status
from intake.understanding.places import choose_place
from intake.understanding.speakers import choose_units, second_unit
from intake.understanding.statuses import Step, own_step, read_back_step


@dataclass(frozen=True, slots=True)
class Hints:
    """What was seen before the words were normal: a question mark at the end, words that had to be mended."""

    asked: bool = False
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of text says; `doubts` are the reasons why a step in it is not surely the unit's own."""

    marked: Marked
    finding: Finding
    event: Event | None
    place: Mention | None
    units: tuple[Mention, ...]
    status: Status | None
    doubts: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of the units named, each once."""
        return tuple(dict.fromkeys(unit for mention in self.units for unit in mention.ids))

    @property
    def place_id(self) -> str | None:
        """The place's id; None without a place, and for a number the site does not have."""
        return self.place.ids[0] if self.place and self.place.ids else None

    @property
    def kind(self) -> str | None:
        """The incident type named."""
        return self.event.kind if self.event else None

    @property
    def trust(self) -> float:
        """The least trust in any name of a unit, 0 to 1."""
        return min((unit.trust for unit in self.units), default=1.0)


def read(text: str, lexicon: Lexicon, hints: Hints) -> Reading:
    """What normal `text` without corrections says."""
    marked = mark(text, lexicon)
    opening = lexicon.address.match(marked.acts)
    of_another = second_unit(marked.acts, marked.units, lexicon) == "subject"
    own = None if of_another else own_step(marked.acts, lexicon)
    told = read_back_step(marked.acts, lexicon)
    event = find_event(marked.named, marked.places, lexicon, closing=own is not None)
    body = marked.acts[opening.end() :] if opening else marked.acts
    scene = Scene(marked, body, own, told, event is not None, hints.asked, lexicon)
    finding = find_intent(scene)
    units = choose_units(marked.acts, marked.units, lexicon) if marked.units else ()
    return Reading(
        marked=marked,
        finding=finding,
        event=event,
        place=choose_place(marked.named, marked.places, lexicon, moving=_moving(finding, own)),
        units=units,
        status=_status(finding, scene),
        doubts=(
            *doubts_about(marked, own, lexicon, mended=hints.mended, asked=hints.asked),
            *after_another(marked, own, units),
        ),
    )


def corrected(said: Reading, meant: Reading) -> Reading:
    """What was meant replaces what was said, kind by kind; a correction not understood leaves a doubt."""
    speaks_anew = meant.finding.intent == "status" or said.finding.intent in {"hail", "ack"}
    says_nothing = not (meant.event or meant.place or meant.units or meant.status)
    doubts = ("what it was corrected to is not understood",) if says_nothing else ()
    return replace(
        said,
        finding=meant.finding if speaks_anew else said.finding,
        event=meant.event or said.event,
        place=meant.place or said.place,
        units=meant.units or said.units,
        status=meant.status if speaks_anew else said.status,
        doubts=(*said.doubts, *meant.doubts, *doubts),
    )


def reasons(reading: Reading) -> Iterator[str]:
    """The rules and words a reading rests on, one a line."""
    yield f"{reading.finding.intent}: {reading.finding.rule} «{reading.finding.words.strip()}»"
    if reading.event:
        yield f"type {reading.event.kind}: «{reading.event.words}»"
    if reading.place:
        yield f"{reading.place.rule}: «{reading.place.words}»"
    for unit in reading.units:
        yield f"{unit.rule}: «{unit.words}»"


def _moving(finding: Finding, own: Step | None) -> bool:
    return finding.intent == "order" or (own is not None and own.status == "enroute")


def _status(finding: Finding, scene: Scene) -> Status | None:
    if finding.intent == "ack":
        return "signed"
    if finding.intent == "status" and scene.own:
        return scene.own.status
    step = scene.told or scene.own
    return step.status if finding.intent == "readback" and step else None
