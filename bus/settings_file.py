"""Reads a TOML file into a strict model, and says in one sentence what is wrong with it."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bus.errors import SettingsError

M = TypeVar("M", bound=BaseModel)

_NEAR = 60
"""Likeness in per cent above which a known key is offered in place of an unknown one."""

_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
"""Lines that are all comment: they show keys too."""

_Location = tuple[int | str, ...]


def read_toml(path: Path, model: type[M]) -> M:
    """The file at `path` as a `model`.

    Raises SettingsError with one sentence (file, line where it can be told, key, what to do)
    for a missing or unreadable file, bad TOML, an unknown key or an unusable value.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file; check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the file cannot be read ({error}).") from None
    return parse_toml(text, model, name=str(path))


def parse_toml(text: str, model: type[M], *, name: str) -> M:
    """Like read_toml, for text that is already here; `name` stands for the file in sentences."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_syntax_sentence(name, str(error), text)) from None
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        raise SettingsError(_sentence(name, text, model, _worst(error))) from None


def line_of(text: str, location: _Location) -> int | None:
    """The line (from 1) where the key at `location` is most likely written, None if it is not.

    Walks the text forward, part by part, so `("unit", 1, "members", 0, "team")` finds the first
    `team` of the first `{…}` after the first `members` after the second `[[unit]]`.
    """
    text = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    at, key = 0, ""
    for part in location:
        key = part if isinstance(part, str) else key
        found = _after(text, *_next(text, at, key, part))
        if found is None:
            return None
        at = found
    return text.count("\n", 0, at) + 1 if location else None


def _next(text: str, at: int, key: str, part: int | str) -> tuple[str, int, int]:
    """What to look for, from where, how often, to step into `part` of what stands before `at`."""
    if isinstance(part, str):
        return _written(key), at, 1
    in_heading = text.rfind("[[", 0, at) > text.rfind("\n", 0, at)
    return (_written(key), at, part) if in_heading else (r"\{", at, part + 1)


def _after(text: str, pattern: str, at: int, times: int) -> int | None:
    """Where the `times`-th hit of `pattern` from `at` on ends; `at` itself for none asked."""
    for _ in range(times):
        hit = re.compile(pattern, re.MULTILINE).search(text, at)
        if hit is None:
            return None
        at = hit.end()
    return at


def _written(key: str) -> str:
    """A key before its `=`, or within a table's heading."""
    return rf"(?:^|(?<=[\s{{,.\[]))[\"']?{re.escape(key)}[\"']?(?=\s*=|\]|\.)"


def nearest(word: str, known: list[str]) -> str:
    """` Did you mean "x"?` (with its leading space) if a known word is near, else an empty string."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 4 MB that only a misspelt file needs

    match = process.extractOne(word, known, scorer=fuzz.WRatio, score_cutoff=_NEAR)
    return f' Did you mean "{match[0]}"?' if match else ""


def _syntax_sentence(name: str, error: str, text: str) -> str:
    """The parser says `… (at line 3, column 5)` or `… (at end of document)`."""
    where = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", error)
    if where is None:
        return f"{name}: this is not valid TOML ({error})."
    line = where[1] or str(text.count("\n") + 1)
    return f"{name}, line {line}: this is not valid TOML ({error[: where.start()]})."


def _worst(error: ValidationError) -> ErrorDetails:
    """A misspelt key also leaves its right spelling missing: the unknown key is the one to name."""
    found = error.errors(include_url=False)
    return next((one for one in found if one["type"] == "extra_forbidden"), found[0])


def _sentence(name: str, text: str, model: type[BaseModel], error: ErrorDetails) -> str:
    location = _as_written(model, tuple(error["loc"]))
    key = ".".join(str(part) for part in location)
    kind = error["type"]
    line = line_of(text, location[:-1] if kind == "missing" else location)
    where = f"{name}, line {line}" if line else name
    if kind == "extra_forbidden":
        known = _known_keys(model, tuple(error["loc"][:-1]))
        return f'{where}: unknown key "{key}".{nearest(str(location[-1]), known)}'
    if kind == "missing":
        return f'{where}: the key "{key}" is missing; please add it.'
    if kind == "value_error":
        reason = error["msg"].removeprefix("Value error, ")
        return f"{where}: {key}: {reason}" if key else f"{where}: {reason}"
    got = repr(error["input"])
    return f'{where}: the key "{key}" is {got[:60]}, but {_lower_first(error["msg"])}.'


def _as_written(model: type[BaseModel], location: _Location) -> _Location:
    """Without the alternatives' names, which validation puts in and the file does not have as keys."""
    written: list[int | str] = []
    here: Any = model
    for part in location:
        if _alternative(here, part) is None:
            written.append(part)
        here = _step(here, part)
    return tuple(written)


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _known_keys(model: type[BaseModel], location: _Location) -> list[str]:
    """The keys the table at `location` may carry: a walk over the fields' types."""
    here: Any = model
    for part in location:
        here = _step(here, part)
    found = _model_in(here)
    if found is None:
        return []
    return [field.alias or name for name, field in found.model_fields.items()]


def _step(annotation: Any, part: int | str) -> Any:  # noqa: ANN401 - type annotations have no common type
    inner = _alternative(annotation, part)
    if inner is not None:
        return inner
    inner = _model_in(annotation)
    if isinstance(part, str) and inner is not None:
        by_key = {field.alias or name: field.annotation for name, field in inner.model_fields.items()}
        if part in by_key:
            return by_key[part]
    arguments = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    return arguments[-1] if arguments else annotation


def _alternative(annotation: Any, part: int | str) -> type[BaseModel] | None:  # noqa: ANN401 - as above
    """Of several models, the one that says it is `part`, as `kind: Literal["file"]` does."""
    models = [one for one in get_args(annotation) if isinstance(one, type) and issubclass(one, BaseModel)]
    for one in models if len(models) > 1 else ():
        if any(part in get_args(field.annotation) for field in one.model_fields.values()):
            return one
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - as above
    """The model an annotation is, or has among its alternatives (`Model | None`)."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    if getattr(annotation, "__origin__", None) in {list, tuple, dict}:
        return None
    return next((found for argument in get_args(annotation) if (found := _model_in(argument))), None)
