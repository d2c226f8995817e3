"""A site's own example sentences, held against what is understood."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.comprehension import Comprehension
from intake.site import Site
from intake.site_file import ExampleTable
from intake.understanding.model import Lang, Understanding


@dataclass(frozen=True, slots=True)
class Tried:
    """One sentence, what was understood of it, and one short sentence for each difference."""

    text: str
    found: Understanding
    differences: tuple[str, ...]


def try_examples(site: Site, comprehension: Comprehension) -> Iterator[Tried]:
    """Every `[[example]]` of the site file, in its order."""
    for example in site.examples:
        found = comprehension.spoken(example.text, language_of(example.text, example.lang))
        yield Tried(example.text, found, tuple(_differences(example, found)))


def language_of(text: str, told: str | None = None) -> Lang:
    """The language told, else Chinese where there is any Chinese character."""
    if told is not None:
        return "zh" if told == "zh" else "en"
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def _differences(example: ExampleTable, found: Understanding) -> Iterator[str]:
    for field in ("intent", "type", "place", "status"):
        want, got = getattr(example, field), getattr(found, field)
        if want is not None and got != want:
            yield f"{field} is {got}, must be {want}"
    if example.units is not None and set(found.units) != set(example.units):
        yield f"units are {', '.join(found.units) or 'none'}, must be {', '.join(example.units)}"
    for empty in example.none:
        if getattr(found, empty):
            yield f"{empty} is {getattr(found, empty)}, must be empty"
    if example.changes is not None and found.changes_status != example.changes:
        yield "it must change a status" if example.changes else "it must change no status"
