"""A panel's signal: an alarm, a repeat of one, a note on one, or the trouble of its line."""

from typing import Final

from bus.ids import derived_id
from bus.messages.signal import PanelEvent, PanelSignal
from intake.arrivals.arrival import PANEL, Arrival, Receiving, Ticket, rule
from intake.arrivals.trouble import trouble_alarm, trouble_over
from intake.dispatch.commands import Command
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_commands import AcceptAlarm, AnnotateAlarms, CountRepeat, DeviceChanged
from intake.dispatch.speech import Device
from intake.site import Site
from intake.understanding.panel_event import PanelFacts, PanelMeaning, meaning_of

_FAULTY: Final = {"audio": "channel", "carrier": "carrier"}
"""What a fault is of, by protocol; anything else is a panel line."""


def signal_arrival(signal: PanelSignal, site: Site, receiving: Receiving) -> Arrival:
    """Everything the box says of its lines is stored under the signal's own id and receipted."""
    return Arrival(signal.id, _commands(signal, site, receiving), Ticket(signal.gateway, signal.id))


def orphan_arrival(signal: PanelSignal, site: Site, receiving: Receiving) -> Arrival:
    """A repeat of what the centre never heard of: its frame, not decoded a second time, is the alarm."""
    return signal_arrival(signal.model_copy(update={"kind": "unparsed"}), site, receiving)


def _commands(signal: PanelSignal, site: Site, receiving: Receiving) -> tuple[Command, ...]:
    if signal.kind in ("line_fault", "line_restored"):
        return _line(signal, receiving)
    if signal.kind == "repeat" and signal.repeat_of:
        return (_repeat(signal, signal.repeat_of, receiving),)
    meaning = meaning_of(_facts(signal), site)
    if meaning.category in ("restore", "journal"):
        return (_note(signal, meaning, receiving),)
    return (
        AcceptAlarm(id=signal.id, at=receiving.at, by=PANEL, content=_content(signal, meaning, receiving)),
    )


def _facts(signal: PanelSignal) -> PanelFacts:
    event = signal.event or PanelEvent()
    return PanelFacts(
        kind=signal.kind,
        protocol=signal.protocol,
        line=signal.line,
        code_set=event.code_set,
        code=event.code,
        qualifier=event.qualifier,
        account=event.account,
        partition=event.partition,
        zone=event.zone,
        user=event.user,
        text=event.text,
    )


def _content(signal: PanelSignal, meaning: PanelMeaning, receiving: Receiving) -> AlarmContent:
    event = signal.event or PanelEvent()
    return AlarmContent(
        id=signal.id,
        source="system" if meaning.category == "system" else "panel",
        source_id=f"{signal.gateway}/{event.account or signal.line}",
        said_at=signal.said_at,
        recorded_at=receiving.at,
        clock_offset=receiving.clock_offset,
        priority=meaning.priority,
        type=meaning.type,
        place=meaning.place,
        text=meaning.text["en"],
        text_zh=meaning.text["zh"],
        raw=signal.raw,
        parsed=meaning.parsed,
        maybe_repeat=signal.maybe_repeat,
        exercise="test" if meaning.category == "test" else "actual",
        account=event.account,
        zone=event.zone,
        event_code=event.code,
        qualifier=event.qualifier,
    )


def _repeat(signal: PanelSignal, alarm: str, receiving: Receiving) -> CountRepeat:
    return CountRepeat(id=signal.id, at=receiving.at, by=PANEL, alarm_id=alarm, signal_id=signal.id)


def _note(signal: PanelSignal, meaning: PanelMeaning, receiving: Receiving) -> AnnotateAlarms:
    event = signal.event or PanelEvent()
    return AnnotateAlarms(
        id=signal.id,
        at=receiving.at,
        by=PANEL,
        signal_id=signal.id,
        source_id=f"{signal.gateway}/{event.account or signal.line}",
        account=event.account or "",
        zone=event.zone,
        what="restore" if meaning.category == "restore" else "other",
        said_at=signal.said_at,
        event_code=event.code,
        text=meaning.text["en"],
        text_zh=meaning.text["zh"],
        raw=signal.raw,
    )


def _line(signal: PanelSignal, receiving: Receiving) -> tuple[Command, ...]:
    line = f"{signal.gateway}/{signal.line}"
    shown = DeviceChanged(
        id=derived_id(signal.id, "device"),
        at=receiving.at,
        by=rule("line-supervision"),
        device=Device(
            id=line,
            what="channel" if signal.protocol == "audio" else "line",
            state=signal.trouble or "ok",
            since=signal.said_at,
            facts={"detail": signal.detail},
        ),
    )
    if signal.kind == "line_restored":
        return (shown, trouble_over(signal.id, line, signal.said_at, receiving))
    code = f"{_FAULTY.get(signal.protocol, 'line')}-{signal.trouble or 'broken'}"
    alarm = trouble_alarm(signal.id, code, line, signal.said_at, receiving, detail=signal.detail)
    return (shown, alarm)
