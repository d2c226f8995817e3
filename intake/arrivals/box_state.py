"""A box says how it is, or the broker says it is gone."""

from collections.abc import Mapping

from bus.ids import derived_id
from bus.messages.status import ChannelState, GatewayHealth, GatewayStatus
from intake.arrivals.arrival import Arrival, Receiving, rule
from intake.arrivals.trouble import trouble_alarm, trouble_over
from intake.dispatch.commands import Command
from intake.dispatch.source_commands import DeviceChanged
from intake.dispatch.speech import Device

CLOCK_TOLERANCE_S = 5.0
"""Beyond this a source's times are flagged (domain page, section 5)."""


def status_arrival(
    status: GatewayStatus, known: Mapping[str, Device], receiving: Receiving
) -> Arrival | None:
    """None when it says nothing new, or is the late will of a boot that has been followed by another.

    `known` must hold what every earlier message led to: what is new is told by comparing. The ids carry
    moment and turn, for a box lost twice says the same words twice, even in one breath, and means two
    things.
    """
    before = known.get(status.gateway)
    if status.state == "lost" and before and before.facts.get("boot") != status.boot:
        return None
    device = _device(status)
    if before and (before.state, before.facts) == (device.state, device.facts):
        return None
    cause = derived_id(status.gateway, status.boot, status.state, receiving.mark)
    shown = DeviceChanged(id=cause, at=receiving.at, by=rule("box-supervision"), device=device)
    return Arrival(cause, (shown, *_alarms(cause, status, before, receiving)))


def _device(status: GatewayStatus) -> Device:
    facts: dict[str, str | int | float | bool | None] = {
        "boot": status.boot,
        "software": status.software,
        "detail": ", ".join(status.problems),
    }
    return Device(id=status.gateway, what="gateway", state=status.state, since=status.since, facts=facts)


def _alarms(
    cause: str, status: GatewayStatus, before: Device | None, receiving: Receiving
) -> tuple[Command, ...]:
    alarm, box = derived_id(cause, "alarm"), status.gateway
    was, is_now = _trouble(before), _trouble(_device(status))
    if is_now is not None and is_now != was:
        since = receiving.at if is_now == "gateway-lost" else status.since
        detail = ", ".join(status.problems)
        return (trouble_alarm(alarm, is_now, box, since, receiving, detail=detail),)
    if was is not None and is_now is None:
        return (trouble_over(alarm, box, status.since, receiving),)
    return ()


def _trouble(box: Device | None) -> str | None:
    """The box's own trouble; those of its lines and channels are told by the lines and channels."""
    if box is not None and box.state == "lost":
        return "gateway-lost"
    if box is not None and "spool_full" in str(box.facts.get("detail")).split(", "):
        return "gateway-degraded"
    return None


def clock_offset(health: GatewayHealth, receiving: Receiving) -> float:
    """Seconds the box's clock is ahead of the centre's; health is never queued, so the way takes no time."""
    return (health.sent_at - receiving.at).total_seconds()


def clock_arrival(health: GatewayHealth, receiving: Receiving) -> Arrival | None:
    """One `system` alarm a boot when the box's clock is more than `CLOCK_TOLERANCE_S` off."""
    offset = clock_offset(health, receiving)
    if abs(offset) <= CLOCK_TOLERANCE_S:
        return None
    cause = derived_id(health.boot, "clock-wrong")
    detail = f"{offset:+.0f}"
    alarm = trouble_alarm(cause, "clock-wrong", health.gateway, receiving.at, receiving, detail=detail)
    return Arrival(cause, (alarm,))


def channel_arrival(state: ChannelState, known: Mapping[str, Device], receiving: Receiving) -> Arrival | None:
    """Busy and idle are not worth the journal; a stuck channel is, and its end.

    A dead one is told by its own fault signal, which waits in the spool until we have it.
    """
    name = f"{state.gateway}/{state.channel}"
    before = known.get(name)
    stuck, was_stuck = state.rx == "stuck", before is not None and before.state == "stuck"
    if state.rx == "dead" or (before and stuck == was_stuck) or (before and before.state == "broken"):
        return None
    cause = derived_id(name, state.rx, receiving.mark)
    device = Device(id=name, what="channel", state="stuck" if stuck else "ok", since=state.since)
    shown = DeviceChanged(id=cause, at=receiving.at, by=rule("channel-supervision"), device=device)
    note = derived_id(cause, "alarm")
    if stuck:
        return Arrival(cause, (shown, trouble_alarm(note, "channel-stuck", name, state.since, receiving)))
    if was_stuck:
        return Arrival(cause, (shown, trouble_over(note, name, state.since, receiving)))
    return Arrival(cause, (shown,))
