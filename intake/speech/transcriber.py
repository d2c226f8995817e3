"""A whole recording to its transcript, for the command line."""

from intake.speech.engine import Recognizer, Samples
from intake.speech.sound import samples_of
from intake.speech.transcript import Transcript
from intake.speech.transcription import Transcription


class Transcriber:
    """The centre's own road from sound to words, in one step."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer

    def transcribe(self, over: bytes | Samples) -> Transcript:
        """`over` is a recording (FLAC or WAV bytes) or its samples at 16 kHz. Blocks; thread-safe.

        Raises `RecordingUnreadable` and `EngineFailed`.
        """
        transcription = Transcription(self.recognizer)
        transcription.feed(samples_of(over) if isinstance(over, bytes) else over)
        return transcription.finish()
