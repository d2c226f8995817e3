"""Recordings with known ids give those and no others; speech, noise and other tones give none."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr

from hardware.audio.decoding import read_audio
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.simulators.fm import Handset, through_radio
from tests.support.calls import heard, ids, silence

AUDIO = Path(__file__).resolve().parents[2] / ".." / "shared" / "audio"
GENERATED, SCANNER, RADIO = (AUDIO / name for name in ("generated", "icad_tone_detection", "radio_sim"))

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


@pytest.mark.parametrize(("name", "truth"), truths())
def test_a_generated_file_gives_exactly_its_id(name: str, truth: tuple[str, str]) -> None:
    """As it is, and after a sound card of 8 kHz."""
    sound = read_audio(GENERATED / name)
    assert ids(sound) == [truth]
    narrow = soxr.resample(sound, SAMPLE_RATE, 8000)
    assert ids(soxr.resample(narrow, 8000, SAMPLE_RATE)) == [truth]


def noisy(sound: Samples, snr_db: float, seed: int) -> Samples:
    """White noise in the voice band, `snr_db` below the sound where it is loud."""
    rng = np.random.default_rng(seed)
    return through_radio(sound, snr_db, rng, Handset(0, 0, 0))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "truth"), truths())
def test_noise_and_speech_around_it_give_no_other_id(name: str, truth: tuple[str, str]) -> None:
    """At 10 dB of SNR, between two voices."""
    speech = read_audio(RADIO / "speech_a_snr30.wav")
    sound = read_audio(GENERATED / name)
    for seed in range(3):
        over = np.concatenate((speech[:40000], silence(100), sound, speech[40000:80000]))
        assert ids(noisy(over, 10, seed)) in ([truth], [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mdc_example", [("mdc1200", "1828")] * 3),
        ("dtmf_example", [("dtmf", "12345")]),
        ("long_tone_example", []),
        ("pulsed_example", []),
        ("hi_low_tone_example", []),
    ],
)
def test_a_scanner_recording_gives_its_documented_ids(name: str, expected: list[tuple[str, str]]) -> None:
    """Real radios, real receivers; tones that are no signalling give none."""
    assert ids(read_audio(SCANNER / f"{name}.wav")) == expected


def test_the_packets_of_a_scanner_recording_are_where_they_were_measured() -> None:
    """Within a tenth of a second."""
    found = [call.position / SAMPLE_RATE for call in heard(read_audio(SCANNER / "mdc_example.wav"))]
    assert found == pytest.approx([3.75, 13.98, 17.90], abs=0.3)


def test_the_pages_of_a_scanner_recording_are_read() -> None:
    """Two pages, their tones within what the transmitter is off."""
    pages = [call for call in heard(read_audio(SCANNER / "two_tone_example.wav")) if call.kind == "two-tone"]
    tones = [float(hz) for page in pages for hz in page.id.split("/")]
    assert tones == pytest.approx([2575, 2260, 1287.5, 1180], abs=2)


@pytest.mark.parametrize("path", sorted(RADIO.glob("*.wav")), ids=lambda path: path.stem)
def test_speech_and_noise_give_no_id(path: Path) -> None:
    """Every simulated over of the collection."""
    assert heard(read_audio(path)) == []
