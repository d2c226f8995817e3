"""Everything that is heard on one channel: its overs, and who calls. Pure: samples in, events out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from gateway.channel.over_events import CallFound, Kerchunk, OverEnded, OverEvent
from gateway.channel.overs import ChannelState, OverCutter
from gateway.channel.squelch import FRAME_SAMPLES, Reading
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Block
from hardware.signalling.call import Call, CallDecoder


class ChannelListener:
    """Feed it every block of one channel in order; memory is bounded by the longest over.

    `calls` hears the channel without end, not only its overs: an emergency too short or too weak for the
    squelch is heard all the same. Where a carrier ends it is asked for what it still waits with. `carrier`
    is asked for each moment of the monotonic clock, in order; see `CarrierTrack`.
    """

    def __init__(
        self, squelch: SquelchSettings, calls: CallDecoder, carrier: Callable[[float], bool | None]
    ) -> None:
        self._cutter = OverCutter(squelch)
        self._calls = calls
        self._carrier = carrier
        self._fed = 0
        """Samples since the decoder was as new."""
        self._end_at, self._end_position = 0.0, 0
        """Where the sound so far ends."""

    @property
    def reading(self) -> Reading | None:
        """What the squelch said last; None before the first frame."""
        return self._cutter.reading

    @property
    def carrier(self) -> ChannelState:
        """Whether somebody is on the channel; see `OverCutter.state`."""
        return self._cutter.state

    def feed(self, block: Block) -> list[OverEvent]:
        """What this block brought about."""
        return [event for part in _frames(block) for event in self._hear(part)]

    def close(self, reason: Literal["device_lost", "shutdown"]) -> list[OverEvent]:
        """End what is running; the listener is then as new, apart from the floor it has learnt."""
        return [*self._found(self._finish()), *self._cutter.close(reason)]

    def _hear(self, part: Block) -> Iterator[OverEvent]:
        count = len(part.samples)
        self._fed += count
        self._end_at, self._end_position = part.at + count / SAMPLE_RATE, part.position + count
        yield from self._found(self._calls.feed(part.samples))
        for event in self._cutter.feed(part, carrier=self._carrier(part.at)):
            if _ends_a_carrier(event):
                yield from self._found(self._finish())
            yield event

    def _finish(self) -> Iterator[Call]:
        yield from self._calls.finish()
        self._fed = 0

    def _found(self, calls: Iterable[Call]) -> Iterator[CallFound]:
        for call in calls:
            ahead = call.position - self._fed
            yield CallFound(call, self._end_at + ahead / SAMPLE_RATE, self._end_position + ahead)


def _ends_a_carrier(event: OverEvent) -> bool:
    match event:
        case OverEnded():
            return event.reason != "max"
        case _:
            return isinstance(event, Kerchunk)


def _frames(block: Block) -> Iterator[Block]:
    for ahead in range(0, len(block.samples), FRAME_SAMPLES):
        samples = block.samples[ahead : ahead + FRAME_SAMPLES]
        yield Block(samples, block.at + ahead / SAMPLE_RATE, block.position + ahead)
