"""A broker's acknowledgement is no receipt: shown by one that acknowledges all and keeps nothing."""

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import ForgetfulBroker, Mosquitto
from tests.support.evidence import journaled, said, spooled_rows
from tests.support.panel_stream import distinct_frames
from tests.support.programs import box, centre, comes_true

FRAMES = 20
SCALE = 0.25
PATIENCE_S = 20.0


@pytest.fixture
def receiver() -> Iterator[SurgardReceiver]:
    """A receiver four times as quick as a real one, with frames to say."""
    with SurgardReceiver(time_scale=SCALE) as made:
        for frame in islice(distinct_frames("011"), FRAMES):
            made.offer(frame)
        yield made


@pytest.mark.chaos
@pytest.mark.slow
async def test_only_the_centres_receipt_frees_the_spool(
    receiver: SurgardReceiver, mortal_mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """Acknowledged to the panel and by a broker that forgot it: all is still there for the centre."""
    spool = tmp_path / "spool.db"

    acknowledged = await told_to_a_forgetful_broker(receiver, tmp_path)
    assert set(acknowledged) == {acknowledged[0]}, "after the first nothing may follow until its receipt came"
    assert spooled_rows(spool) == FRAMES

    with centre(tmp_path, mortal_mosquitto.port) as listening:
        assert await asyncio.to_thread(comes_true, lambda: any(said(listening.log, "broker")), PATIENCE_S)
        with box(tmp_path, mortal_mosquitto.port, [receiver.port], scale=SCALE) as real:
            assert await asyncio.to_thread(comes_true, lambda: spooled_rows(spool) == 0, PATIENCE_S), real.log
    kept = await journaled(tmp_path / "journal.db")
    assert list(kept.frames) == [one.frame[:-1].hex() for one in receiver.deliveries()]


async def told_to_a_forgetful_broker(receiver: SurgardReceiver, folder: Path) -> list[str]:
    """Let a box die three times with it; gives the ids of the signals it acknowledged, as the box saw it."""
    async with ForgetfulBroker().serving() as broker:
        with box(folder, broker.port, [receiver.port], scale=SCALE) as program:
            for life in (1, 2, 3):
                told = await asyncio.to_thread(
                    comes_true, lambda: any(said(program.life, "sent")), PATIENCE_S
                )
                assert told, f"life {life}: nothing was acknowledged\n{program.log}"
                assert await asyncio.to_thread(receiver.wait_until_acked, PATIENCE_S), program.log
                program.kill9()
                program.start()
    return [str(one["id"]) for one in said(program.log, "sent")]
