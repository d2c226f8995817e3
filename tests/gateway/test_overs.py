"""Sound cut into overs."""

import math
import queue
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.channel.over_events import (
    ChannelFree,
    ChannelStuck,
    Kerchunk,
    OverEvent,
)
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE
from hardware.simulators.fm import hiss, kerchunk, open_squelch, through_radio
from hardware.simulators.radio_channel import Aired, Over, RadioChannel
from tests.support.cut_sound import (
    STARTED_AT,
    cuts_in,
    events_of,
    on_air,
    overs_in,
    radio_sim,
    silence,
    state_of,
    words,
)


def test_an_over_begins_before_the_squelch_opened() -> None:
    """The pre-roll of at least 500 ms is in the record, and its time is that of its first sample."""
    keyed_at = 3.0
    [cut] = overs_in(np.concatenate((silence(keyed_at), on_air(3.0))))
    preroll = keyed_at - (cut.started.at - STARTED_AT)
    assert 0.5 <= preroll <= 0.7
    assert round((cut.started.at - STARTED_AT) * SAMPLE_RATE) == cut.started.position
    assert not cut.ended.samples[: int(0.5 * SAMPLE_RATE)].any()


def test_the_squelch_tail_is_trimmed_and_the_words_are_not() -> None:
    """The record ends inside the carrier, after the last word."""
    over = on_air(3.0)
    sound = np.concatenate((silence(2.0), over))
    [cut] = overs_in(sound)
    end = cut.started.position + len(cut.ended.samples)
    tail, after_speech = int(0.18 * SAMPLE_RATE), int(0.15 * SAMPLE_RATE)
    frame = int(0.02 * SAMPLE_RATE)
    assert len(sound) - tail - after_speech <= end <= len(sound) - tail + frame
    assert cut.ended.reason == "hang"


def test_an_over_without_a_tail_keeps_its_last_word() -> None:
    """Where no noise follows the key, nothing is cut away."""
    sound = np.concatenate((silence(2.0), words(2.0)))
    [cut] = overs_in(sound)
    assert cut.started.position + len(cut.ended.samples) >= len(sound)


@given(sizes=st.lists(st.integers(1, 4000), min_size=1, max_size=12), seed=st.integers(0, 3))
@settings(max_examples=15, deadline=None)
@pytest.mark.slow
def test_blocks_of_any_size_give_the_same_overs(sizes: list[int], seed: int) -> None:
    """How a driver slices the sound decides nothing: same times, same samples."""
    sound = np.concatenate((silence(0.7), on_air(1.0, seed), silence(1.0), on_air(0.8, seed + 1)))
    plain, sliced = overs_in(sound), overs_in(sound, sizes)
    assert len(plain) == len(sliced) == 2
    for one, other in zip(plain, sliced, strict=True):
        assert one.started.position == other.started.position
        assert one.started.at == pytest.approx(other.started.at)
        assert np.array_equal(one.ended.samples, other.ended.samples)


def test_hang_time_joins_and_parts() -> None:
    """350 ms are inside one over at 600 ms of hang, between two at 200 ms, and no sample is in both."""
    sound = np.concatenate((silence(2.0), on_air(2.0), silence(0.35), on_air(2.0, 2)))
    assert len(overs_in(sound, hang_ms=600)) == 1
    first, second = overs_in(sound, hang_ms=200)
    assert second.started.position == first.started.position + len(first.ended.samples)


def test_a_kerchunk_is_counted_and_not_an_over() -> None:
    """A key pressed for a moment is no over, yet it is told."""
    press = kerchunk(np.random.default_rng(1), carrier_ms=0)[-int(0.25 * SAMPLE_RATE) :]
    cutter = OverCutter(SquelchSettings())
    events = events_of(cutter, np.concatenate((silence(1.0), press, silence(1.0))))
    [told] = events
    assert isinstance(told, Kerchunk)
    assert not told.noise
    assert state_of(cutter) == "idle"


def test_flapping_asks_for_more_carrier() -> None:
    """Five short openings in two seconds: an over needs half a second of carrier, ten seconds later not."""
    flap = np.concatenate((open_squelch(np.random.default_rng(1), 80), silence(0.3)))
    short = words(0.4)
    flaps = np.concatenate((silence(1.0), np.tile(flap, 6)))
    assert overs_in(np.concatenate((flaps, silence(0.5), short))) == []
    assert len(overs_in(np.concatenate((flaps, silence(0.5), words(0.8))))) == 1
    assert len(overs_in(np.concatenate((flaps, silence(10.5), short)))) == 1


