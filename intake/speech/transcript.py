"""What an engine made of one over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard; `start` and `end` in seconds from the first sample.

    `confidence` is the engine's own, 0 to 1, or None where it gives none. It is no evidence: engines are
    certain of words they heard in noise.
    """

    text: str
    start: float
    end: float
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of one over as heard, and who heard them.

    `gated` is why the text must not enter the queue (`no_speech`, `no_words`, `phrase`, `loop`, `rate`), or
    None. `seconds` is the length of the recording, `speech_ratio` the share of it that is speech, 0 to 1;
    `latency_ms` is how long gates and engine worked on it. `words` is empty where the engine gives no
    times. `model_sha256` is the hash of the archive the model came in, None where there was none.
    """

    text: str
    words: tuple[Word, ...]
    engine: str
    model: str
    model_sha256: str | None
    seconds: float
    latency_ms: float
    gated: str | None
    speech_ratio: float
