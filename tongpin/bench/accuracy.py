"""How many words are lost on the way: the speech engine alone against the whole road, on the same sound.

The engine alone hears each transmission uncut and ungated, as the radio's loudspeaker gave it. The road is
the box's squelch and the centre's gates around the same engine. Their ratio is what tongpin itself costs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import Levenshtein

from hardware.audio.decoding import to_int16
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Samples
from hardware.simulators.fm import hiss, through_radio
from hardware.simulators.voice import say
from intake.speech.engine import Recognizer
from intake.speech.wording import words_of
from tongpin.bench.accuracy_road import HeardOver, Road
from tongpin.demo.figures import word_error_rate

SNR_DB: Final = (30.0, 20.0, 10.0)
"""Good, usual and poor reception."""
SPEAKERS: Final = 6
FLOOR_DBFS: Final = -70.0
"""The hiss of a sound card between transmissions."""
LEAD_S: Final = 2.0
PAUSE_S: Final = 1.5
"""Longer than any hang time: two transmissions are never one over."""


@dataclass(frozen=True, slots=True)
class Said:
    """One transmission: what was said, what the engine alone heard, and the overs the road made of it."""

    text: str
    snr_db: float
    alone: str
    overs: tuple[HeardOver, ...]

    @property
    def road(self) -> str:
        """All its words that reach the queue."""
        return " ".join(over.words for over in self.overs if over.words)


def sentences() -> tuple[str, ...]:
    """Sixty-six things said on the radios of a railway's police."""
    page = files("tongpin.bench").joinpath("radio_traffic.txt").read_text(encoding="utf-8")
    return tuple(page.splitlines())


def listen(recognizer: Recognizer, texts: Sequence[str]) -> Iterator[Said]:
    """Every text at every `SNR_DB`, one channel each, the same from run to run.

    Raises `VoiceUnavailable` and `EngineFailed`.
    """
    for snr_db in SNR_DB:
        rng = np.random.default_rng(round(snr_db))
        road = Road(recognizer)
        road.hear(_silence(LEAD_S, rng))
        for number, text in enumerate(texts):
            aired = through_radio(say(text, "en", number % SPEAKERS), snr_db, rng)
            whole = np.pad(aired, (0, -len(aired) % BLOCK_SAMPLES))
            overs = road.hear(np.concatenate((whole, _silence(PAUSE_S, rng))))
            yield Said(text, snr_db, _alone(recognizer, aired), tuple(overs))


def _alone(recognizer: Recognizer, aired: Samples) -> str:
    stream = recognizer.stream()
    stream.feed(aired)
    text, _ = stream.finish()
    return text


def figures(heard: Sequence[Said]) -> list[dict[str, Any]]:
    """A row for each signal-to-noise ratio, and one (`snr_db` None) for all. Pure.

    `alone` and `road` are word error rates. `first_lost` counts transmissions whose first word only the
    engine alone heard, `first_won` those where only the road did: on poor sound either happens by chance.
    """
    levels = sorted({one.snr_db for one in heard}, reverse=True)
    rows = [_row(level, [one for one in heard if one.snr_db == level]) for level in levels]
    return [*rows, _row(None, heard)]


def _row(snr_db: float | None, heard: Sequence[Said]) -> dict[str, Any]:
    alone = word_error_rate([(one.text, one.alone) for one in heard]) or 0.0
    road = word_error_rate([(one.text, one.road) for one in heard]) or 0.0
    first = [(_starts(one.text, one.alone), _starts(one.text, one.road)) for one in heard]
    return {
        "snr_db": snr_db,
        "sentences": len(heard),
        "words": sum(len(words_of(one.text)) for one in heard),
        "alone": round(alone, 4),
        "road": round(road, 4),
        "ratio": round(road / alone, 3) if alone else None,
        "first_lost": first.count((True, False)),
        "first_won": first.count((False, True)),
        "cut_in_two": sum(len(one.overs) > 1 for one in heard),
        "not_heard": sum(not one.overs for one in heard),
        "gated": sum(bool(over.gated) for one in heard for over in one.overs),
    }


def _starts(said: str, heard: str) -> bool:
    """Whether the first word that was said stands where it should in what was heard."""
    operations = Levenshtein.opcodes(words_of(said), words_of(heard))
    first = next(iter(operations), None)
    # A word may be heard before it that nobody said.
    skipped = 0 if first is None or first.tag != "insert" else 1
    return len(operations) > skipped and operations[skipped].tag == "equal"


def _silence(seconds: float, rng: np.random.Generator) -> Samples:
    count = round(seconds * SAMPLE_RATE / BLOCK_SAMPLES) * BLOCK_SAMPLES
    return to_int16(hiss(count, FLOOR_DBFS, rng))
