"""One utterance → one Understanding. Pure: the same text, site and context give the same answer."""

from collections.abc import Iterator

from intake.understanding.absence import absent
from intake.understanding.corrections import split_correction
from intake.understanding.doubts import CENTRE_SPEAKS
from intake.understanding.entities import find_entities
from intake.understanding.facts import other_facts
from intake.understanding.hallucinations import noise_reason
from intake.understanding.lexicon import Lexicon
from intake.understanding.mending import mend, without_sounds
from intake.understanding.model import (
    ALIKE,
    NOTHING_KNOWN,
    PROPOSED,
    Context,
    Lang,
    Understanding,
)
from intake.understanding.normalise import normalise
from intake.understanding.possible import possible_alarm
from intake.understanding.reading import Hints, Reading, corrected, read, reasons
from intake.understanding.second_thoughts import second_thought
from intake.understanding.witness import Witnessed, witnessed

_NOT_ITS_OWN = 0.3
"""Confidence of a step that is somebody else's acknowledgement: it is shown and not proposed."""


def understand(text: str, lang: Lang, lexicon: Lexicon, context: Context = NOTHING_KNOWN) -> Understanding:
    """What `text` says; never raises, whatever the text, if `lexicon` is of the language `lang`.

    `context` helps to tell who speaks; it never makes a step change that the words alone do not report.
    """
    if lexicon.lang != lang:
        raise ValueError(f"the lexicon is for {lexicon.lang}, the text in {lang}")
    plain = without_sounds(normalise(text, lang), lexicon)
    normal = mend(plain, lexicon)
    noise = noise_reason(normal, lexicon)
    if noise:
        return Understanding("noise", confidence=0.9, because=(f"noise: {noise}",))
    hints = Hints(asked=text.rstrip().endswith(("?", "？")), mended=normal != plain)
    first, after = split_correction(normal, lexicon)
    if after is not None:
        return _of_both(read(first, lexicon, hints), read(after, lexicon, hints), lexicon, context)
    thought = second_thought(normal, lexicon, hints)
    if thought is not None:
        return _of_both(*thought, lexicon, context)
    reading = read(normal, lexicon, hints)
    others = list(other_facts(normal, reading, lexicon, hints))
    return _answer(reading, others, reading.marked.named, lexicon, context)


def _of_both(said: Reading, meant: Reading, lexicon: Lexicon, context: Context) -> Understanding:
    named = said.marked.named + meant.marked.named
    return _answer(corrected(said, meant), [], named, lexicon, context)


def _answer(
    reading: Reading, others: list[Reading], named: str, lexicon: Lexicon, context: Context
) -> Understanding:
    parted = _other_step(reading, others)
    who = witnessed(reading, context, more_doubts=parted)
    alarm = possible_alarm(reading, lexicon)
    gone = absent(reading, lexicon)
    because = [*reasons(reading), *who.because, *([f"may be an alarm: {alarm}"] if alarm else ())]
    because += [f"not there: {gone}"] if gone else []
    return Understanding(
        intent=reading.finding.intent,
        type=reading.kind,
        place=reading.place_id,
        units=who.units,
        status=reading.status,
        changes_status=_changes(reading, who),
        confidence=_confidence(reading, who),
        may_be_alarm=alarm is not None,
        entities=tuple(find_entities(named, lexicon)),
        also=tuple(_also(others, reading, context)),
        because=tuple(because),
        absent=gone,
    )


def _also(others: list[Reading], main: Reading, context: Context) -> Iterator[Understanding]:
    for other in others:
        who = witnessed(other, context, more_doubts=_of_another(other, main))
        yield Understanding(
            intent=other.finding.intent,
            type=other.kind,
            place=other.place_id,
            units=who.units,
            status=other.status,
            changes_status=_changes(other, who),
            confidence=_confidence(other, who),
            because=(*reasons(other), *who.because),
        )


def _other_step(reading: Reading, others: list[Reading]) -> tuple[str, ...]:
    """A doubt, where one breath holds another step of another unit."""
    steps = {(other.status, other.named) for other in others if other.finding.intent == "status"}
    mine = reading.finding.intent == "status" and any(
        status != reading.status and units != reading.named for status, units in steps
    )
    return ("two units and two steps in one breath",) if mine else ()


def _of_another(other: Reading, main: Reading) -> tuple[str, ...]:
    """A doubt, where a step is of a unit that may not be the one who speaks: one over has one speaker."""
    told = other.status is not None and other.named != main.named
    return ("told of another unit in the same breath",) if told else ()


def _changes(reading: Reading, who: Witnessed) -> bool:
    own = reading.finding.intent in {"status", "ack"} and bool(reading.named)
    return own and not who.doubts and who.trust >= ALIKE


def _confidence(reading: Reading, who: Witnessed) -> float:
    confidence = reading.finding.confidence
    if reading.status is not None and who.doubts:
        return min(confidence, _NOT_ITS_OWN if CENTRE_SPEAKS in who.doubts else PROPOSED)
    place = reading.place.trust if reading.place else 1.0
    return round(confidence * min(who.trust, place), 2)
