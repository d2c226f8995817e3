"""One utterance → one Understanding. Pure: the same text, site and caller give the same answer."""

from dataclasses import dataclass, replace

from intake.understanding.corrections import split_correction
from intake.understanding.events import Event, find_event
from intake.understanding.hallucinations import noise_reason
from intake.understanding.intents import Finding, Scene, centre_acknowledges, find_intent
from intake.understanding.lexicon import Lexicon
from intake.understanding.mark import mark
from intake.understanding.mending import mend
from intake.understanding.model import Lang, Mention, Status, Understanding
from intake.understanding.normalise import normalise
from intake.understanding.places import choose_place
from intake.understanding.speakers import choose_units, second_unit, speaks_for_itself
from intake.understanding.statuses import Step, own_step, read_back_step

_UNSURE_SPEAKER = 0.4
"""Confidence of a step whose unit may be the one spoken to, or that only its set's number names."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one stretch of text without corrections says."""

    finding: Finding
    event: Event | None
    place: Mention | None
    units: tuple[Mention, ...]
    status: Status | None
    sure_speaker: bool


def understand(text: str, lang: Lang, lexicon: Lexicon, caller_unit: str | None = None) -> Understanding:
    """What `text` says; never raises, whatever the text.

    `caller_unit` is the unit whose set was transmitting, where signalling told: it is named when
    the words name none, but a step it did not speak for by name changes nothing.
    """
    if lexicon.lang != lang:
        raise ValueError(f"the lexicon is for {lexicon.lang}, the text in {lang}")
    normal = mend(normalise(text, lang), lexicon)
    noise = noise_reason(normal, lexicon)
    if noise:
        return Understanding("noise", confidence=0.9, because=(f"noise: {noise}",))
    asked = text.rstrip().endswith(("?", "？"))
    first, after = split_correction(normal, lexicon)
    reading = _read(first, lexicon, asked=asked)
    if after is not None:
        reading = _corrected(reading, _read(after, lexicon, asked=asked))
    return _answer(reading, caller_unit)


def _read(text: str, lexicon: Lexicon, *, asked: bool) -> _Reading:
    marked = mark(text, lexicon)
    opening = lexicon.address.match(marked.acts)
    of_another = second_unit(marked.acts, marked.units, lexicon) == "subject"
    own = None if of_another else own_step(marked.acts, lexicon)
    told = read_back_step(marked.acts, lexicon)
    event = find_event(marked.named, marked.places, lexicon, closing=own is not None)
    body = marked.acts[opening.end() :] if opening else marked.acts
    scene = Scene(marked, body, own, told, event is not None, asked, lexicon)
    finding = find_intent(scene)
    return _Reading(
        finding=finding,
        event=event,
        place=choose_place(marked.named, marked.places, lexicon, moving=_moving(finding, own)),
        units=choose_units(marked.acts, marked.units, lexicon) if marked.units else (),
        status=_status(finding, scene),
        sure_speaker=speaks_for_itself(marked.acts, marked.units, lexicon) and not centre_acknowledges(scene),
    )


def _moving(finding: Finding, own: Step | None) -> bool:
    return finding.intent == "order" or (own is not None and own.status == "enroute")


def _status(finding: Finding, scene: Scene) -> Status | None:
    if finding.intent == "ack":
        return "signed"
    if finding.intent == "status" and scene.own:
        return scene.own.status
    step = scene.told or scene.own
    return step.status if finding.intent == "readback" and step else None


def _corrected(said: _Reading, meant: _Reading) -> _Reading:
    """What was meant replaces what was said, kind by kind."""
    speaks_anew = meant.finding.intent == "status" or said.finding.intent in {"hail", "ack"}
    return replace(
        said,
        finding=meant.finding if speaks_anew else said.finding,
        event=meant.event or said.event,
        place=meant.place or said.place,
        units=meant.units or said.units,
        status=meant.status if speaks_anew else said.status,
        sure_speaker=said.sure_speaker and meant.sure_speaker,
    )


def _answer(reading: _Reading, caller_unit: str | None) -> Understanding:
    named = tuple(dict.fromkeys(unit for mention in reading.units for unit in mention.ids))
    changes = reading.finding.intent in {"status", "ack"} and bool(named) and reading.sure_speaker
    contradicted = caller_unit is not None and bool(named) and caller_unit not in named
    spoken_for = named or ((caller_unit,) if caller_unit else ())
    place = reading.place.ids[0] if reading.place and reading.place.ids else None
    return Understanding(
        intent=reading.finding.intent,
        type=reading.event.kind if reading.event else None,
        place=place,
        units=spoken_for,
        status=reading.status,
        changes_status=changes and not contradicted,
        confidence=_confidence(reading, contradicted=contradicted),
        because=_because(reading, caller_unit, contradicted=contradicted),
    )


def _confidence(reading: _Reading, *, contradicted: bool) -> float:
    confidence = reading.finding.confidence
    if reading.status is not None and (contradicted or not reading.sure_speaker):
        confidence = min(confidence, _UNSURE_SPEAKER)
    names = (*reading.units, *((reading.place,) if reading.place else ()))
    return round(confidence * min((name.trust for name in names), default=1.0), 2)


def _because(reading: _Reading, caller_unit: str | None, *, contradicted: bool) -> tuple[str, ...]:
    reasons = [f"{reading.finding.intent}: {reading.finding.rule} «{reading.finding.words.strip()}»"]
    if reading.event:
        reasons.append(f"type {reading.event.kind}: «{reading.event.words}»")
    if reading.place:
        reasons.append(f"{reading.place.rule}: «{reading.place.words}»")
    reasons += [f"{unit.rule}: «{unit.words}»" for unit in reading.units]
    if contradicted:
        reasons.append(f"but the set transmitting is {caller_unit}'s")
    elif caller_unit and not reading.units:
        reasons.append(f"unit by the set transmitting: {caller_unit}")
    if reading.status and not reading.sure_speaker:
        reasons.append("the unit named may be spoken to: ask")
    return tuple(reasons)
