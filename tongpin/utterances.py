"""Utterances in, what they mean out: a line of JSON or of plain text each."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.comprehension import Comprehension
from intake.understanding.model import NOTHING_KNOWN, Context, Lang, Understanding
from tongpin.lexicon.examples import language_of


class BadLineError(ValueError):
    """One sentence: why an input line cannot be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    id: str | int
    lang: str | None
    text: str
    context: Context = NOTHING_KNOWN


class UtteranceReader:
    """Understands lines at one site; `lang` is theirs where they do not tell it, None for by their script."""

    def __init__(self, comprehension: Comprehension, lang: str | None) -> None:
        self._comprehension = comprehension
        self._lang = lang

    def answers(self, lines: Iterable[bytes], *, why: bool) -> Iterator[Mapping[str, Any]]:
        """One answer a readable line; the others are named on standard error."""
        for number, raw in enumerate(lines, 1):
            written = raw.decode("utf-8", errors="replace").strip()
            try:
                line = _read_line(written, number)
                lang = self._language(line)
            except BadLineError as error:
                sys.stderr.write(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False) + "\n")
                continue
            said = self._comprehension.spoken(line.text, lang, line.context)
            yield {"id": line.id, **_fields(said, why=why)}

    def _language(self, line: _Line) -> Lang:
        lang = language_of(line.text, line.lang or self._lang)
        if lang not in self._comprehension.lexicons:
            raise BadLineError(f"line {line.id} is in {lang}, which the site's languages do not name.")
        return lang


def _read_line(written: str, number: int) -> _Line:
    if not written.startswith("{"):
        return _Line(number, None, written)
    try:
        found = json.loads(written)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLineError(f"line {number} begins like JSON but is not ({error}); write it anew.") from None
    text, lang, caller, expected = (found.get(key) for key in ("text", "lang", "caller", "expected"))
    if not isinstance(text, str):
        raise BadLineError(f'line {number} has no "text"; add what was said.')
    if lang not in {None, "en", "zh"}:
        raise BadLineError(f'line {number} has the lang "{lang}"; there are only en and zh.')
    if not isinstance(caller, str | None):
        raise BadLineError(f"line {number} has a caller that is no unit's id; write it as text.")
    if not isinstance(expected, list | None) or not all(isinstance(unit, str) for unit in expected or ()):
        raise BadLineError(f'line {number} has "expected" that is no list of units\' ids; write ["P1"].')
    return _Line(found.get("id", number), lang, text, Context(caller, frozenset(expected or ())))


def _fields(said: Understanding, *, why: bool) -> dict[str, Any]:
    fields = _six(said) | {"also": [_six(fact) | _reasons(fact, why=why) for fact in said.also]}
    if why:
        entities = [{"kind": one.kind, "words": one.words, "value": one.value} for one in said.entities]
        fields |= {"entities": entities, "may_be_alarm": said.may_be_alarm}
    return fields | _reasons(said, why=why)


def _six(said: Understanding) -> dict[str, Any]:
    return {
        "intent": said.intent,
        "type": said.type,
        "place": said.place,
        "units": list(said.units),
        "status": said.status,
        "changes_status": said.changes_status,
    }


def _reasons(said: Understanding, *, why: bool) -> dict[str, Any]:
    return {"confidence": said.confidence, "because": list(said.because)} if why else {}
