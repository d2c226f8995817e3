"""Rules about overs: everything heard is listed, reports become alarms, statuses move assignments."""

from typing import Any

from intake.dispatch.certainty import hear_sighting
from intake.dispatch.commands import PullOver
from intake.dispatch.draft import Draft
from intake.dispatch.emergencies import declare
from intake.dispatch.news import SPEAKING, is_news
from intake.dispatch.objects import AlarmContent
from intake.dispatch.queries import unit_of_radio
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.source_commands import AcceptOver, AddTranscript, CompareOver
from intake.dispatch.source_events import AlarmQueued, OverAccepted, OverCompared, OverTranscribed
from intake.dispatch.speech import Over, OverMeta, Transcript, Understanding
from intake.dispatch.spoken import STEPPING, confirm_readback, hear_statuses, sureness
from intake.dispatch.state import State
from intake.patrol.rules import hear_ticks, is_visit


def accept_over(draft: Draft, command: AcceptOver) -> Refusal | None:
    """List an over, exactly once for its id."""
    if command.meta.id not in draft.state.overs:
        heard = radio_units(draft.state, command.meta)
        draft.write(OverAccepted(**draft.head, meta=command.meta, heard=heard))
    return None


def add_transcript(draft: Draft, command: AddTranscript) -> Refusal | None:
    """Store what was understood of an over, once, and let follow from it what may.

    An over in which an emergency key was pressed belongs to that alarm: its words make no second one.
    """
    over = draft.state.overs.get(command.over_id)
    if over is None:
        return refuse("unknown", field="over_id", what="over", id=command.over_id)
    if over.transcript is not None:
        return None
    transcript = command.transcript
    heard = _units_heard(draft, over, transcript)
    draft.write(OverTranscribed(**draft.head, over_id=over.id, transcript=transcript, heard=heard))
    if transcript.gated is not None:
        return None
    if over.alarm is None:
        _queue_alarms(draft, over, command)
    for said in (transcript.understanding, *transcript.understanding.also):
        if said.intent == "readback":
            confirm_readback(draft, over, transcript, said)
            continue
        hear_ticks(draft, over, transcript, said)
        if said.intent in STEPPING and not is_visit(draft.state, said):
            hear_statuses(draft, over, transcript, said)
    hear_sighting(draft, over, transcript, transcript.understanding)
    return None


def compare_over(draft: Draft, command: CompareOver) -> Refusal | None:
    """Store what a second engine heard; nothing follows from it."""
    if command.over_id not in draft.state.overs:
        return refuse("unknown", field="over_id", what="over", id=command.over_id)
    draft.write(OverCompared(**draft.head, over=command.over_id, second=command.second))
    return None


def radio_units(state: State, meta: OverMeta) -> tuple[str, ...]:
    """Return the units whose radios transmitted in an over, each once."""
    units = (unit_of_radio(state, radio) for radio in meta.radios)
    return tuple(dict.fromkeys(unit for unit in units if unit))


def _units_heard(draft: Draft, over: Over, transcript: Transcript) -> tuple[str, ...]:
    """Return the known units whose handset or own words were heard; being talked about is not being heard."""
    units = draft.state.units
    heard = list(radio_units(draft.state, over.meta))
    said = transcript.understanding
    speaks = said.intent == "report" or said.changes_status
    if transcript.gated is None and speaks and said.intent in SPEAKING:
        heard += [unit for unit in said.units if unit in units and unit not in heard]
    return tuple(heard)


def _queue_alarms(draft: Draft, over: Over, command: AddTranscript) -> None:
    """Queue what was told of, and what was told of elsewhere in the same breath: one alarm a place."""
    main = command.transcript.understanding
    told_of: set[str | None] = set()
    if is_news(draft.state, main):
        _queue_alarm(draft, over, command, main, command.alarm_id)
        told_of = {None, main.place}
    for said, alarm_id in zip(main.also, command.more_alarm_ids, strict=False):
        beside = main.intent == "status"
        if said.place not in told_of and is_news(draft.state, said, beside_a_step=beside):
            _queue_alarm(draft, over, command, said, alarm_id)
            told_of |= {None, said.place}


def _queue_alarm(
    draft: Draft, over: Over, command: AddTranscript, said: Understanding, alarm_id: str
) -> None:
    """Queue one fact, exactly once for the id the shell made for it."""
    if alarm_id in draft.state.alarms:
        return
    transcript = command.transcript
    heard = {
        "id": alarm_id,
        "type": said.type,
        "place": said.place,
        "text": transcript.text,
        "exercise": command.exercise,
        "stt_model": f"{transcript.engine}/{transcript.model}",
        "confidence": sureness(transcript, said),
    }
    content = _content(draft.state, over, said.units, heard)
    draft.write(AlarmQueued(**draft.head, content=content, over_id=over.id))
    declare(draft, content)


def pull_over(draft: Draft, command: PullOver) -> Refusal | None:
    """Queue an over by hand; its alarm has the recording, and the words somebody heard in it."""
    over = draft.state.overs.get(command.over_id)
    if over is None:
        return refuse("unknown", field="over", what="over", id=command.over_id)
    if command.alarm_id in draft.state.alarms:
        return None
    if over.alarm is not None:
        return refuse("over-queued")
    unsure = over.transcript.text if over.transcript else ""
    heard = {
        "id": command.alarm_id,
        "type": command.type,
        "place": command.place,
        "text": command.text or unsure,
    }
    content = _content(draft.state, over, (), heard)
    draft.write(AlarmQueued(**draft.head, content=content, over_id=over.id))
    return None


def _content(state: State, over: Over, named: tuple[str, ...], heard: dict[str, Any]) -> AlarmContent:
    """What an alarm says that was heard in an over; its caller is whose radio it was, else who was named."""
    meta = over.meta
    return AlarmContent(
        **heard,
        source="radio",
        source_id=f"{meta.gateway}/{meta.channel}",
        said_at=meta.said_at,
        recorded_at=meta.recorded_at,
        clock_offset=meta.clock_offset,
        priority=state.policy.priority_of(heard["type"]),
        raw=meta.clip,
        radio_id=next(iter(meta.radios), None),
        caller_unit=next(iter((*radio_units(state, meta), *named)), None),
        clip=meta.clip,
    )
