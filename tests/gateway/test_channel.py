"""A radio channel, from the sound of a device to rows in the spool."""

from pathlib import Path

import numpy as np
import pytest

from bus.messages.over import AudioChunk, Over, OverStart
from bus.messages.signal import PanelSignal
from bus.messages.status import ChannelState
from gateway.channel.recording import from_flac, sha256
from gateway.channel.silence import SilenceSettings, SilenceWatch
from gateway.spool.rows import SpoolLimits
from gateway.spool.spool import Spool
from hardware.audio.format import SAMPLE_RATE
from hardware.errors import AudioEnded, AudioLost, CarrierLost
from tests.support.broker import Mosquitto
from tests.support.radio_on_air import Device, LossyDevice, Wire, on_air, quiet, words


@pytest.mark.slow
async def test_an_over_is_announced_heard_live_and_recorded(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """One over: its start, its sound in pieces, its FLAC and what is known of it, the state."""
    sound = np.concatenate((quiet(2), words(2), quiet(2)))
    async with on_air(tmp_path, mosquitto.port, Device(sound)) as radio:
        (row,) = await radio.rows(1)
        await radio.until(lambda: radio.live_ended and len(radio.of("/state")) >= 2)

    over = Over.model_validate_json(row.draft.user["over"])
    start = OverStart.decode(radio.of("/start")[0].payload)
    chunks = [AudioChunk.decode(message.payload) for message in radio.of("/audio")]
    live = np.frombuffer(b"".join(chunk.pcm for chunk in chunks), "<i2")
    record = from_flac(row.draft.payload)
    assert (row.id, row.seq, row.draft.kind) == (over.id, 1, "recording")
    assert row.draft.topic == radio.box.topics.over_recording("radio-1", over.id)
    assert over.sha256 == sha256(row.draft.payload)
    assert 2.5 < over.seconds < 3.5
    assert (start.id, start.said_at) == (over.id, over.said_at)
    assert [chunk.sequence for chunk in chunks] == list(range(len(chunks)))
    assert np.array_equal(live, record)
    assert max(len(chunk.pcm) for chunk in chunks) <= 2 * SAMPLE_RATE // 5
    assert chunks[-1].sample_offset + len(chunks[-1].pcm) // 2 == len(record)
    assert [chunk.last for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert ChannelState.decode(radio.of("/state")[-1].payload).rx in {"busy", "idle"}


@pytest.mark.slow
async def test_a_lost_device_ends_the_over_is_told_and_comes_back(
    tmp_path: Path, mosquitto: Mosquitto
) -> None:
    """What was said until the loss is kept; the loss and the return are signals, once each."""
    unplugged = Device(np.concatenate((quiet(2), words(2))), AudioLost("the card is gone"))
    missing = Device(quiet(0), AudioLost("no such card"))
    async with on_air(tmp_path, mosquitto.port, unplugged, missing, Device(quiet(1))) as radio:
        (row,) = await radio.rows(1)
        rows = await radio.rows(2, "radio-1/device")
        await radio.until(lambda: radio.troubles[-1:] == [None])

    fault, restored = (PanelSignal.decode(one.draft.payload) for one in rows)
    assert Over.model_validate_json(row.draft.user["over"]).end == "device_lost"
    assert (fault.kind, fault.line, fault.protocol) == ("line_fault", "radio-1", "audio")
    assert (fault.trouble, fault.detail, fault.seq) == ("broken", "the card is gone", 1)
    assert (restored.kind, restored.seq) == ("line_restored", 2)
    assert "broken" in radio.troubles


@pytest.mark.slow
async def test_a_stop_in_the_middle_of_an_over_keeps_it(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """An orderly stop ends the over and stores it before the channel's task is over."""
    async with on_air(tmp_path, mosquitto.port, Device(np.concatenate((quiet(2), words(3))))) as radio:
        await radio.until(lambda: bool(radio.of("/start")))
    again = Spool(tmp_path / "spool.db", SpoolLimits(reserve_mb=0))
    await again.open()
    (row,) = await again.oldest(9, source="radio-1")
    await again.close()

    assert Over.model_validate_json(row.draft.user["over"]).end == "shutdown"


@pytest.mark.slow
async def test_a_recording_that_ends_is_no_fault(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """A file played to its end leaves its overs and nothing else."""
    sound = np.concatenate((quiet(2), words(2)))
    async with on_air(tmp_path, mosquitto.port, Device(sound, AudioEnded("played"))) as radio:
        await radio.rows(1)
        faults = await radio.spool.oldest(9, source="radio-1/device")

    assert faults == []
    assert "broken" not in radio.troubles


@pytest.mark.slow
async def test_an_over_that_cannot_be_stored_waits_and_is_told(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """Without room for voice the channel has a trouble; with room the over is stored after all."""
    sound = np.concatenate((quiet(2), words(2), quiet(2)))
    scarce = SpoolLimits(reserve_mb=10**9)
    async with on_air(tmp_path, mosquitto.port, Device(sound), limits=scarce) as radio:
        await radio.until(lambda: "unstored" in radio.troubles)
        radio.spool._store._limits = SpoolLimits(reserve_mb=0)
        (row,) = await radio.rows(1)

    assert row.seq == 1
    assert radio.troubles[-1] is None


@pytest.mark.slow
async def test_a_lost_carrier_line_is_told_and_comes_back(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """Its fault and recovery are signals of its own; the channel goes by its sound meanwhile."""
    lines = iter([Wire([], CarrierLost("the adapter is gone")), Wire([False])])
    async with on_air(tmp_path, mosquitto.port, Device(quiet(1)), open_carrier=lambda: next(lines)) as radio:
        fault, restored = (
            PanelSignal.decode(row.draft.payload) for row in await radio.rows(2, "radio-1/carrier")
        )

    assert (fault.kind, fault.line, fault.protocol) == ("line_fault", "radio-1/carrier", "carrier")
    assert (fault.trouble, fault.detail) == ("broken", "the adapter is gone")
    assert (restored.kind, restored.seq) == ("line_restored", 2)
    assert radio.troubles == ["carrier", None]


@pytest.mark.slow
async def test_a_carrier_line_decides(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """With the line up a silent carrier is an over, opened by it."""
    wire = Wire([True])
    device = Device(np.concatenate((quiet(3), words(1))), after=wire.spoke)
    async with on_air(tmp_path, mosquitto.port, device, open_carrier=lambda: wire) as radio:
        await radio.until(lambda: bool(radio.of("/start")))

    assert OverStart.decode(radio.of("/start")[0].payload).opened_by == "cos"


@pytest.mark.slow
async def test_a_cable_that_is_out_is_told_and_its_return_too(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """Zeros where there should be none are a fault; over a restart it ends with sound, not before."""
    watch = SilenceWatch(SilenceSettings(zeros_seconds=5))
    dead = np.zeros(12 * SAMPLE_RATE, np.int16)
    async with on_air(tmp_path, mosquitto.port, Device(dead), silence=watch) as radio:
        await radio.rows(1, "radio-1/device")
    assert radio.troubles == ["silent"]
    again = SilenceWatch(SilenceSettings(zeros_seconds=5))
    sound = np.concatenate((dead, words(11)))
    async with on_air(tmp_path, mosquitto.port, Device(sound), silence=again) as radio:
        rows = await radio.rows(2, "radio-1/device")

    fault, restored = (PanelSignal.decode(row.draft.payload) for row in rows)
    assert (fault.kind, fault.line, fault.protocol, fault.trouble) == (
        "line_fault", "radio-1", "audio", "silent",
    )  # fmt: skip
    assert fault.detail.startswith("exact zeros for 5 s")
    assert (restored.kind, restored.trouble) == ("line_restored", "silent")


@pytest.mark.slow
async def test_a_silent_card_that_is_unplugged_is_broken_and_then_silent_again(
    tmp_path: Path, mosquitto: Mosquitto
) -> None:
    """The worse fault takes the place of the lesser one, and does not outlive it."""
    dead = np.zeros(12 * SAMPLE_RATE, np.int16)
    devices = Device(dead, AudioLost("the card is gone")), Device(dead)
    watch = SilenceWatch(SilenceSettings(zeros_seconds=5))
    async with on_air(tmp_path, mosquitto.port, *devices, silence=watch) as radio:
        rows = await radio.rows(5, "radio-1/device")

    told = [PanelSignal.decode(row.draft.payload) for row in rows]
    assert [(each.kind, each.trouble) for each in told] == [
        ("line_fault", "silent"),
        ("line_restored", "silent"),
        ("line_fault", "broken"),
        ("line_restored", "broken"),
        ("line_fault", "silent"),
    ]
    assert radio.troubles == ["silent", "broken", None, "silent"]


@pytest.mark.slow
async def test_sound_lost_in_an_over_is_counted_on_it(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """An over says how often the card lost sound within it; the channel's health has all of it."""
    device = LossyDevice(np.concatenate((quiet(2), words(2), quiet(2))))
    async with on_air(tmp_path, mosquitto.port, device) as radio:
        (row,) = await radio.rows(1)
        health = radio.channel.health()

    assert 0 < Over.model_validate_json(row.draft.user["over"]).overruns <= health.overruns
    assert (health.channel, health.overs, health.kerchunks) == ("radio-1", {"hang": 1}, 0)
    assert health.peak_dbfs is not None
    assert health.peak_dbfs > -20
