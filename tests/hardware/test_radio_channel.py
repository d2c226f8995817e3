"""The simulated radio channel: voices, the radio they pass through, and the air they share."""

import math
import queue
import shutil
import time

import numpy as np
import pytest

from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from hardware.errors import AudioError, ChannelFull, VoiceUnavailable
from hardware.simulators.fm import Handset, hiss, kerchunk, open_squelch, through_radio
from hardware.simulators.radio_channel import Aired, Over, RadioChannel
from hardware.simulators.voice import say

REPORT = "Unit three to base, intruder alarm at gate five, over."


def dbfs(samples: Samples) -> float:
    """RMS level of full-scale samples."""
    return float(10 * np.log10(np.mean((samples.astype(float) / 32768) ** 2) + 1e-12))


def listen(channel: RadioChannel, overs: int) -> tuple[list[Block], list[Aired]]:
    """Everything heard until that many overs have been aired."""
    blocks: list[Block] = []
    aired: queue.Queue[Aired] = queue.Queue()
    channel.on_aired = aired.put
    channel.start(blocks.append, _unexpected)
    told = [aired.get(timeout=20) for _ in range(overs)]
    channel.close()
    return blocks, told


def _unexpected(error: AudioError) -> None:
    raise AssertionError(error)


@pytest.mark.slow
def test_english_is_spoken_the_same_every_time() -> None:
    """The same text and speaker give the same samples; another speaker does not."""
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    first = say(REPORT, "en", speaker=3)
    assert first.dtype == np.int16
    assert 2 * SAMPLE_RATE < len(first) < 8 * SAMPLE_RATE
    assert np.array_equal(first, say(REPORT, "en", speaker=3))
    assert len(first) != len(say(REPORT, "en", speaker=4))


