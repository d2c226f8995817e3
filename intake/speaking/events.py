"""What happened to speech on a channel. `device_id` is the transmitter's, `<box>/<channel>/tx`."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.source_events import SourceEvent

Language = Literal["en", "zh"]
SpeechState = Literal["accepted", "waiting", "keyed", "done", "aborted", "refused", "expired"]


class SpeechOrdered(SourceEvent):
    """Somebody wants this said; no undo takes back what may be on the air."""

    kind: Literal["device.speech-ordered"] = "device.speech-ordered"
    device_id: str
    request: str
    text: str
    language: Language
    priority: int
    not_after: AwareDatetime


class SpeechProgressed(SourceEvent):
    """The box says how far it has come."""

    kind: Literal["device.speech"] = "device.speech"
    device_id: str
    request: str
    state: SpeechState
    reason: str | None
    seconds: float
    said_at: AwareDatetime


class TransmitterMuted(SourceEvent):
    """A transmitter may not speak, or may again."""

    kind: Literal["device.muted"] = "device.muted"
    device_id: str
    on: bool
