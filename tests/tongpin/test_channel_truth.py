"""Recordings whose truth is known, heard as the box hears a channel: the right ids and the right overs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hardware.audio.decoding import read_audio
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.simulators.fm import through_radio
from tests.support.calls import silence
from tests.support.listened import listened

AUDIO = Path(__file__).resolve().parents[2] / ".." / "shared" / "audio"
GENERATED, SCANNER, RADIO = (AUDIO / name for name in ("generated", "icad_tone_detection", "radio_sim"))

LOUD = 300
"""Louder than the silence of these recordings."""

pytestmark = pytest.mark.skipif(not AUDIO.is_dir(), reason="the shared recordings are not beside this clone")


def truths() -> list[tuple[str, tuple[str, str]]]:
    """Each generated file with the kind and id it must give."""
    path = GENERATED / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return [(name, _expected(truth)) for name, truth in manifest.items()]


def _expected(truth: dict[str, Any]) -> tuple[str, str]:
    match truth["type"]:
        case "selcall":
            return truth["standard"].lower(), truth["digits"]
        case "mdc1200":
            return "mdc1200", truth["unit"].upper()
        case "two_tone":
            return "two-tone", f"{truth['a_hz']}/{truth['b_hz']}"
        case kind:
            return kind, truth["digits"]


def spoken() -> Samples:
    """Three seconds of a voice, as it goes into a radio."""
    return read_audio(RADIO / "speech_a_snr30.wav")[8000:56000]


@pytest.mark.parametrize(("name", "truth"), truths())
def test_signalling_alone_is_one_carrier_and_one_id(name: str, truth: tuple[str, str]) -> None:
    """A burst without a word is one over or one kerchunk, never two, and names exactly its radio."""
    heard = listened(read_audio(GENERATED / name))
    assert heard.ids == [truth]
    assert len(heard.overs) + len(heard.kerchunks) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "truth"), truths())
def test_an_over_that_names_its_radio_is_one_over_with_one_id(name: str, truth: tuple[str, str]) -> None:
    """Burst at key-up, then words, through a radio at 25 dB: one over that holds both."""
    keyed = np.concatenate((read_audio(GENERATED / name), silence(150), spoken()))
    heard = listened(through_radio(keyed, 25.0, np.random.default_rng(1)))
    [over] = heard.overs
    assert heard.ids == [truth]
    assert heard.called_in(over) == [truth[1]]
    assert len(over) / SAMPLE_RATE == pytest.approx(len(keyed) / SAMPLE_RATE + 0.9, abs=0.4)


def test_the_packets_of_a_scanner_recording_lie_in_its_overs() -> None:
    """Unit 1828 three times: at the end of the first over, twice in the second; no over has another id."""
    heard = listened(read_audio(SCANNER / "mdc_example.wav"))
    assert heard.ids == [("mdc1200", "1828")] * 3
    assert [heard.called_in(over) for over in heard.overs] == [["1828"], ["1828"] * 2]


@pytest.mark.parametrize(
    ("name", "ids", "overs"),
    [("dtmf_example", ["12345"], 1), ("long_tone_example", [], 1), ("pulsed_example", [], 3)],
)
def test_tones_before_words_are_of_the_same_call(name: str, ids: list[str], overs: int) -> None:
    """A string of touch tones names its radio; alert tones name nobody."""
    heard = listened(read_audio(SCANNER / f"{name}.wav"))
    assert [call for _, call in heard.ids] == ids
    assert len(heard.overs) == overs


def test_two_pages_in_one_over_are_told_in_order() -> None:
    """Two stations are paged one after the other, and the words follow in the same over."""
    heard = listened(read_audio(SCANNER / "two_tone_example.wav"))
    tones = [float(hz) for kind, call in heard.ids if kind == "two-tone" for hz in call.split("/")]
    assert tones == pytest.approx([2575, 2260, 1287.5, 1180], abs=2)
    assert len(heard.overs) == 1


def test_a_flapping_squelch_is_twelve_kerchunks_and_no_over() -> None:
    """What flaps is counted, names nobody and is not published."""
    heard = listened(read_audio(RADIO / "squelch_flaps.wav"))
    assert (heard.overs, heard.ids) == ([], [])
    assert len(heard.kerchunks) == 12


@pytest.mark.parametrize(
    "name",
    ["collision_doubling", "first_syllable_cut", "mobile_flutter", "overdriven", "speech_a_snr6"],
)
def test_a_spoilt_over_is_one_over_from_its_first_sample_on(name: str) -> None:
    """Doubling, a cut syllable, fading, clipping, noise: one over of nobody, whole from its start."""
    sound = read_audio(RADIO / f"{name}.wav")
    heard = listened(sound)
    [over] = heard.overs
    assert heard.ids == []
    keyed = int(np.flatnonzero(np.abs(sound.astype(int)) > LOUD)[0])
    assert 0.5 <= (keyed - over.start) / SAMPLE_RATE <= 0.7
    assert np.array_equal(heard.records[0][-over.start :], sound[: over.stop])
    assert np.array_equal(heard.live[0], heard.records[0])


@pytest.mark.parametrize(("hang_ms", "overs"), [(600, 1), (200, 2)])
def test_a_gap_of_350_ms_parts_two_overs_only_where_the_hang_is_shorter(hang_ms: int, overs: int) -> None:
    """Either way every sample between the first word and the last is in one of them, once."""
    sound = read_audio(RADIO / "two_overs_short_gap.wav")
    heard = listened(sound, hang_ms=hang_ms)
    assert len(heard.overs) == overs
    first, last = int(np.flatnonzero(np.abs(sound.astype(int)) > LOUD)[0]), heard.overs[-1].stop
    held = [position for over in heard.overs for position in over if first <= position < last]
    assert len(held) == len(set(held))
    silent = set(range(first, last)) - set(held)
    assert all(abs(int(sound[position])) < 200 for position in silent)
