"""The parts of the documentation that are written by the code itself, as Markdown.

In a page such a part stands between `<!-- name -->` and `<!-- /name -->`.
"""

import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from bus.messages import board, over, request, signal, status, transmit
from bus.messages.base import Message, Value
from bus.messages.verbs import ARGUMENTS
from gateway.channel.silence import SilenceSettings
from gateway.channel.squelch_settings import SquelchSettings
from gateway.transmitter.settings import TransmitSettings
from hardware.signalling.settings import SignallingSettings
from tests.support.tasks import TASKS
from tui.command.parse import VERBS
from tui.keys.actions import ACTIONS
from tui.keys.keymap import Keymap
from tui.words import Language, Words

DOCS = Path(__file__).parents[2] / "docs"
SNAPSHOTS = Path(__file__).parents[1] / "tui" / "snapshots"

SCREENS = {
    "help": (80, 24),
    "history": (120, 40),
    "patrol": (120, 40),
    "units": (120, 40),
    "devices": (120, 40),
    "operators": (120, 40),
    "handover": (120, 40),
    "statistics": (120, 40),
}
"""The screens the guides show besides the main one, in the size they are shown."""

HEADS = {
    "en": (("key", "does"), ("short", "command"), ("letter", "means"), ("task", "keys", "strokes")),
    "zh": (("按键", "作用"), ("简写", "命令"), ("字母", "含义"), ("事情", "按键", "键数")),
}
LETTERED = {
    "Q": "queued",
    "C": "claimed",
    "U": "pending",
    "D": "dispatched",
    "S": "signed",
    "E": "enroute",
    "O": "onscene",
    "W": "stacked",
    "R": "reserved",
    "H": "held",
    "V": "resolved",
    "A": "available",
    "P": "available_post",
    "B": "busy",
    "X": "out_of_service",
    "-": "off_duty",
    "!": "emergency",
    "?": "no_contact",
}
"""The letters a dispatcher sees most, and a state of each."""


_SAME_IN_JSON = {
    "None": "null",
    "()": "[]",
    "True": "true",
    "False": "false",
    "''": '""',
    "PydanticUndefined": "–",
}


def parts() -> dict[str, str]:
    """Name to Markdown, of every part."""
    found = {"messages": messages(), "verbs": verbs()}
    found |= {"squelch": settings(SquelchSettings), "signalling": settings(SignallingSettings)}
    found |= {"silence": settings(SilenceSettings), "transmit": settings(TransmitSettings)}
    for language in ("en", "zh"):
        keys_head, verbs_head, letters_head, tasks_head = HEADS[language]
        words = Words(language)
        found[f"picture-{language}"] = picture(language)
        found |= {f"screen-{name}-{language}": screen(name, language) for name in SCREENS}
        found[f"keys-{language}"] = table(keys_head, keys(words))
        found[f"commands-{language}"] = table(verbs_head, commands(language))
        found[f"tasks-{language}"] = table(tasks_head, (task.row(language) for task in TASKS))
        found[f"letters-{language}"] = table(
            letters_head, ((f"`{letter}`", words(f"state.{state}")) for letter, state in LETTERED.items())
        )
    return found


def keys(words: Words) -> Iterator[tuple[str, str]]:
    """Every action with its key."""
    for action in ACTIONS:
        yield Keymap().shown(action), words(f"does.{action.name}")


def renewed(page: str) -> str:
    """The page with each of its written parts as the code has it now."""
    for name, text in parts().items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        if begin in page:
            before, _, rest = page.partition(begin)
            page = before + begin + text + end + rest.partition(end)[2]
    return page


def picture(language: str) -> str:
    """The console's picture without its empty parts, as a block of code."""
    lines = (DOCS / f"console-{language}.txt").read_text(encoding="utf-8").splitlines()
    return block(line for line in lines if line[: len(line) // 2].strip())


def screen(name: str, language: str) -> str:
    """The text of a screen's snapshot, which is what the console draws, without empty lines."""
    width, height = SCREENS[name]
    path = SNAPSHOTS / f"{name}-{language}-{width}x{height}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()[:height]
    return block(line for line in lines if line.strip())


def block(lines: Iterable[str]) -> str:
    """A block of code."""
    return "\n".join(["```", *lines, "```", ""])


def commands(language: Language) -> Iterator[tuple[str, str]]:
    """Short form and sentence of each command."""
    words = Words(language)
    for verb in VERBS:
        yield " ".join(f"`{short}`" for short in verb.short), words(f"verb.{verb.name}")


def messages() -> str:
    """Every payload and part of one, field by field, in the order of the files."""
    return "".join(
        f"### {model.__name__}\n\n{table(('field', 'type', 'default'), fields(model))}\n"
        for model in _models(status, signal, over, board, transmit)
        if model.model_fields
    )


def verbs() -> str:
    """What a console may ask, with the arguments of each."""
    rows = (
        (f"`{verb}`", ", ".join(_argument(name, field) for name, field in model.model_fields.items()))
        for verb, model in ARGUMENTS.items()
    )
    return table(("verb", "arguments"), rows)


def settings(model: type[BaseModel]) -> str:
    """What can be set in a table of the settings file."""
    rows = (
        (f"`{name}`", default(field), field.description or "") for name, field in model.model_fields.items()
    )
    return table(("key", "default", "meaning"), rows)


def default(field: FieldInfo) -> str:
    """As it is written in a settings file; a row of whole numbers by its ends."""
    match field.default:
        case None:
            return "none"
        case (int(first), *_, int(last)):
            return f"{first} to {last}"
        case (*items,):
            return ", ".join(map(str, items)) or "none"
        case bool(on):
            return str(on).lower()
        case value:
            return str(value)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def fields(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Name, type as JSON has it, and default."""
    for name, field in model.model_fields.items():
        default = "" if field.is_required() else repr(field.get_default(call_default_factory=True))
        yield f"`{name}`", spelled(field.annotation), _SAME_IN_JSON.get(default, default)


def spelled(annotation: Any) -> str:  # noqa: ANN401 - type annotations have no common type
    """A type in the words of JSON."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return spelled(inside[0])
    if origin is Literal:
        return " / ".join(f"`{choice}`" for choice in inside)
    if origin in {Union, types.UnionType}:
        return " or ".join(spelled(one) for one in inside)
    if origin is tuple:
        return f"list of {spelled(inside[0])}"
    if origin is dict:
        return f"object of {spelled(inside[1])}"
    simple = {str: "text", int: "whole number", float: "number", bool: "true/false", AwareDatetime: "time"}
    simple |= {types.NoneType: "null", Any: "anything"}
    return simple.get(annotation) or annotation.__name__


def _models(*modules: types.ModuleType) -> Iterator[type[BaseModel]]:
    for module in modules:
        for model in vars(module).values():
            ours = isinstance(model, type) and issubclass(model, Value) and model not in {Value, Message}
            if ours and f"{model.__module__}.".startswith(f"{module.__name__}."):
                yield model
    yield request.Request
    yield request.Reply
    yield request.Problem


def _argument(name: str, field: Any) -> str:  # noqa: ANN401 - pydantic's FieldInfo
    return f"`{name}`" if field.is_required() else f"`{name}`?"
