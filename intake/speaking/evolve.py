"""What each event makes of a transmitter, which is a device like a line or a channel.

Its state is how far its latest request has come; its facts are that request, and whether it is muted.
"""

from typing import Any

from intake.dispatch.speech import Device
from intake.dispatch.state import State, Thing
from intake.speaking.events import SpeechOrdered, SpeechProgressed, TransmitterMuted


def _ordered(state: State, event: SpeechOrdered) -> tuple[Thing, ...]:
    facts = {
        "request": event.request,
        "detail": event.text,
        "by": event.by.name,
        "muted": _muted(state, event),
    }
    return (_device(event.device_id, "ordered", event, facts),)


def _progressed(state: State, event: SpeechProgressed) -> tuple[Thing, ...]:
    """A word on an older request changes nothing that is shown."""
    known = state.devices.get(event.device_id)
    if known is None or known.facts.get("request") != event.request:
        return (known,) if known else (_device(event.device_id, "idle", event, {}),)
    return (_device(event.device_id, event.state, event, {**known.facts, "reason": event.reason}),)


def _mute(state: State, event: TransmitterMuted) -> tuple[Thing, ...]:
    known = state.devices.get(event.device_id)
    facts = {**(known.facts if known else {}), "muted": event.on}
    return (_device(event.device_id, known.state if known else "idle", event, facts),)


def _device(
    id_: str, state: str, event: SpeechOrdered | SpeechProgressed | TransmitterMuted, facts: dict[str, Any]
) -> Device:
    return Device(id=id_, what="transmitter", state=state, since=event.at, facts=facts)


def _muted(state: State, event: SpeechOrdered) -> bool:
    known = state.devices.get(event.device_id)
    return bool(known and known.facts.get("muted"))


AFTER: dict[type, Any] = {
    SpeechOrdered: _ordered,
    SpeechProgressed: _progressed,
    TransmitterMuted: _mute,
}
