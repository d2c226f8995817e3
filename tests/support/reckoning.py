"""What a site promised against what its journal holds; every difference is a sentence."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from hardware.panels.surgard.encode import DC4
from hardware.simulators.receiver_logic import Delivery
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.evidence import Journaled, ever_spooled, said
from tests.support.mortal_site import MortalSite
from tests.support.programs import CHANNEL


def raw_of(delivery: Delivery) -> str:
    """The frame as the journal has it: hex, without its end mark."""
    return delivery.frame.removesuffix(DC4).hex()


def frames_at_fault(site: MortalSite, kept: Journaled) -> Iterator[str]:
    """A frame the panel saw acknowledged is journaled exactly once, none is there that nobody sent."""
    times = Counter(kept.frames)
    deliveries = [one for receiver in site.receivers for one in receiver.deliveries()]
    for one in deliveries:
        found = times[raw_of(one)]
        if found > 1 or (one.acked_at is not None and not found):
            yield f"journaled {found} times: {one}"
    yield from (f"never sent: {raw}" for raw in sorted(set(times) - set(map(raw_of, deliveries))))
    for receiver in site.receivers:
        yield from _order_at_fault(receiver, kept)


def overs_at_fault(site: MortalSite, kept: Journaled) -> Iterator[str]:
    """An over that reached the spool is journaled once, with its recording.

    What is promised begins with the spool: an over being said when the box dies may end there, cut short or
    unheard. So the reckoning is with what the box told of as stored, and with how many rows its spool ever
    committed, which also knows of an over stored in the moment before a kill.
    """
    ids = [over.id for over in kept.overs]
    stored = {str(one["id"]) for one in said(site.box.log, "stored") if one.get("channel") == CHANNEL}
    yield from (f"over journaled {times} times: {one}" for one, times in Counter(ids).items() if times > 1)
    yield from (f"over spooled and lost: {one}" for one in sorted(stored - set(ids)))
    if (committed := ever_spooled(site.spool, CHANNEL)) != len(ids):
        yield f"{committed} overs were committed to the spool, {len(ids)} are in the journal"
    yield from _recordings_at_fault(site, kept)


def _order_at_fault(receiver: SurgardReceiver, kept: Journaled) -> Iterator[str]:
    sent = [raw_of(one) for one in receiver.deliveries()]
    ours = set(sent)
    found = [raw for raw in kept.frames if raw in ours]
    wanted = [raw for raw in sent if raw in set(found)]
    if found != wanted:
        at = next((i for i, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]), -1)
        yield f"{receiver.port}: out of order from frame {at}: journaled {found[at]}, sent {wanted[at]}"


def _recordings_at_fault(site: MortalSite, kept: Journaled) -> Iterator[str]:
    files = {str(path.relative_to(site.recordings)) for path in site.recordings.rglob("*") if path.is_file()}
    clips = {over.clip: over for over in kept.overs}
    yield from (f"recording of no over: {name}" for name in sorted(files - set(clips)))
    yield from (f"over without its recording: {name}" for name in sorted(set(clips) - files))
    for name in files & set(clips):
        if sha256((site.recordings / name).read_bytes()).hexdigest() != clips[name].sha256:
            yield f"recording damaged: {name}"
