"""Settings proposed for channels whose floor, tails, volume and pauses are known."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.channel.over_events import OverEnded, OverReason
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import read_audio
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from hardware.simulators.fm import TAIL_DBFS, Handset, hiss, kerchunk, open_squelch, through_radio
from tongpin.channel.meter import Meter
from tongpin.channel.observed import Levels, Observed
from tongpin.channel.proposal import Proposal, propose
from tongpin.channel.tails import Tail, tail_of

CLIPS = Path(__file__).parents[3] / "shared/audio/radio_sim"
OVERS = 6


def words(seconds: float = 2.0) -> Samples:
    """A buzz in syllables of a quarter second."""
    n = np.arange(int(seconds * SAMPLE_RATE))
    buzz = np.sum([np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)], axis=0)
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)
    return np.asarray(np.round(3000 * buzz * syllables), np.int16)


def channel(*, tail_ms: int = 180, floor_dbfs: float = -60.0, volume: float = 1.0) -> Samples:
    """Six overs with two seconds between them, on a sound card with a hiss of its own."""
    rng = np.random.default_rng(3)
    gap = np.zeros(2 * SAMPLE_RATE, np.int16)
    over = [through_radio(words(), 25, rng, Handset(tail_ms=tail_ms)) for _ in range(OVERS)]
    wave = np.concatenate([part for each in over for part in (gap, each)] + [gap]) * volume
    return np.clip(wave + 32768 * hiss(len(wave), floor_dbfs, rng), -32768, 32767).astype(np.int16)


def heard(samples: Samples, settings: SquelchSettings | None = None) -> Observed:
    """What the meter makes of a whole recording."""
    meter = Meter(settings or SquelchSettings())
    for at in range(0, len(samples), BLOCK_SAMPLES):
        meter.feed(Block(samples[at : at + BLOCK_SAMPLES], at / SAMPLE_RATE, at))
    meter.close()
    return meter.seen


def values(proposal: Proposal) -> dict[str, float]:
    """The settings by key."""
    return {each.key: each.value for each in proposal.settings}


@pytest.mark.slow
@pytest.mark.parametrize("tail_ms", [80, 100, 180, 280])
def test_the_tail_is_measured_and_trimmed_whole(tail_ms: int) -> None:
    """Every tail is found to two frames, and the trim is as long as the longest but not a word longer."""
    seen = heard(channel(tail_ms=tail_ms))
    assert [abs(tail.ms - tail_ms) <= 40 for tail in seen.tails] == [True] * OVERS
    assert all(tail.dbfs == pytest.approx(TAIL_DBFS, abs=3) for tail in seen.tails)
    proposed = values(propose(seen))
    assert tail_ms <= proposed["tail_trim_ms"] <= tail_ms + 60
    assert -30 <= proposed["noise_dbfs"] < TAIL_DBFS - 5


def test_a_channel_without_tails_gets_no_trim() -> None:
    """A receiver that closes in time leaves nothing to be measured: the key is left as it is."""
    seen = heard(channel(tail_ms=0))
    assert (len(seen.tails), seen.untailed) == (0, OVERS)
    assert {"tail_trim_ms", "noise_dbfs"}.isdisjoint(values(propose(seen)))


@pytest.mark.parametrize("floor_dbfs", [-75.0, -60.0, -50.0])
def test_a_steady_floor_needs_no_more_than_the_default(floor_dbfs: float) -> None:
    """Where the floor is steady and speech clear of it, opening stays at 8 dB above and closing at 4."""
    proposed = values(propose(heard(channel(floor_dbfs=floor_dbfs))))
    assert (proposed["open_db"], proposed["close_db"]) == (8, 4)


def test_a_restless_floor_raises_the_opening() -> None:
    """A floor that moves by 7 dB is stood clear of; speech is far enough above it."""
    seen = Observed(silent=False, closed=Levels(), seconds=60)
    for n in range(1000):
        seen.closed.add(-60 + n % 8)
    proposed = propose(seen)
    assert values(proposed)["open_db"] == 11
    assert "moves by 7 dB" in proposed.settings[0].why


def test_speech_close_to_the_floor_lowers_the_opening() -> None:
    """A radio turned down into the card's hiss: it must open near the floor, and up is the advice."""
    proposal = propose(heard(channel(floor_dbfs=-52, volume=0.12)))
    assert values(proposal)["open_db"] < 8
    assert "turn it up by" in proposal.advice[0]


