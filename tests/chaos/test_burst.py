"""A power cut in town: four receivers full of alarms at once, and no broker to tell them to."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pytest

from hardware.simulators.receiver_logic import ReceiverTiming
from hardware.simulators.surgard_receiver import SurgardReceiver
from intake.verify import verify
from tests.support.broker import Mosquitto
from tests.support.evidence import Journaled, journaled, spooled_rows
from tests.support.panel_stream import distinct_frames
from tests.support.programs import box, centre, comes_true
from tests.support.reckoning import raw_of

HEADERS = ("011", "022", "033", "044")
FRAMES_A_LINE = 750
SCALE = 0.25
"""A receiver's 4 s become 1 s, and the box's 3 s 0.75 s."""
PATIENCE_S = 60.0


@pytest.fixture
def receivers() -> Iterator[Sequence[SurgardReceiver]]:
    """Four, with room for all that happens at once."""
    with ExitStack() as stack:
        timing = ReceiverTiming(buffer=FRAMES_A_LINE)
        yield [
            stack.enter_context(SurgardReceiver(header=header, timing=timing, time_scale=SCALE))
            for header in HEADERS
        ]


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.xdist_group("chaos")
async def test_3000_alarms_at_once_without_a_broker_are_all_in_the_queue_once(
    receivers: Sequence[SurgardReceiver], mortal_mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """The box takes them all while the broker is down; later each is journaled once, in order."""
    mortal_mosquitto.stop()
    ports = [receiver.port for receiver in receivers]
    spool = tmp_path / "spool.db"

    with box(tmp_path, mortal_mosquitto.port, ports, scale=SCALE) as real:
        await asyncio.to_thread(burst, receivers)
        for receiver in receivers:
            assert await asyncio.to_thread(receiver.wait_until_acked, PATIENCE_S), real.log[-3000:]
        assert spooled_rows(spool) == len(HEADERS) * FRAMES_A_LINE
        mortal_mosquitto.start()
        with centre(tmp_path, mortal_mosquitto.port) as listening:
            told = await asyncio.to_thread(comes_true, lambda: spooled_rows(spool) == 0, PATIENCE_S)
            assert told, f"{spooled_rows(spool)} rows left\n{listening.log[-3000:]}"

    kept = await journaled(tmp_path / "journal.db")
    assert [fault for receiver in receivers for fault in faults(receiver, kept)] == []
    assert len(kept.frames) == len(HEADERS) * FRAMES_A_LINE
    assert verify(tmp_path / "journal.db").ok


def burst(receivers: Sequence[SurgardReceiver]) -> None:
    """Everything happens at the same moment, at four receivers."""
    at_once = threading.Barrier(len(receivers))
    threads = [
        threading.Thread(target=offer_all, args=(receiver, header, at_once))
        for receiver, header in zip(receivers, HEADERS, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def offer_all(receiver: SurgardReceiver, header: str, at_once: threading.Barrier) -> None:
    """One receiver's share."""
    at_once.wait()
    for frame in islice(distinct_frames(header), FRAMES_A_LINE):
        receiver.offer(frame)


def faults(receiver: SurgardReceiver, kept: Journaled) -> Iterator[str]:
    """Where the journal differs from what this receiver had acknowledged, in number or in order."""
    sent = [raw_of(one) for one in receiver.deliveries()]
    ours = set(sent)
    found = [raw for raw in kept.frames if raw in ours]
    times = Counter(found)
    yield from (f"journaled {times[raw]} times: {raw}" for raw in sent if times[raw] != 1)
    if found != sent:
        yield f"{receiver.port}: out of order"
