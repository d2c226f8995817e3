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
    """None when it says nothing new, or is the late will of a boot that has been followed by another."""
    before = known.get(status.gateway)
    boot_before = str(before.facts.get("boot")) if before else None
    if status.state == "lost" and before and boot_before != status.boot:
        return None
    device = _device(status)
    if before and (before.state, before.facts) == (device.state, device.facts):
        return None
    cause = derived_id(status.gateway, status.boot, status.state, *status.problems, str(status.since))
    shown = DeviceChanged(id=cause, at=receiving.at, by=rule("box-supervision"), device=device)
    return Arrival(cause, (shown, *_alarms(status, before, receiving)))


def _device(status: GatewayStatus) -> Device:
    facts: dict[str, str | int | float | bool | None] = {
        "boot": status.boot,
        "software": status.software,
        "detail": ", ".join(status.problems),
    }
    return Device(id=status.gateway, what="gateway", state=status.state, since=status.since, facts=facts)


def _alarms(status: GatewayStatus, before: Device | None, receiving: Receiving) -> tuple[Command, ...]:
    if status.state == "lost":
        alarm = derived_id(status.boot, "lost", str(status.since))
        return (trouble_alarm(alarm, "gateway-lost", status.gateway, receiving.at, receiving),)
    if "spool_full" in status.problems:
        alarm = derived_id(status.boot, "spool_full", str(status.since))
        detail = ", ".join(status.problems)
        return (
            trouble_alarm(alarm, "gateway-degraded", status.gateway, status.since, receiving, detail=detail),
        )
    if before and before.state in ("lost", "degraded") and status.state == "ready":
        again = derived_id(status.boot, "again", str(status.since))
        return (trouble_over(again, status.gateway, status.since, receiving),)
    return ()


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
    """Busy and idle are not worth the journal; a stuck or dead channel is, and its end."""
    name = f"{state.gateway}/{state.channel}"
    shown_state = state.rx if state.rx in ("stuck", "dead") else "ok"
    before = known.get(name)
    if (before.state if before else None) == shown_state:
        return None
    cause = derived_id(name, state.rx, str(state.since))
    device = Device(id=name, what="channel", state=shown_state, since=state.since)
    shown = DeviceChanged(id=cause, at=receiving.at, by=rule("channel-supervision"), device=device)
    if shown_state == "ok":
        return Arrival(cause, (shown,))
    alarm = trouble_alarm(derived_id(cause, "alarm"), "channel-stuck", name, state.since, receiving)
    return Arrival(cause, (shown, alarm))
