"""Utterances in, what they mean out: a line of JSON or of plain text each."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.site import Site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang, Understanding
from intake.understanding.understand import understand


class BadLineError(ValueError):
    """One sentence: why an input line cannot be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    id: str | int
    lang: str | None
    text: str


class UtteranceReader:
    """Understands lines at one site; a language's lexicon is built when first needed."""

    def __init__(self, site: Site, lang: str | None) -> None:
        self._site = site
        self._lang = lang
        self._lexicons: dict[Lang, Lexicon] = {}

    def answers(self, lines: Iterable[bytes], *, why: bool) -> Iterator[Mapping[str, Any]]:
        """One answer a readable line; the others are named on standard error."""
        for number, raw in enumerate(lines, 1):
            written = raw.decode("utf-8", errors="replace").strip()
            try:
                line = _read_line(written, number)
            except BadLineError as error:
                sys.stderr.write(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False) + "\n")
                continue
            lang = _language(line.lang or self._lang, line.text)
            yield {"id": line.id, **_fields(understand(line.text, lang, self._lexicon(lang)), why=why)}

    def _lexicon(self, lang: Lang) -> Lexicon:
        if lang not in self._lexicons:
            self._lexicons[lang] = Lexicon.build(self._site, lang)
        return self._lexicons[lang]


def _read_line(written: str, number: int) -> _Line:
    if not written.startswith("{"):
        return _Line(number, None, written)
    try:
        found = json.loads(written)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLineError(f"line {number} begins like JSON but is not ({error}); write it anew.") from None
    text, lang = found.get("text"), found.get("lang")
    if not isinstance(text, str):
        raise BadLineError(f'line {number} has no "text"; add what was said.')
    if lang not in {None, "en", "zh"}:
        raise BadLineError(f'line {number} has the lang "{lang}"; there are only en and zh.')
    return _Line(found.get("id", number), lang, text)


def _language(told: str | None, text: str) -> Lang:
    """The language told, else Chinese where there is any Chinese character."""
    if told is not None:
        return "zh" if told == "zh" else "en"
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def _fields(said: Understanding, *, why: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "intent": said.intent,
        "type": said.type,
        "place": said.place,
        "units": list(said.units),
        "status": said.status,
        "changes_status": said.changes_status,
    }
    if why:
        fields |= {"confidence": said.confidence, "because": list(said.because)}
    return fields
