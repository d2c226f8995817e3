"""A recorded hour as happenings: what a journal's panels sent, what was said and what was typed. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from intake.dispatch.events import Event
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_events import AlarmQueued, OverTranscribed
from tongpin.demo.hour import FrameDue, Happening, SpeechDue, ToldDue

LEAD_S = 5.0
"""The first of them comes so long after the beginning."""

_ACCOUNT, _CODE = 4, 3
"""Digits of an account, of an event code and of a zone in Contact ID."""

KINDS = ("alarm.queued", "over.transcribed")
"""The kinds of event looked at; a reader may leave out all others."""


def recorded(events: Iterable[Event]) -> tuple[Happening, ...]:
    """As far apart as they were; what units said of their own steps, the officers of the drill say anew."""
    found = [one for event in events if (one := _one(event)) is not None]
    begin = min((at for at, _ in found), default=None)
    if begin is None:
        return ()
    moved = (replace(what, at=(at - begin).total_seconds() + LEAD_S) for at, what in found)
    return tuple(sorted(moved, key=lambda one: one.at))


def _one(event: Event) -> tuple[datetime, FrameDue | SpeechDue | ToldDue] | None:
    match event:
        case AlarmQueued(content=content) if content.source == "panel":
            frame = _frame(content)
            return (content.recorded_at, frame) if frame else None
        case AlarmQueued(content=content) if content.source == "manual" and content.text:
            return content.recorded_at, ToldDue(0, content.text)
        case OverTranscribed(transcript=heard) if _is_worth_saying(event):
            unit = next(iter(event.heard), "")
            return event.at, SpeechDue(0, unit, heard.text)
        case _:
            return None


def _is_worth_saying(event: OverTranscribed) -> bool:
    heard = event.transcript
    return bool(heard.text) and not heard.gated and heard.understanding.intent not in {"status", "ack"}


def _frame(content: AlarmContent) -> FrameDue | None:
    """None where the panel speaks something else than Contact ID."""
    account, code, zone = content.account or "", content.event_code or "", content.zone or "000"
    spoken = len(account) == _ACCOUNT and code.isdigit() and len(code) == _CODE and zone.isdigit()
    if not spoken:
        return None
    qualifier: Literal["new", "restore"] = "restore" if content.qualifier == "restore" else "new"
    return FrameDue(0, 0, account.upper(), qualifier, code, "01", zone.zfill(_CODE)[-_CODE:])
