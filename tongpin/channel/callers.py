"""Who calls on a channel, as radios say themselves: listened to without a box."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from hardware.audio.format import SAMPLE_RATE, AudioSource
from hardware.signalling.call import Call
from hardware.signalling.finder import CallFinder
from hardware.signalling.settings import SignallingSettings
from tongpin.channel.sources import blocks_of


def callers(source: AudioSource, settings: SignallingSettings, seconds: float | None) -> Iterator[Call]:
    """Each call as soon as it is certain, until `seconds` of sound are over or a recording has ended.

    Raises `AudioError` when the source cannot be heard, or is lost.
    """
    finder = CallFinder(settings)
    with blocks_of(source) as blocks:
        for block in blocks:
            yield from finder.feed(block.samples)
            if seconds is not None and block.position >= seconds * SAMPLE_RATE:
                break
    yield from finder.finish()


def as_json(call: Call) -> dict[str, Any]:
    """Flat, for a line of JSON, the position in seconds."""
    fields = asdict(call)
    return {"at_s": _seconds(call), **{name: value for name, value in fields.items() if name != "position"}}


def as_row(call: Call) -> str:
    """For people: when, which system, who, what it means, what came over the air."""
    turned = f"  {call.fixed} bits corrected" if call.fixed else ""
    return f"{_seconds(call):8.2f} s  {call.kind:<9} {call.id:<12} {call.meaning:<10} {call.raw}{turned}"


def _seconds(call: Call) -> float:
    return round(call.position / SAMPLE_RATE, 2)
