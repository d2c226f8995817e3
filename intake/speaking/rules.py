"""Rules of speech on a channel. When it may be keyed is for the box to say, which hears the channel."""

from intake.dispatch.draft import Draft
from intake.dispatch.refusals import Refusal, refuse
from intake.speaking.commands import MuteChannel, NoteProgress, SayOnChannel
from intake.speaking.events import SpeechOrdered, SpeechProgressed, TransmitterMuted

TRANSMITTER = "{channel}/tx"


def say_on_channel(draft: Draft, command: SayOnChannel) -> Refusal | None:
    """Order it: the box is asked once this is in the journal."""
    channel = _channel(draft, command.channel)
    if isinstance(channel, Refusal):
        return channel
    known = draft.state.devices.get(TRANSMITTER.format(channel=channel))
    if known is not None and known.facts.get("muted"):
        return refuse("muted", field="channel", channel=channel)
    draft.write(
        SpeechOrdered(
            **draft.head,
            device_id=TRANSMITTER.format(channel=channel),
            request=command.id,
            text=command.text,
            language=command.language,
            priority=command.priority,
            not_after=command.not_after,
        )
    )
    return None


def mute_channel(draft: Draft, command: MuteChannel) -> Refusal | None:
    """Mute it, or let it speak."""
    channel = _channel(draft, command.channel)
    if isinstance(channel, Refusal):
        return channel
    device = TRANSMITTER.format(channel=channel)
    draft.write(TransmitterMuted(**draft.head, device_id=device, on=command.on))
    return None


def note_progress(draft: Draft, command: NoteProgress) -> Refusal | None:
    """Keep what the box says, of requests of other centres and of older runs too."""
    draft.write(
        SpeechProgressed(
            **draft.head,
            device_id=command.device_id,
            request=command.request,
            state=command.state,
            reason=command.reason,
            seconds=command.seconds,
            said_at=command.said_at,
        )
    )
    return None


def _channel(draft: Draft, wanted: str | None) -> str | Refusal:
    """`<box>/<channel>`: the one named, by its own name or with its box, or the only one."""
    channels = sorted(one.id for one in draft.state.devices.values() if one.what == "channel")
    if wanted is None and len(channels) != 1:
        return refuse("which-channel", field="channel", channels=", ".join(channels) or "–")
    named = [each for each in channels if wanted in (None, each, each.partition("/")[2])]
    if len(named) != 1:
        return refuse("unknown", field="channel", what="channel", id=wanted or "")
    return named[0]
