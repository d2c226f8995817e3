"""One over on its way to words: speech gate, engine, hallucination gate."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from intake.speech.engine import SAMPLE_RATE, Recognizer, Samples, SpeechStream
from intake.speech.gate import MIN_SPEECH_MS, SpeechMeter
from intake.speech.hallucinations import gate_text
from intake.speech.transcript import Transcript, Word

NO_SPEECH = "no_speech"
"""Gate reason of an over whose words nobody asked an engine for."""


class Transcription:
    """Fed with one over, live or from its recording: the same sound gives the same transcript.

    Several threads may take turns, never two at once. Methods block; they raise `EngineFailed`.
    """

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._meter = SpeechMeter()
        self._stream: SpeechStream | None = None
        self._held: list[Samples] = []
        """What no engine has heard yet, because nobody has spoken."""
        self._samples = 0
        self._worked_s = 0.0

    def feed(self, samples: Samples) -> None:
        """The next samples, of any number."""
        with self._working():
            self._samples += len(samples)
            self._meter.feed(samples)
            self._held.append(samples)
            if self._stream or self._meter.so_far.ms >= MIN_SPEECH_MS:
                self._hand_on()

    def text(self) -> str:
        """The words so far, "" while there are none that may be shown; the last may still change."""
        if self._stream is None:
            return ""
        with self._working():
            text = self._stream.text()
        return "" if self._gated(text) else text

    def finish(self) -> Transcript:
        """The transcript of everything fed."""
        with self._working():
            speech = self._meter.finish()
            text, words = self._heard() if speech.is_enough else ("", ())
        recognizer = self._recognizer
        return Transcript(
            text=text,
            words=words,
            engine=recognizer.name,
            model=recognizer.model,
            model_sha256=recognizer.model_sha256,
            seconds=round(self._seconds, 3),
            latency_ms=round(self._worked_s * 1000, 1),
            gated=self._gated(text) if speech.is_enough else NO_SPEECH,
            speech_ratio=round(speech.ratio, 3),
        )

    @property
    def _seconds(self) -> float:
        return self._samples / SAMPLE_RATE

    def _heard(self) -> tuple[str, tuple[Word, ...]]:
        return self._hand_on().finish()

    def _gated(self, text: str) -> str | None:
        return gate_text(text, self._seconds, self._meter.so_far.ratio)

    def _hand_on(self) -> SpeechStream:
        self._stream = stream = self._stream or self._recognizer.stream()
        held, self._held = self._held, []
        for samples in held:
            stream.feed(samples)
        return stream

    @contextmanager
    def _working(self) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self._worked_s += perf_counter() - began