@pytest.mark.parametrize(
    ("volume", "advice"), [(6.0, "Clipped"), (1.0, "The volume is right"), (0.1, "turn it up by")]
)
def test_the_volume_is_judged_by_what_was_said(volume: float, advice: str) -> None:
    """Clipping, a good level and a soft one are told apart, tails and hiss notwithstanding."""
    assert advice in propose(heard(channel(volume=volume, tail_ms=0))).advice[0]


def test_nothing_is_claimed_of_a_channel_nobody_spoke_on() -> None:
    """Zeros, hiss, and keys pressed without a word: advice to key a radio, no volume, no hang time."""
    rng = np.random.default_rng(4)
    quiet = np.zeros(3 * SAMPLE_RATE, np.int16)
    assert "exact zeros" in propose(heard(quiet)).advice[0]
    wordless = np.concatenate([quiet, kerchunk(rng), quiet, open_squelch(rng, 3000), quiet])
    seen = heard(wordless)
    assert seen.bursts == 1
    assert "Nobody was heard" in propose(seen).advice[0]
    assert "hang_ms" not in values(propose(seen))


def test_pauses_set_the_hang_time_once_there_are_enough() -> None:
    """The longest of twenty pauses is bridged; the silences between speakers do not count."""
    seen = Observed(silent=False)
    seen.gaps.extend([120, 180, 260, 320] * 5 + [1500, 4000])
    assert values(propose(seen))["hang_ms"] == 450
    seen.gaps.clear()
    seen.gaps.extend([320] * 4)
    assert "hang_ms" not in values(propose(seen))


@pytest.mark.slow
@pytest.mark.parametrize(("tail_ms", "floor_dbfs"), [(180, -60.0), (280, -60.0), (180, -50.0)])
def test_what_is_proposed_cuts_the_same_channel_right(tail_ms: int, floor_dbfs: float) -> None:
    """With the proposal in the box's settings the same channel gives its six overs, without their tails."""
    wave = channel(tail_ms=tail_ms, floor_dbfs=floor_dbfs)
    table = tomllib.loads(f'[[channel]]\nid = "ch-1"\n{propose(heard(wave)).toml()}')["channel"][0]
    seen = heard(wave, SquelchSettings.model_validate(table["squelch"]))
    assert (len(seen.overs), seen.kerchunks, seen.bursts) == (OVERS, 0, 0)
    assert all(tail_of(over.samples) is None for over in seen.overs)


@pytest.mark.parametrize(
    ("clip", "overs", "tails"),
    [
        ("speech_a_snr30", 1, 1),
        ("speech_a_snr15", 1, 1),
        ("mobile_flutter", 1, 1),
        ("first_syllable_cut", 1, 1),
        ("two_overs_short_gap", 1, 2),
        ("overdriven", 1, 1),
        ("squelch_flaps", 0, 0),
        ("open_squelch_hiss_10s", 0, 0),
    ],
)
def test_recordings_of_a_radio_are_read_right(clip: str, overs: int, tails: int) -> None:
    """Each clip's overs and its tails of 180 ms are found; flaps and hiss are neither."""
    path = CLIPS / f"{clip}.wav"
    if not path.exists():
        pytest.skip("the shared recordings are not here")
    seen = heard(read_audio(path))
    assert (len(seen.overs), len(seen.tails)) == (overs, tails)
    assert all(160 <= tail.ms <= 220 for tail in seen.tails)
    propose(seen)


@given(
    floor=st.lists(st.floats(-70, -10), min_size=0, max_size=200),
    gaps=st.lists(st.integers(20, 5000), max_size=50),
    tails=st.lists(st.builds(Tail, st.integers(60, 400), st.floats(-60, 0)), max_size=20),
    overs=st.lists(st.tuples(st.floats(-90, 0), st.floats(-90, 0), st.floats(0, 100)), max_size=5),
)
def test_whatever_was_heard_the_proposal_is_a_valid_table(
    floor: list[float], gaps: list[int], tails: list[Tail], overs: list[tuple[float, float, float]]
) -> None:
    """No combination of findings gives settings that the box refuses, or TOML that cannot be read."""
    seen = Observed(silent=False)
    for level in floor:
        seen.closed.add(level)
    seen.gaps.extend(gaps)
    seen.tails.extend(tails)
    reason: OverReason = "hang"
    for rms, peak, clipped in overs:
        seen.overs.append(OverEnded(reason, np.zeros(0, np.int16), 2.0, rms, peak, clipped, 20.0))
    tomllib.loads(f'[[channel]]\nid = "ch-1"\n{propose(seen).toml()}')
