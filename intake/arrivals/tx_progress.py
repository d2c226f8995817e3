"""A box says how far something it was to say on its channel has come."""

from bus.messages.transmit import TxProgress
from intake.arrivals.arrival import Arrival, Receiving, Ticket, rule
from intake.speaking.commands import NoteProgress
from intake.speaking.rules import TRANSMITTER


def progress_arrival(progress: TxProgress, receiving: Receiving) -> Arrival:
    """Stored under the message's own id and receipted, like everything a box keeps until then."""
    noted = NoteProgress(
        id=progress.id,
        at=receiving.at,
        by=rule("transmitter"),
        device_id=TRANSMITTER.format(channel=f"{progress.gateway}/{progress.channel}"),
        request=progress.request,
        state=progress.state,
        reason=progress.reason,
        seconds=progress.seconds_keyed,
        said_at=progress.at,
    )
    return Arrival(progress.id, (noted,), Ticket(progress.gateway, progress.id))
