"""Understanding measured through sound: lines are spoken, sent through a radio, heard, and understood.

What was heard is kept beside, so that words and rules can be tried again without speaking everything anew.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hardware.simulators.fm import through_radio
from hardware.simulators.voice import say
from intake.speech.transcriber import Transcriber
from intake.understanding.model import Lang, Understanding

FIELDS = ("intent", "type", "place", "units", "status")
SPEAKERS = 5
"""Officers who take turns; each is a little higher or lower, faster or slower than the others."""


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """What somebody says and what it means, as utterance files are labelled."""

    id: str
    lang: Lang
    text: str
    expect: Mapping[str, Any]

    @property
    def is_speech(self) -> bool:
        """Nobody speaks what a recogniser only invents."""
        return bool(self.expect["intent"] != "noise")


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One line as it came out of the radio; `wrong` names the fields understood otherwise than labelled.

    `false_change`: a status would change that nobody reported, or of another unit, or to another step.
    """

    line: LabelledLine
    snr_db: float
    heard: str
    wrong: tuple[str, ...]
    false_change: bool


def read_labelled(file: Path) -> list[LabelledLine]:
    """The lines of a JSONL file with `id`, `lang`, `text` and `expect`; others keys are left alone."""
    rows = (json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip())
    return [LabelledLine(str(row["id"]), row["lang"], row["text"], row["expect"]) for row in rows]


class Ear:
    """Speaks a line, sends it through the radio and hears it; the same line is heard the same again.

    `kept` is a JSONL file of earlier transcripts, read at first and added to, or None.
    """

    def __init__(self, transcriber: Callable[[], Transcriber], kept: Path | None) -> None:
        self._open = transcriber
        self._transcriber: Transcriber | None = None
        self._kept = kept
        self._texts: dict[str, str] = {}
        if kept is not None and kept.exists():
            rows = (json.loads(row) for row in kept.read_text(encoding="utf-8").splitlines())
            self._texts = {row["key"]: row["heard"] for row in rows}

    def hear(self, line: LabelledLine, snr_db: float, speaker: int) -> str:
        """The words that would enter the centre; empty where its gates keep them out."""
        key = f"{line.lang} {snr_db:g} {speaker} {line.text}"
        if key not in self._texts:
            self._texts[key] = self._heard(line, snr_db, speaker, seed=zlib.crc32(key.encode()))
            self._keep(key)
        return self._texts[key]

    def _heard(self, line: LabelledLine, snr_db: float, speaker: int, *, seed: int) -> str:
        self._transcriber = self._transcriber or self._open()
        received = through_radio(say(line.text, line.lang, speaker), snr_db, np.random.default_rng(seed))
        transcript = self._transcriber.transcribe(received)
        return "" if transcript.gated else transcript.text

    def _keep(self, key: str) -> None:
        if self._kept is not None:
            with self._kept.open("a", encoding="utf-8") as file:
                row = json.dumps({"key": key, "heard": self._texts[key]}, ensure_ascii=False)
                file.write(f"{row}\n")


def hear_lines(
    lines: Sequence[LabelledLine],
    snrs_db: Iterable[float],
    ear: Ear,
    understanding: Callable[[str, Lang], Understanding],
) -> Iterator[HeardLine]:
    """Every spoken line at every signal-to-noise ratio, each by the next speaker."""
    for snr_db in snrs_db:
        for number, line in enumerate(line for line in lines if line.is_speech):
            heard = ear.hear(line, snr_db, number % SPEAKERS)
            yield judged(line, snr_db, heard, understanding(heard, line.lang))


def judged(line: LabelledLine, snr_db: float, heard: str, found: Understanding) -> HeardLine:
    """One line's answer held against its label."""
    wrong = tuple(field for field in FIELDS if _field(found, field) != _label(line, field))
    moved_rightly = line.expect["changes_status"] and not {"units", "status"} & set(wrong)
    return HeardLine(line, snr_db, heard, wrong, found.changes_status and not moved_rightly)


def figures_of(heard: Sequence[HeardLine]) -> dict[str, Any]:
    """Per cent right of each field, and false status changes, of lines of one signal-to-noise ratio."""
    wrong = Counter(field for each in heard for field in each.wrong)
    share = {field: round(100 * (1 - wrong[field] / len(heard)), 1) for field in FIELDS}
    return {
        "lines": len(heard),
        **share,
        "false_changes": sum(each.false_change for each in heard),
        "not_heard": sum(not each.heard for each in heard),
    }


def _field(found: Understanding, field: str) -> Any:  # noqa: ANN401 - whatever the field holds
    value = getattr(found, field)
    return set(value) if field == "units" else value


def _label(line: LabelledLine, field: str) -> Any:  # noqa: ANN401 - as above
    value = line.expect[field]
    return set(value) if field == "units" else value
