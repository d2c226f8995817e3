"""Where an over lies in the recordings, and how much of it is speech."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from hardware.audio.format import SAMPLE_RATE
from intake.clips import Clips
from intake.dispatch.speech import OverMeta
from intake.speech.gate import speech_in
from intake.speech.sound import samples_of
from tongpin.channel.replay_sound import ReplaySound


class Places:
    """Of what one sound became overs; `recordings` is the centre's folder of clips."""

    def __init__(self, sound: ReplaySound, recordings: Path) -> None:
        self._sound = sound
        self._clips = Clips(recordings)

    def of(self, over: OverMeta) -> dict[str, Any]:
        """`file`, `start` in seconds from its beginning, and `speech_ratio`; raises `ClipMissing`.

        An over that began with the recording starts a little before it, in the silence: at 0.
        """
        began = datetime.now(UTC) - timedelta(seconds=monotonic() - self._sound.began)
        start = (over.said_at - began).total_seconds() * SAMPLE_RATE
        middle = start + over.seconds * SAMPLE_RATE / 2
        stretch = max(
            (one for one in self._sound.stretches if one.start <= middle), key=lambda one: one.start
        )
        return {
            "file": str(stretch.recording),
            "start": round(max(0.0, (start - stretch.start) / SAMPLE_RATE), 2),
            "speech_ratio": round(speech_in(samples_of(self._clips.read(over.clip))).ratio, 3),
        }
