"""A recorded over: its FLAC is kept, its words come later."""

from bus.messages.over import Over
from intake.arrivals.arrival import Arrival, Receiving, Ticket, rule
from intake.dispatch.radio import Caller
from intake.dispatch.source_commands import AcceptOver
from intake.dispatch.speech import OverMeta


def over_arrival(over: Over, clip: str, receiving: Receiving) -> Arrival:
    """`clip` is the stored recording's name."""
    meta = OverMeta(
        id=over.id,
        gateway=over.gateway,
        channel=over.channel,
        clip=clip,
        said_at=over.said_at,
        recorded_at=receiving.at,
        seconds=over.seconds,
        end_reason=over.end,
        sha256=over.sha256,
        clock_offset=receiving.clock_offset,
        callers=tuple(Caller.model_validate(each.model_dump()) for each in over.callers),
    )
    accept = AcceptOver(id=over.id, at=receiving.at, by=rule("channel"), meta=meta)
    return Arrival(over.id, (accept,), Ticket(over.gateway, over.id))
