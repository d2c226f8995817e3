"""What the centre made of each over, put together from the journal's events. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.dispatch.events import Event
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_events import AlarmQueued, OverAccepted, OverTranscribed
from intake.dispatch.speech import OverMeta, Transcript


@dataclass(frozen=True, slots=True)
class Found:
    """One over with its words; `alarms` were raised by what was said or pressed in it."""

    meta: OverMeta
    transcript: Transcript
    alarms: tuple[AlarmContent, ...]

    def to_json(self, place: Mapping[str, Any]) -> dict[str, Any]:
        """Flat, for a line of JSON; `place` is where the over lies and what was measured of it."""
        heard, meant = self.transcript, self.transcript.understanding
        return {
            **place,
            "seconds": round(self.meta.seconds, 2),
            "end": self.meta.end_reason,
            "callers": [caller.key for caller in self.meta.callers],
            "gated": heard.gated,
            "text": heard.text,
            "intent": meant.intent,
            "type": meant.type,
            "place": meant.place,
            "units": list(meant.units),
            "status": meant.status,
            "confidence": heard.confidence,
            "alarms": [alarm.type or "" for alarm in self.alarms],
            "clip": self.meta.clip,
        }


@dataclass
class Findings:
    """Follows the events of one journal in order."""

    overs: dict[str, OverMeta] = field(default_factory=dict)
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    raised: dict[str, list[AlarmContent]] = field(default_factory=dict)
    others: list[AlarmContent] = field(default_factory=list)
    """Alarms that belong to no over: a channel that is stuck, a fault of the box."""

    def take(self, events: Sequence[Event]) -> list[Found]:
        """One commit or several, whole; the overs that got their words by it."""
        worded = []
        for event in events:
            match event:
                case OverAccepted(meta=meta):
                    self.overs[meta.id] = meta
                case OverTranscribed(over_id=over, transcript=transcript):
                    self.transcripts[over] = transcript
                    worded.append(over)
                case AlarmQueued(content=content, over_id=heard_in):
                    self._raise(heard_in or content.over, content)
                case _:
                    continue
        return [self._found(over) for over in worded]

    def _raise(self, over: str | None, content: AlarmContent) -> None:
        (self.raised.setdefault(over, []) if over else self.others).append(content)

    def _found(self, over: str) -> Found:
        return Found(self.overs[over], self.transcripts[over], tuple(self.raised.get(over, ())))
