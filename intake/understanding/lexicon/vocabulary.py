"""How a vocabulary file is written (en.toml, zh.toml): plain word lists a supervisor can edit."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from intake.understanding.model import EntityKind, Status

Phrase = Annotated[str, Field(min_length=1)]
Phrases = tuple[Phrase, ...]


class Table(BaseModel):
    """A table of the file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoiseTable(Table):
    """What recognisers write when nobody speaks: the whole text, or a part of it."""

    whole: Phrases
    within: Phrases


class AlikeTable(Table):
    """Phrases (Chinese, three characters or more) that any characters of the same sounds stand for."""

    words: Phrases


class EventTable(Table):
    """Incident types: `say` by type id; `order`: cause before consequence; `none`: no event at all."""

    order: Phrases
    none: Phrases
    say: dict[str, Phrases]


class DenialTable(Table):
    """Words that deny an event: before it (`no`), around it, or saying that it is over."""

    before: Phrases
    over: Phrases


class PlaceTable(Table):
    """Words before a place: `to` a destination, `off` somewhere left or fled to."""

    to: Phrases
    off: Phrases


class ActTable(Table):
    """What is done by speaking. See the comments of en.toml for each list."""

    plural: Phrases
    third_person: Phrases
    of_many: Phrases
    chatter: Phrases
    courtesy: Phrases
    around_chatter: Phrases
    hail: Phrases
    ack: Phrases
    promise: Phrases
    opening: Phrases
    filler: Phrases
    signing: Phrases
    first_person: Phrases
    second_person: Phrases
    centre_reads: Phrases
    centre_acks: Phrases
    blocked: Phrases
    asked_after: Phrases
    request: Phrases
    no_request: Phrases
    favour: Phrases
    order: Phrases
    assigned: Phrases
    query: Phrases
    report: Phrases
    correction: Phrases
    distress: Phrases
    quiet: Phrases
    everyone: Phrases


class Vocabulary(Table):
    """The whole file."""

    heard: dict[str, str]
    alike: AlikeTable
    classes: dict[str, Phrases]
    noise: NoiseTable
    event: EventTable
    denial: DenialTable
    place: PlaceTable
    status: dict[Status, Phrases]
    entity: dict[EntityKind, Phrases]
    act: ActTable
