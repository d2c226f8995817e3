"""From one over to its transcript: speech gate, engine, hallucination gate."""

from time import perf_counter

from intake.speech.engine import SAMPLE_RATE, Recognizer, Samples
from intake.speech.gate import Speech, speech_in
from intake.speech.hallucinations import gate_text
from intake.speech.sound import samples_of
from intake.speech.transcript import Transcript, Word

NO_SPEECH = "no_speech"
"""Gate reason of an over no engine was asked about."""


class Transcriber:
    """The one road from sound to words, for the centre's threads and the command line alike."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer

    def transcribe(self, over: bytes | Samples) -> Transcript:
        """`over` is a recording (FLAC or WAV bytes) or its samples at 16 kHz. Blocks; thread-safe.

        Raises `RecordingUnreadable` and `EngineFailed`.
        """
        started = perf_counter()
        samples = samples_of(over) if isinstance(over, bytes) else over
        seconds = len(samples) / SAMPLE_RATE
        speech = speech_in(samples)
        text, words, gated = self._heard(samples, seconds, speech)
        return Transcript(
            text=text,
            words=words,
            engine=self.recognizer.name,
            model=self.recognizer.model,
            model_sha256=self.recognizer.model_sha256,
            seconds=round(seconds, 3),
            latency_ms=round((perf_counter() - started) * 1000, 1),
            gated=gated,
            speech_ratio=round(speech.ratio, 3),
        )

    def _heard(
        self, samples: Samples, seconds: float, speech: Speech
    ) -> tuple[str, tuple[Word, ...], str | None]:
        if not speech.is_enough:
            return "", (), NO_SPEECH
        text, words = self.recognizer.transcribe(samples)
        return text, words, gate_text(text, seconds, speech.ratio)