@pytest.mark.slow
def test_chinese_is_spoken() -> None:
    """espeak-ng speaks Chinese as a process of its own."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    spoken = say("三号呼叫总台，五号门有入侵报警，完毕。", "zh")
    assert 2 * SAMPLE_RATE < len(spoken) < 15 * SAMPLE_RATE
    assert dbfs(spoken) > -40


def test_a_missing_voice_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without espeak-ng the technician reads what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceUnavailable, match="apt install espeak-ng"):
        say("没有声音", "zh", speaker=99)


@pytest.mark.parametrize("snr_db", [30.0, 15.0, 6.0])
def test_the_carrier_has_the_noise_asked_for(snr_db: float) -> None:
    """Before the first word the receiver hears noise at the given distance below speech."""
    rng = np.random.default_rng(1)
    speech = (8000 * np.sin(2 * np.pi * 900 * np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE)).astype(np.int16)
    received = through_radio(speech, snr_db, rng, Handset(before_speech_ms=400))
    noise, voice = received[1600:4800], received[SAMPLE_RATE : 2 * SAMPLE_RATE]
    assert dbfs(voice) - dbfs(noise) == pytest.approx(snr_db, abs=1.5)


def test_only_the_voice_band_passes() -> None:
    """Rumble and hiss outside 300-3000 Hz do not reach the listener."""
    rng = np.random.default_rng(1)
    wide = rng.normal(0, 4000, 2 * SAMPLE_RATE).astype(np.int16)
    received = through_radio(wide, 60, rng, Handset(tail_ms=0))
    power = np.abs(np.fft.rfft(received.astype(float))) ** 2
    hz = np.fft.rfftfreq(len(received), 1 / SAMPLE_RATE)
    inside = power[(hz > 300) & (hz < 3000)].mean()
    assert power[(hz < 150) | (hz > 3800)].mean() < inside / 10_000


def test_an_over_ends_in_a_squelch_tail() -> None:
    """The last 180 ms are noise as loud as a voice, and late opening takes from the front."""
    speech = np.zeros(SAMPLE_RATE, np.int16)
    plain = through_radio(speech, 30, np.random.default_rng(1))
    late = through_radio(speech, 30, np.random.default_rng(1), Handset(late_ms=350))
    assert dbfs(plain[-int(0.18 * SAMPLE_RATE) :]) == pytest.approx(-15, abs=1)
    assert dbfs(plain[: -int(0.2 * SAMPLE_RATE)]) < -40
    assert np.array_equal(plain[int(0.35 * SAMPLE_RATE) :], late)


def test_the_limiter_holds_the_deviation() -> None:
    """However loud the microphone, the ceiling of -6 dBFS is kept within a ripple."""
    shout = (32000 * np.sign(np.sin(2 * np.pi * 500 * np.arange(SAMPLE_RATE) / SAMPLE_RATE))).astype(np.int16)
    assert np.abs(through_radio(shout, 60, np.random.default_rng(1), Handset(tail_ms=0))).max() < 32768 * 0.65


def test_sounds_without_words() -> None:
    """A kerchunk is carrier and tail; an open squelch is loud for as long as asked; hiss has its level."""
    rng = np.random.default_rng(1)
    assert len(kerchunk(rng)) / SAMPLE_RATE == pytest.approx(0.73, abs=0.01)
    assert dbfs(open_squelch(rng, 500)) == pytest.approx(-15, abs=1)
    assert len(hiss(0, -20, rng)) == 0


def test_overs_are_aired_one_after_the_other() -> None:
    """Each over is heard where and when it is said to have been, with silence between."""
    channel = RadioChannel(seed=5, gap_seconds=1.0, speed=math.inf)
    first, second = (open_squelch(np.random.default_rng(n), 1000 + 10 * n) for n in (1, 2))
    channel.disturb(first)
    channel.disturb(second)
    blocks, told = listen(channel, 2)
    heard = np.concatenate([block.samples for block in blocks])
    for sound, aired in zip((first, second), told, strict=True):
        assert np.array_equal(sound, heard[aired.position : aired.position + len(sound)])
        assert aired.unkeyed_at - aired.keyed_at == pytest.approx(len(sound) / SAMPLE_RATE)
    gap = heard[told[0].position + len(first) : told[1].position]
    assert not gap.any()
    assert len(gap) >= SAMPLE_RATE
    assert {BLOCK_SAMPLES} == {len(block.samples) for block in blocks}


@pytest.mark.slow
def test_a_spoken_over_is_reported_with_its_words() -> None:
    """Who compares what was heard gets the text and the moments of the key."""
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    channel = RadioChannel(speed=math.inf, floor_dbfs=-70)
    over = Over(REPORT, "en", speaker=2, snr_db=20)
    channel.transmit(over)
    channel.disturb(np.zeros(BLOCK_SAMPLES, np.int16))
    blocks, [aired, after] = listen(channel, 2)
    assert aired.over == over
    heard = np.concatenate([block.samples for block in blocks])
    seconds = aired.unkeyed_at - aired.keyed_at
    spoken = heard[aired.position : aired.position + int(seconds * SAMPLE_RATE)]
    assert dbfs(spoken) > -30
    assert dbfs(heard[aired.position + len(spoken) + BLOCK_SAMPLES : after.position]) == pytest.approx(
        -70, abs=1
    )


def test_real_time_is_kept() -> None:
    """Blocks come no faster than a sound card would give them."""
    channel = RadioChannel()
    blocks: queue.Queue[Block] = queue.Queue()
    started = time.monotonic()
    channel.start(blocks.put, _unexpected)
    last = [blocks.get(timeout=5) for _ in range(10)][-1]
    elapsed = time.monotonic() - started
    channel.close()
    assert elapsed >= 0.19
    assert last.at == pytest.approx(started + 0.18, abs=0.5)


def test_a_crowded_channel_refuses() -> None:
    """The queue is bounded; what does not fit is refused, not forgotten."""
    channel = RadioChannel("north")
    for _ in range(64):
        channel.disturb(np.zeros(320, np.int16))
    with pytest.raises(ChannelFull, match="north: 64 overs wait"):
        channel.disturb(np.zeros(320, np.int16))


def test_the_same_seed_gives_the_same_air() -> None:
    """A demo can be played again: floor and noises come from the seed."""

    def heard() -> Samples:
        channel = RadioChannel(seed=9, floor_dbfs=-60, speed=math.inf)
        channel.disturb(open_squelch(np.random.default_rng(1), 200))
        channel.disturb(open_squelch(np.random.default_rng(2), 200))
        blocks, [_, last] = listen(channel, 2)
        samples = np.concatenate([block.samples for block in blocks])
        return samples[: last.position]

    assert np.array_equal(heard(), heard())
