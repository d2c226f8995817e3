"""A radio's emergency key: an alarm before anybody knows a word of what is said."""

from bus.messages.over import RadioCall
from intake.arrivals.arrival import Arrival, Receiving, Ticket, rule
from intake.dispatch.emergencies import EMERGENCY
from intake.dispatch.objects import AlarmContent
from intake.dispatch.radio import EMERGENCY_KEY, radio_key
from intake.dispatch.source_commands import RaiseEmergency

_EN = "Emergency key of radio {kind} {id} on channel {channel}"
_ZH = "对讲机 {kind} {id} 按下紧急键，信道 {channel}"


def radio_call_arrival(call: RadioCall, receiving: Receiving) -> Arrival:
    """The alarm has the call's own id, so the same call again is the same alarm.

    Whatever the radio meant by it, the box spooled it as an emergency; whose radio it is, the core knows.
    """
    caller = call.caller
    named = {"kind": caller.kind, "id": caller.id, "channel": call.channel}
    content = AlarmContent(
        id=call.id,
        source="radio",
        source_id=f"{call.gateway}/{call.channel}",
        said_at=call.said_at,
        recorded_at=receiving.at,
        clock_offset=receiving.clock_offset,
        priority=0,
        type=EMERGENCY,
        text=_EN.format(**named),
        text_zh=_ZH.format(**named),
        raw=caller.raw,
        event_code=EMERGENCY_KEY,
        radio_id=radio_key(caller.kind, caller.id),
        over=call.over,
    )
    raised = RaiseEmergency(id=call.id, at=receiving.at, by=rule("emergency-key"), content=content)
    return Arrival(call.id, (raised,), Ticket(call.gateway, call.id))
