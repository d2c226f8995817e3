"""How a vocabulary file is written (en.toml, zh.toml): plain word lists a supervisor can edit."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bus.settings_file import nearest
from intake.understanding.model import EntityKind, Status

Phrase = Annotated[str, Field(min_length=1)]
Phrases = tuple[Phrase, ...]


class Table(BaseModel):
    """A table of the file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoiseTable(Table):
    """What recognisers write when nobody speaks: the whole text, or a part of it; `sounds` between words."""

    sounds: Phrases
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
    """Words that deny an event: before it (`before`), or saying that it is over (`over`).

    `instead` stands between a denied event and what it was in truth. An event after `awaited`, or an ending
    after `unended`, has not ended. An ending of `wants_subject` counts where nothing stands between it and
    the event but `subject`, a word for the event, and what is `beside` it; where the list is empty, anywhere.
    """

    before: Phrases
    over: Phrases
    instead: Phrases = ()
    awaited: Phrases = ()
    unended: Phrases = ()
    wants_subject: Phrases = ()
    subject: Phrases = ()
    beside: Phrases = ()


class PlaceTable(Table):
    """Words before a place: `to` a destination, `off` somewhere left or fled to, `unsaid` which one."""

    to: Phrases
    off: Phrases
    unsaid: Phrases


class ActTable(Table):
    """What is done by speaking. See the comments of en.toml for each list."""

    pause: Phrases
    plural: Phrases
    third_person: Phrases
    of_many: Phrases
    chatter: Phrases
    courtesy: Phrases
    around_chatter: Phrases
    hail: Phrases
    ack: Phrases
    done: Phrases
    of_oneself: Phrases
    on_it: Phrases
    movers: Phrases
    fled: Phrases
    others: Phrases
    promise: Phrases
    opening: Phrases
    filler: Phrases
    signing: Phrases
    first_person: Phrases
    second_person: Phrases
    centre_reads: Phrases
    centre_acks: Phrases
    blocked: Phrases
    after_ack: Phrases = ()
    asked_after: Phrases
    asked_end: Phrases
    request: Phrases
    marks: Phrases = ()
    no_request: Phrases
    favour: Phrases
    sent: Phrases
    asks: Phrases = ()
    order: Phrases
    assigned: Phrases
    query: Phrases
    report: Phrases
    correction: Phrases
    second_thought: Phrases = ()
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


class OwnEvents(Table):
    """What a site adds to `[event]`."""

    order: Phrases = ()
    none: Phrases = ()
    say: dict[str, Phrases] = {}


class OwnVocabulary(Table):
    """A site's own words, in the tables of the packaged file; every table and list may be left out.

    Phrases are added to the packaged ones. `"- phrase"` takes a packaged phrase out.
    """

    heard: dict[str, str] = {}
    alike: dict[str, Phrases] = {}
    classes: dict[str, Phrases] = {}
    noise: dict[str, Phrases] = {}
    event: OwnEvents = OwnEvents()
    denial: dict[str, Phrases] = {}
    place: dict[str, Phrases] = {}
    status: dict[Status, Phrases] = {}
    entity: dict[EntityKind, Phrases] = {}
    act: dict[str, Phrases] = {}

    @model_validator(mode="after")
    def _check_lists(self) -> Self:
        for table, full in _TABLES.items():
            for name in getattr(self, table):
                if name not in full.model_fields:
                    known = nearest(name, list(full.model_fields))
                    raise ValueError(f'[{table}] has no list "{name}".{known}')
        return self


_TABLES: dict[str, type[Table]] = {
    "alike": AlikeTable,
    "noise": NoiseTable,
    "denial": DenialTable,
    "place": PlaceTable,
    "act": ActTable,
}
_TAKEN_OUT = "- "


def with_own(packaged: Vocabulary, own: OwnVocabulary) -> Vocabulary:
    """The packaged vocabulary with a site's own words put in, and those it does not want taken out."""
    return Vocabulary.model_validate(_merged(packaged.model_dump(), own.model_dump(exclude_defaults=True)))


def _merged(packaged: Any, own: Any) -> Any:  # noqa: ANN401 - tables within tables down to lists
    if own is None:
        return packaged
    if isinstance(packaged, dict):
        return {key: _merged(packaged.get(key), own.get(key)) for key in {**packaged, **own}}
    if isinstance(own, str):
        return own
    unwanted = {phrase.removeprefix(_TAKEN_OUT) for phrase in own if phrase.startswith(_TAKEN_OUT)}
    added = [phrase for phrase in own if not phrase.startswith(_TAKEN_OUT)]
    return (*(phrase for phrase in packaged or () if phrase not in unwanted), *added)