def test_an_open_squelch_is_no_over() -> None:
    """Interference that holds the squelch open for ten seconds is told as noise."""
    noise = open_squelch(np.random.default_rng(3), 10_000)
    cutter = OverCutter(SquelchSettings())
    events = events_of(cutter, np.concatenate((silence(1.0), noise, silence(1.0))))
    [told] = events
    assert isinstance(told, Kerchunk)
    assert told.noise


def test_noise_after_an_over_ends_it_where_the_voice_ended() -> None:
    """On a receiver that opens into hiss when the carrier falls, the hiss is not in the record."""
    sound = np.concatenate((silence(1.0), words(3.0), open_squelch(np.random.default_rng(3), 5000)))
    [cut] = overs_in(sound)
    end = cut.started.position + len(cut.ended.samples)
    assert 4.0 * SAMPLE_RATE - 0.02 * SAMPLE_RATE <= end <= 4.4 * SAMPLE_RATE


@pytest.mark.slow
def test_a_long_over_is_parted_at_a_breath() -> None:
    """From the soft split on, a dip of 200 ms with the carrier up ends one part; nothing is lost between."""
    speech = np.concatenate((words(64.0), silence(0.4), words(4.0)))
    sound = np.concatenate((silence(1.0), through_radio(speech, 25, np.random.default_rng(1))))
    first, second = overs_in(sound)
    assert first.ended.reason == "max"
    assert 64.5 <= first.ended.seconds <= 66.5
    assert second.started.continues
    assert second.started.position == first.started.position + len(first.ended.samples)


@pytest.mark.slow
def test_the_longest_over_and_the_stuck_carrier() -> None:
    """At the maximum the next over continues; a carrier that stays is stuck, then free when it falls."""
    carrier = np.concatenate((silence(1.0), words(75.0)))
    cutter = OverCutter(SquelchSettings(soft_split_seconds=60, maximum_seconds=60, stuck_seconds=70))
    events = events_of(cutter, carrier)
    first, second = cuts_in(events)
    assert first.ended.reason == second.ended.reason == "max"
    assert first.ended.seconds == pytest.approx(60, abs=0.05)
    assert not first.started.continues
    assert second.started.continues
    [stuck] = [event for event in events if isinstance(event, ChannelStuck)]
    assert stuck.seconds == pytest.approx(70, abs=0.1)
    assert state_of(cutter) == "stuck"
    assert [ChannelFree] == [type(event) for event in events_of(cutter, silence(1.0), start=len(carrier))]
    assert state_of(cutter) == "idle"


@pytest.mark.slow
def test_a_soft_hum_frees_the_channel_by_itself() -> None:
    """A fault that hums for ever is learnt as floor once it has been told as stuck."""
    n = np.arange(120 * SAMPLE_RATE)
    hum = np.round(150 * np.sin(2 * np.pi * 700 * n / SAMPLE_RATE)).astype(np.int16)
    cutter = OverCutter(SquelchSettings(stuck_seconds=60, floor_seconds=5))
    events = events_of(cutter, np.concatenate((silence(1.0), hum)))
    assert [ChannelStuck, ChannelFree] == [
        type(event) for event in events if isinstance(event, ChannelStuck | ChannelFree)
    ]


@pytest.mark.parametrize("reason", ["device_lost", "shutdown"])
def test_closing_ends_the_running_over(reason: str) -> None:
    """A vanished sound card or a stop of the box keeps what was heard, with the reason."""
    cutter = OverCutter(SquelchSettings())
    events = events_of(cutter, np.concatenate((silence(1.0), words(2.0))))
    assert state_of(cutter) == "busy"
    events += cutter.close("device_lost" if reason == "device_lost" else "shutdown")
    [cut] = cuts_in(events)
    assert reason == cut.ended.reason
    assert state_of(cutter) == "idle"
    assert cutter.close("shutdown") == []


def test_the_floor_is_forgotten_when_nobody_listened_for_long() -> None:
    """A hole longer than the floor's memory: a channel that hisses more now is learnt afresh."""
    cutter = OverCutter(SquelchSettings(floor_seconds=10))
    later = to_int16(hiss(10 * SAMPLE_RATE, -45.0, np.random.default_rng(1)))
    assert events_of(cutter, silence(10.0)) == []
    assert events_of(cutter, later, start=21 * SAMPLE_RATE) == []
    assert cutter.state == "idle"


