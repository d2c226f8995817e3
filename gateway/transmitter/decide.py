"""What a transmitter does, decided on how it stands. Pure: no clock, no chance, no I/O.

A request is accepted, its sound is made, it waits until the channel is free, is keyed, and ends in one of
`FINALS`. Whatever happens is taken first; then time limits and the free channel are looked at anew.
"""

from collections.abc import Iterable
from dataclasses import replace

from bus.messages.transmit import Final, TxReason
from gateway.transmitter.state import GRACE_S, HOUR_S, IDLE_S, OnAir, Spoken, Transmitter, Waiting
from gateway.transmitter.words import (
    Asked,
    CarrierIs,
    Effect,
    Failed,
    Happened,
    Inhibit,
    Key,
    Made,
    Make,
    Played,
    Tell,
    TimePassed,
    Unkey,
)

Turn = tuple[Transmitter, tuple[Effect, ...]]


def decide(state: Transmitter, happened: Happened, now: float) -> Turn:
    """How the transmitter stands after this, and what is to be done, in order. `now` never goes back."""
    state, taken = _take(state, happened, now)
    state, silenced = _silence(state, now)
    state, late = _expire(state, now)
    state, begun = _begin(state, now)
    return state, (*taken, *silenced, *late, *begun)


def due(state: Transmitter) -> float | None:
    """When `TimePassed` is to be told at the latest; None while only the outside can change anything."""
    moments = [each.until for each in state.waiting]
    if state.on_air:
        moments.append(_cut_off(state, state.on_air))
    elif state.carrier == "idle" and _ready(state):
        moments.append(max(state.free_from, state.gap_until()))
    elif state.limits.talk_over and state.carrier == "busy" and _urgent(state):
        moments.append(state.gap_until())
    return min(moments, default=None)


def _take(state: Transmitter, happened: Happened, now: float) -> Turn:
    match happened:
        case Asked():
            return _asked(state, happened, now)
        case Made():
            return _made(state, happened)
        case Failed(id=request, reason=reason):
            return _failed(state, request, reason, now)
        case Played(id=request):
            return _off_air(state, request, "done", None, now)
        case CarrierIs() | Inhibit() | TimePassed():
            return _surroundings(state, happened, now), ()


def _surroundings(state: Transmitter, happened: CarrierIs | Inhibit | TimePassed, now: float) -> Transmitter:
    match happened:
        case CarrierIs():
            return _carrier(state, happened, now)
        case Inhibit(on=on):
            return replace(state, inhibited=on)
        case TimePassed():
            return state


def _asked(state: Transmitter, asked: Asked, now: float) -> Turn:
    if state.is_known(asked.id):
        return state, ()
    kept = tuple(each for each in state.known if each[1] > now - HOUR_S)
    state = replace(state, known=(*kept, (asked.id, now)))
    if why := _refusal(state, asked, now):
        return state, (Tell(asked.id, *why),)
    waiting = Waiting(asked.id, asked.priority, asked.until)
    return replace(state, waiting=(*state.waiting, waiting)), (Tell(asked.id, "accepted"), Make(asked.id))


def _refusal(state: Transmitter, asked: Asked, now: float) -> tuple[Final, TxReason] | None:
    if state.receive_only:
        return "refused", "receive_only"
    if now >= asked.until:
        return "expired", "late"
    if asked.until > now + state.limits.limit_s:
        return "refused", "far_off"
    return None


def _made(state: Transmitter, made: Made) -> Turn:
    if not any(each.id == made.id for each in state.waiting):
        return state, ()
    if made.seconds > state.limits.max_s:
        return _dropped(state, [made.id], "refused", "too_long")
    changed = (replace(each, seconds=made.seconds) if each.id == made.id else each for each in state.waiting)
    return replace(state, waiting=tuple(changed)), ()


def _failed(state: Transmitter, request: str, reason: TxReason, now: float) -> Turn:
    if any(each.id == request for each in state.waiting):
        return _dropped(state, [request], "refused", reason)
    return _off_air(state, request, "aborted", reason, now)


