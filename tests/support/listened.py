"""A sound heard on a channel: its overs, who called, what was only a key pressed."""

from dataclasses import dataclass, field

import numpy as np

from gateway.channel.listening import ChannelListener
from gateway.channel.over_events import CallFound, Kerchunk, OverAudio, OverEnded, OverEvent, OverStarted
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from hardware.signalling.finder import CallFinder
from hardware.signalling.settings import SignallingSettings
from tests.support.calls import silence

LEAD_MS = 1000


@dataclass
class Listened:
    """Positions are samples from the beginning of the sound; in the silence before it they are negative."""

    overs: list[range] = field(default_factory=list)
    records: list[Samples] = field(default_factory=list)
    live: list[Samples] = field(default_factory=list)
    calls: list[CallFound] = field(default_factory=list)
    kerchunks: list[Kerchunk] = field(default_factory=list)

    @property
    def ids(self) -> list[tuple[str, str]]:
        """Kind and id of each call, in the order told."""
        return [(each.call.kind, each.call.id) for each in self.calls]

    def called_in(self, over: range) -> list[str]:
        """The ids that were heard within an over."""
        lead = SAMPLE_RATE * LEAD_MS // 1000
        return [each.call.id for each in self.calls if each.position - lead in over]

    def take(self, event: OverEvent) -> None:
        """One event, in order."""
        match event:
            case OverStarted(position=position):
                self._start, self._pieces = position - SAMPLE_RATE * LEAD_MS // 1000, [np.zeros(0, np.int16)]
            case OverAudio(samples=samples):
                self._pieces.append(samples)
            case OverEnded(samples=samples):
                self.overs.append(range(self._start, self._start + len(samples)))
                self.records.append(samples)
                self.live.append(np.concatenate(self._pieces))
            case CallFound():
                self.calls.append(event)
            case Kerchunk():
                self.kerchunks.append(event)
            case _:
                raise AssertionError(event)


def listened(sound: Samples, **squelch: float) -> Listened:
    """The sound between a second of silence and two, all signalling on."""
    calls = CallFinder(SignallingSettings())
    listener = ChannelListener(SquelchSettings.model_validate(squelch), calls, lambda _at: None)
    whole = np.concatenate((silence(LEAD_MS), sound, silence(2000)))
    heard = Listened()
    for at in range(0, len(whole), BLOCK_SAMPLES):
        for event in listener.feed(Block(whole[at : at + BLOCK_SAMPLES], at / SAMPLE_RATE, at)):
            heard.take(event)
    return heard