def test_figures_tell_level_clipping_and_noise() -> None:
    """The figures of an over are those of its carrier, without the silence before it."""
    over = on_air(4.0, snr_db=20)
    [clean] = overs_in(np.concatenate((silence(2.0), over)))
    received = over[: -int(0.2 * SAMPLE_RATE)].astype(float) / 32768
    assert clean.ended.rms_dbfs == pytest.approx(10 * np.log10(np.mean(received**2)), abs=0.5)
    assert clean.ended.snr_db == pytest.approx(20, abs=5)
    assert clean.ended.clip_percent == 0
    loud = np.clip(words(3.0).astype(np.int32) * 12, -32768, 32767).astype(np.int16)
    [clipped] = overs_in(np.concatenate((silence(2.0), loud)))
    assert clipped.ended.clip_percent > 1
    assert clipped.ended.peak_dbfs == 0


@pytest.mark.slow
def test_memory_is_bounded_on_a_channel_nobody_leaves() -> None:
    """Ten minutes of silence, hiss and carrier leave no more behind than the first."""
    cutter = OverCutter(SquelchSettings(maximum_seconds=60, stuck_seconds=60))
    minute = np.concatenate((silence(20.0), open_squelch(np.random.default_rng(1), 20_000), words(20.0)))
    events_of(cutter, minute)
    tracemalloc.start()
    held_after: list[int] = []
    for _ in range(3):
        events_of(cutter, minute, sizes=(3200,))
        held_after.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert held_after[-1] - held_after[0] < 200_000


@pytest.mark.parametrize("name", ["open_squelch_hiss_10s", "squelch_flaps"])
def test_hiss_and_flaps_give_no_over(name: str) -> None:
    """Nothing is published of an open or flapping squelch."""
    assert overs_in(radio_sim(name)) == []


@pytest.mark.parametrize(
    ("name", "speech_ends"),
    [("speech_a_snr30", 9.28), ("speech_a_snr15", 9.28), ("speech_a_snr6", 8.9), ("mobile_flutter", 9.28)],
)
def test_one_over_with_its_tail_trimmed(name: str, speech_ends: float) -> None:
    """Any usable signal is one over with its pre-roll, and the full-level tail is gone from its end."""
    sound = radio_sim(name)
    [cut] = overs_in(sound)
    assert not cut.ended.samples[: int(0.48 * SAMPLE_RATE)].any()
    assert speech_ends <= cut.ended.seconds <= speech_ends + 0.2
    last = cut.ended.samples[-SAMPLE_RATE // 10 :].astype(float)
    assert 20 * np.log10(np.sqrt(np.mean(last**2)) / 32768) < -20


@pytest.mark.parametrize("name", ["collision_doubling", "overdriven", "first_syllable_cut"])
def test_spoilt_overs_are_still_one_over(name: str) -> None:
    """Doubling, over-modulation and a late key-up are recorded like any other over."""
    assert len(overs_in(radio_sim(name))) == 1


def test_two_overs_with_a_short_gap() -> None:
    """350 ms between two speakers: one over or two by hang time, and every sample is in one of them."""
    sound = radio_sim("two_overs_short_gap")
    [joined] = overs_in(sound, hang_ms=600)
    first, second = overs_in(sound, hang_ms=200)
    parted = np.concatenate((first.ended.samples, second.ended.samples))
    assert np.array_equal(joined.ended.samples, parted)
    assert np.array_equal(sound[: len(parted)], parted)


def test_a_kerchunk_recording_is_at_most_one_over() -> None:
    """A carrier of 600 ms without a word may be an over; the speech gate judges it later."""
    assert len(overs_in(radio_sim("kerchunk_then_silence"))) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("snr_db", [25.0, 10.0])
def test_every_over_of_a_simulated_channel_is_cut_once(snr_db: float) -> None:
    """Spoken overs come out one for one, each with all of its carrier but the tail."""
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    said = ("Base, unit three, intruder alarm at gate five, over.", "Copy.", "Four two one, on my way.")
    channel = RadioChannel(seed=2, floor_dbfs=-65, speed=math.inf)
    card = to_int16(hiss(SAMPLE_RATE, -65, np.random.default_rng(1)))
    channel.disturb(card)
    for speaker, text in enumerate(said):
        channel.transmit(Over(text, "en", speaker, snr_db))
    channel.disturb(card)
    cutter = OverCutter(SquelchSettings())
    events: list[OverEvent] = []
    aired: queue.Queue[Aired] = queue.Queue()
    channel.on_aired = aired.put
    channel.start(lambda block: events.extend(cutter.feed(block)), lambda _error: None)
    told = [aired.get(timeout=20) for _ in range(len(said) + 2)][1:-1]
    channel.close()
    cuts = cuts_in(events)
    assert len(cuts) == len(said)
    for cut, true in zip(cuts, told, strict=True):
        before = (true.position - cut.started.position) / SAMPLE_RATE
        trimmed = true.unkeyed_at - true.keyed_at + before - cut.ended.seconds
        assert 0 <= before <= 0.7
        assert 0.1 <= trimmed <= 0.8