def _carrier(state: Transmitter, told: CarrierIs, now: float) -> Transmitter:
    if told.carrier != "idle":
        return replace(state, carrier=told.carrier)
    if state.carrier == "idle":
        return state
    return replace(state, carrier="idle", free_from=now + IDLE_S + told.patience_s)


def _silence(state: Transmitter, now: float) -> Turn:
    """What a mute, a stuck carrier or the clock ends."""
    ended: tuple[Effect, ...] = ()
    if on_air := state.on_air:
        why = _why_off_air(state, on_air, now)
        if why:
            state, ended = _off_air(state, on_air.id, "aborted", why, now)
    if state.inhibited or state.carrier == "stuck":
        reason: TxReason = "inhibited" if state.inhibited else "stuck"
        state, dropped = _dropped(state, [each.id for each in state.waiting], "refused", reason)
        ended += dropped
    return state, ended


def _why_off_air(state: Transmitter, on_air: OnAir, now: float) -> TxReason | None:
    if state.inhibited:
        return "inhibited"
    return "overran" if now >= _cut_off(state, on_air) else None


def _cut_off(state: Transmitter, on_air: OnAir) -> float:
    return on_air.since + state.limits.max_s + GRACE_S


def _expire(state: Transmitter, now: float) -> Turn:
    late = [each.id for each in state.waiting if now >= each.until]
    return _dropped(state, late, "expired", _hindrance(state, now) or "late")


def _begin(state: Transmitter, now: float) -> Turn:
    """Key the most urgent request that may be keyed; tell the others once that they wait."""
    told: tuple[Effect, ...] = ()
    for each in sorted(_ready(state), key=lambda each: each.priority):
        if state.on_air is None and _may_key(state, each, now):
            state, begun = _key(state, each, now)
            told += begun
        elif not each.told:
            told += (Tell(each.id, "waiting", _hindrance(state, now)),)
            state = replace(state, waiting=_with(state.waiting, replace(each, told=True)))
    return state, told


def _ready(state: Transmitter) -> list[Waiting]:
    return [each for each in state.waiting if each.seconds is not None]


def _urgent(state: Transmitter) -> bool:
    return any(each.priority == 0 for each in _ready(state))


def _may_key(state: Transmitter, waiting: Waiting, now: float) -> bool:
    hindrance = _hindrance(state, now)
    return hindrance is None or (hindrance == "busy" and state.limits.talk_over and waiting.priority == 0)


def _hindrance(state: Transmitter, now: float) -> TxReason | None:
    """Why nothing may be keyed now."""
    if state.on_air or now < state.gap_until():
        return "gap"
    if state.carrier == "idle":
        return "busy" if now < state.free_from else None
    return "deaf" if state.carrier == "dead" else "busy"


def _key(state: Transmitter, waiting: Waiting, now: float) -> Turn:
    if state.spent_s(now) + (waiting.seconds or 0.0) > state.limits.duty_s:
        return _dropped(state, [waiting.id], "refused", "duty")
    rest = tuple(each for each in state.waiting if each.id != waiting.id)
    keyed = replace(state, waiting=rest, on_air=OnAir(waiting.id, now))
    return keyed, (Key(waiting.id), Tell(waiting.id, "keyed"))


def _off_air(state: Transmitter, request: str, final: Final, reason: TxReason | None, now: float) -> Turn:
    on_air = state.on_air
    if on_air is None or on_air.id != request:
        return state, ()
    seconds = now - on_air.since
    kept = tuple(each for each in state.spoken if each.ended > now - HOUR_S)
    state = replace(state, on_air=None, spoken=(*kept, Spoken(now, seconds)))
    return state, (Unkey(request), Tell(request, final, reason, seconds))


def _dropped(state: Transmitter, ids: Iterable[str], final: Final, reason: TxReason) -> Turn:
    gone = tuple(ids)
    rest = tuple(each for each in state.waiting if each.id not in gone)
    return replace(state, waiting=rest), tuple(Tell(each, final, reason) for each in gone)


def _with(waiting: tuple[Waiting, ...], changed: Waiting) -> tuple[Waiting, ...]:
    return tuple(changed if each.id == changed.id else each for each in waiting)
