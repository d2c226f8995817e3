"""A drill's script: what is to happen when, in TOML, and the same as happenings of the stage. Pure.

title = { en = "A night", zh = "夜班" }

[[event]]
at = "00:30"
source = "radio"
unit = "P2"
say = { en = "patrol two, theft at gate four", zh = "巡逻二报告，四号检票口有人被偷" }
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, model_validator

from bus.settings_file import read_toml
from intake.site_file import Lang, NameTable, Table
from tongpin.demo.hour import FrameDue, Happening, SpeechDue, TogetherDue, ToldDue

Moment = Annotated[str, StringConstraints(pattern=r"^\d{1,3}:[0-5]\d$")]
"""Minutes and seconds from the beginning."""


class SaidTable(Table):
    """Words of one unit; without a unit nobody's voice is known."""

    unit: str = ""
    say: NameTable


class RadioTable(SaidTable):
    """Somebody keys up; `at_once` is who talks over it."""

    at: Moment
    source: Literal["radio"]
    at_once: SaidTable | None = None


class PanelTable(Table):
    """A panel reports, or reports again and again: `times`, every so many seconds."""

    at: Moment
    source: Literal["panel"]
    account: Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{4}$")]
    zone: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    code: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    qualifier: Literal["new", "restore"] = "new"
    times: int = Field(default=1, ge=1, le=500)
    every: float = Field(default=3.0, gt=0, le=600)


class CounterTable(Table):
    """Somebody at the counter tells it, and it is typed."""

    at: Moment
    source: Literal["typed"]
    say: NameTable


EventTable = Annotated[RadioTable | PanelTable | CounterTable, Discriminator("source")]


class Script(Table):
    """The whole file."""

    title: NameTable
    event: Annotated[tuple[EventTable, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _sources(cls, tree: Any) -> Any:  # noqa: ANN401 - whatever was in the file
        """A wrong source is named before anything else is wrong about its event."""
        for event in tree.get("event", ()) if isinstance(tree, dict) else ():
            if isinstance(event, dict) and event.get("source") not in {"radio", "panel", "typed"}:
                raise ValueError(f'source = "{event.get("source")}" is none of radio, panel, typed')
        return tree


def read_script(path: Path) -> Script:
    """The script in the file. Raises `SettingsError` with one sentence."""
    return read_toml(path, Script)


def happenings(script: Script, lang: Lang) -> tuple[Happening, ...]:
    """Everything that is to happen, in order of time, spoken and told in one language."""
    found = (one for event in script.event for one in _happenings(event, lang))
    return tuple(sorted(found, key=lambda one: one.at))


def _happenings(event: RadioTable | PanelTable | CounterTable, lang: Lang) -> Iterator[Happening]:
    at = seconds(event.at)
    match event:
        case RadioTable(at_once=None):
            yield _speech(at, event, lang)
        case RadioTable(at_once=SaidTable() as other):
            yield TogetherDue(at, _speech(at, event, lang), _speech(at, other, lang))
        case PanelTable():
            for n in range(event.times):
                due = at + n * event.every
                yield FrameDue(due, 0, event.account, event.qualifier, event.code, "01", event.zone)
        case CounterTable():
            yield ToldDue(at, event.say.by_language()[lang])


def _speech(at: float, said: SaidTable, lang: Lang) -> SpeechDue:
    return SpeechDue(at, said.unit, said.say.by_language()[lang])


def seconds(moment: str) -> float:
    """Of a moment `mm:ss`."""
    minutes, _, rest = moment.partition(":")
    return int(minutes) * 60 + int(rest)
