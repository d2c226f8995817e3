"""A radio channel, from the sound of a device to rows in the spool."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from bus.backoff import Backoff
from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Inbound
from bus.messages.over import AudioChunk, CallerHeard, Over, OverStart, RadioCall
from bus.messages.signal import PanelSignal
from bus.messages.status import ChannelState
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel.radio_channel import RadioChannel
from gateway.channel.recording import from_flac, sha256
from gateway.channel.silence import SilenceSettings, SilenceWatch
from gateway.channel.squelch_settings import SquelchSettings
from gateway.channel.troubles import Trouble
from gateway.spool.rows import Row, SpoolLimits
from gateway.spool.spool import Spool
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, AudioSource, Block, Samples
from hardware.carrier.line import CarrierLine, OnChange, OnLost
from hardware.errors import AudioEnded, AudioError, AudioLost, CarrierLost, HardwareError
from hardware.signalling.mdc1200.packet import Packet
from hardware.simulators.signalling import DataBurst, TouchTones, sound_of
from tests.support.broker import Mosquitto
from tests.support.links import PATIENCE_S, running

FLOOR = np.random.default_rng(1)


def quiet(seconds: float) -> Samples:
    """The hiss of a sound card."""
    return FLOOR.normal(0, 8, int(seconds * SAMPLE_RATE)).astype(np.int16)


def words(seconds: float) -> Samples:
    """Spectrum and rhythm of a voice: a buzz of 120 Hz in syllables of a quarter second."""
    n = np.arange(int(seconds * SAMPLE_RATE))
    buzz = sum(np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)
    return np.asarray(np.round(3000 * buzz * syllables), np.int16)


class Device:
    """A device that gives all its sound at once and then fails, or goes on in silence."""

    def __init__(
        self, samples: Samples, error: AudioError | None = None, after: threading.Event | None = None
    ) -> None:
        self._samples = samples
        self._after = after
        self.overruns = 0
        self._error = error
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Play."""

        def play() -> None:
            if self._after:
                self._after.wait(PATIENCE_S)
            began = time.monotonic() - len(self._samples) / SAMPLE_RATE
            for at in range(0, len(self._samples), BLOCK_SAMPLES):
                on_block(Block(self._samples[at : at + BLOCK_SAMPLES], began + at / SAMPLE_RATE, at))
            if self._error:
                on_lost(self._error)

        self._thread = threading.Thread(target=play, name="device")
        self._thread.start()

    def close(self) -> None:
        """End."""
        if self._thread:
            self._thread.join()


class LossyDevice(Device):
    """One that loses sound now and then from its third second on; it waits to be heard."""

    def taken(self, position: int) -> None:
        """So far it was heard."""
        self.overruns += position >= 3 * SAMPLE_RATE


class Wire:
    """A carrier line that says what it is told, and then is lost if told so."""

    def __init__(self, said: Sequence[bool], lost: HardwareError | None = None) -> None:
        self._said = said
        self._lost = lost
        self.spoke = threading.Event()

    def start(self, on_change: OnChange, on_lost: OnLost) -> None:
        """Say it all, as of long ago."""
        for up in self._said:
            on_change(up, 0.0)
        self.spoke.set()
        if self._lost:
            on_lost(self._lost)

    def close(self) -> None:
        """Nothing to free."""


class Radio:
    """A channel under test, its spool, and what the broker heard of it."""

    channel: RadioChannel

    def __init__(self, box: Box, spool: Spool) -> None:
        self.box = box
        self.spool = spool
        self.troubles: list[Trouble | None] = []
        self.heard: list[Inbound] = []

    async def rows(self, count: int, source: str = "radio-1") -> list[Row]:
        """The rows of the channel, once there are so many."""
        async with asyncio.timeout(PATIENCE_S):
            while len(found := await self.spool.oldest(99, source=source)) < count:  # noqa: ASYNC110 (a round trip each)
                await asyncio.sleep(0.001)
        return found

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():  # noqa: ASYNC110 (what is waited for has no event)
                await asyncio.sleep(0.001)

    @property
    def live_ended(self) -> bool:
        """The last piece of live sound was heard."""
        return any(AudioChunk.decode(message.payload).last for message in self.of("/audio"))

    def of(self, end: str) -> list[Inbound]:
        """What was heard on topics with this end."""
        return [message for message in self.heard if message.topic.endswith(end)]


@contextlib.asynccontextmanager
async def on_air(
    tmp_path: Path,
    port: int,
    *devices: AudioSource,
    limits: SpoolLimits | None = None,
    open_carrier: Callable[[], CarrierLine] | None = None,
    silence: SilenceWatch | None = None,
) -> AsyncIterator[Radio]:
    """A channel that opens these devices one after the other, and a listener."""
    box = Box(f"site-{new_id()[-12:]}", "box-1", "boot-1", "test")
    spool = Spool(tmp_path / "spool.db", limits or SpoolLimits(reserve_mb=0))
    await spool.open()
    radio = Radio(box, spool)
    waiting = iter(devices)
    async with running(port, new_id(), f"{box.topics.base}/#") as ear, running(port, new_id()) as link:
        announcer = Announcer(link)
        channel = radio.channel = RadioChannel(
            "radio-1",
            box=box,
            open_source=lambda: next(waiting, Device(quiet(1))),
            squelch=SquelchSettings(),
            open_carrier=open_carrier,
            silence=silence,
            spool=spool,
            clock=SystemClock(),
            announcer=announcer,
            on_trouble=radio.troubles.append,
            backoff=Backoff(base_s=0.01, cap_s=0.01),
        )

        async def listen() -> None:
            async for message in ear.messages():
                ear.ack(message)
                radio.heard.append(message)

        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(listen(), name="ear"),
                group.create_task(announcer.run(), name="announcer"),
                group.create_task(channel.run(), name="channel"),
            ]
            yield radio
            for task in reversed(tasks):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
    await spool.close()


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
