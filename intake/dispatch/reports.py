"""Alarms and incidents as correlation sees them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from intake.correlation.report import Report
from intake.dispatch.objects import Alarm, AlarmContent, Incident
from intake.dispatch.queries import overs_of, place_of
from intake.dispatch.state import State

COMPARED = 8
"""Alarms of an incident that a new one is compared with: its first, and its newest."""


def report_of(state: State, alarm: Alarm) -> Report:
    """What an alarm reports, with what its overs told later."""
    content = alarm.content
    understood = [over.transcript.understanding.type for over in overs_of(state, alarm) if over.transcript]
    words = [over.transcript.text for over in overs_of(state, alarm) if over.transcript]
    return Report(
        id=alarm.id,
        source=content.source,
        at=_trusted(state, content),
        type=content.type or next((type_ for type_ in reversed(understood) if type_), None),
        place=place_of(state, alarm),
        account=content.source_id if content.account is not None or content.source == "system" else None,
        zone=content.event_code if content.source == "system" and content.zone is None else content.zone,
        radio=content.radio_id or content.caller_unit,
        text=content.text or " ".join(words),
        restored_at=max((note.at for note in alarm.annotations if note.what == "restore"), default=None),
    )


def reports_of(state: State, target: Alarm | Incident) -> Iterator[Report]:
    """What to compare a new alarm with; an incident opened by hand is its own report."""
    if isinstance(target, Alarm):
        yield report_of(state, target)
        return
    ids = state.incident_alarms.get(target.id, ())
    if not ids:
        yield incident_report(target)
    for id_ in dict.fromkeys((*ids[:1], *ids[1:][1 - COMPARED :])):
        alarm = state.alarms[id_]
        report = report_of(state, alarm)
        decided = alarm.link_kind == "origin" and id_ == ids[0]
        yield _as_decided(report, target) if decided else report


def incident_report(incident: Incident) -> Report:
    """What an incident says itself: the type and place people decided on."""
    return Report(
        id=incident.id,
        source="manual",
        at=incident.first_at,
        type=incident.type,
        place=incident.place,
        text=incident.summary,
    )


def _as_decided(report: Report, incident: Incident) -> Report:
    """The first report of an incident, of the type and at the place people gave it."""
    return replace(report, type=incident.type, place=incident.place)


def _trusted(state: State, content: AlarmContent) -> datetime:
    """When it was said; when it came, if its clock is further off than is tolerated (domain page, 5)."""
    off = abs(content.clock_offset) > state.policy.clock_tolerance.total_seconds()
    return content.recorded_at if off else content.said_at
