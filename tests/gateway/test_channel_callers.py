"""Who calls on a channel of the box."""

from pathlib import Path

import numpy as np
import pytest

from bus.messages.over import CallerHeard, Over, RadioCall
from gateway.spool.rows import SpoolLimits
from gateway.spool.spool import Spool
from hardware.signalling.mdc1200.packet import Packet
from hardware.simulators.signalling import DataBurst, TouchTones, sound_of
from tests.support.broker import Mosquitto
from tests.support.radio_on_air import Device, on_air, quiet, words


@pytest.mark.slow
async def test_an_emergency_does_not_wait_for_the_end_of_its_over(
    tmp_path: Path, mosquitto: Mosquitto
) -> None:
    """It is in the spool while the carrier is still up; its over tells it again."""
    burst = sound_of(DataBurst(Packet(0x00, 0x80, 0x12AB)))
    sound = np.concatenate((quiet(2), words(1), burst, quiet(0.1), burst, words(2)))
    async with on_air(tmp_path, mosquitto.port, Device(sound)) as radio:
        (row,) = await radio.rows(1, "radio-1/call")
        unfinished = await radio.spool.oldest(9, source="radio-1")
        await radio.until(lambda: len(radio.of("/caller")) == 2)
    again = Spool(tmp_path / "spool.db", SpoolLimits(reserve_mb=0))
    await again.open()
    rows = await again.oldest(9, source="radio-1")
    calls = await again.oldest(9, source="radio-1/call")
    await again.close()

    call = RadioCall.decode(row.draft.payload)
    over = Over.model_validate_json(rows[0].draft.user["over"])
    assert unfinished == []
    assert (row.draft.topic, row.draft.kind) == (radio.box.topics.radio_call("radio-1"), "call")
    assert (call.id, call.seq, call.over, len(calls)) == (row.id, 1, over.id, 1)
    assert (call.caller.kind, call.caller.id, call.caller.meaning) == ("mdc1200", "12AB", "emergency")
    heard = [CallerHeard.decode(message.payload) for message in radio.of("/caller")]
    assert [each.caller for each in heard] == list(over.callers)
    assert 0 <= over.callers[0].at_ms <= 2000


@pytest.mark.slow
async def test_an_emergency_too_short_for_an_over_is_an_emergency(
    tmp_path: Path, mosquitto: Mosquitto
) -> None:
    """A burst that counts as a kerchunk is in the spool, without an over; the next press is another."""
    burst = sound_of(DataBurst(Packet(0x00, 0x80, 0x12AB)))
    sound = np.concatenate((quiet(2), burst, quiet(6), burst, quiet(1)))
    async with on_air(tmp_path, mosquitto.port, Device(sound)) as radio:
        calls = [RadioCall.decode(row.draft.payload) for row in await radio.rows(2, "radio-1/call")]
        overs = await radio.spool.oldest(9, source="radio-1")

    assert overs == []
    assert [(call.over, call.seq) for call in calls] == [(None, 1), (None, 2)]
    assert (calls[1].said_at - calls[0].said_at).total_seconds() == pytest.approx(6.2, abs=0.2)


@pytest.mark.slow
async def test_an_id_sent_alone_belongs_to_the_words_after_it(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """Tones alone, as an over or as a kerchunk, then words within 5 s: the words have that caller."""
    digits = sound_of(TouchTones("1234567"))
    packet = sound_of(DataBurst(Packet(0x01, 0x80, 0x12AB)))
    said, long_after = np.concatenate((quiet(2), words(2))), quiet(6)
    calls = (digits, said, long_after, packet, said, long_after)
    async with on_air(
        tmp_path, mosquitto.port, Device(np.concatenate((quiet(2), *calls, said, quiet(2))))
    ) as radio:
        rows = await radio.rows(4)

    overs = [Over.model_validate_json(row.draft.user["over"]) for row in rows]
    assert [[each.id for each in over.callers] for over in overs] == [
        ["1234567"],
        ["1234567"],
        ["12AB"],
        [],
    ]
    assert overs[0].callers[0].at_ms > 0
    assert all(-5000 < over.callers[0].at_ms < 0 for over in overs[1:3])
