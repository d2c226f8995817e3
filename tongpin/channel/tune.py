"""Listens to a channel for a while and hands on what it is like, moment by moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import AudioSource, Block
from hardware.carrier.line import CarrierLine
from hardware.errors import HardwareError
from tongpin.channel.meter import Meter, Moment
from tongpin.channel.observed import Observed
from tongpin.channel.sources import blocks_of
from tongpin.channel.speech import speech_probability

_EVERY: Final = 5
"""Moments of 20 ms between two readings."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A tenth of a second: its last moment, with what has been counted until then.

    `clipped` counts samples and `changes` those of the carrier line since the start; `speech` is None without
    Silero, `carrier` without a line.
    """

    moment: Moment
    speech: float | None
    clipped: int
    overs: int
    kerchunks: int
    bursts: int
    overruns: int
    carrier: bool | None
    changes: int

    def to_json(self) -> dict[str, Any]:
        """Flat, for a line of JSON."""
        fields = asdict(self)
        speech = None if self.speech is None else round(self.speech, 2)
        return {**fields.pop("moment"), **fields, "speech": speech}


class CarrierState:
    """What a carrier line said last, whatever thread it said it on."""

    def __init__(self) -> None:
        self.up: bool | None = None
        self.changes = 0
        self.lost: HardwareError | None = None

    def changed(self, up: bool, _at: float) -> None:  # noqa: FBT001 - as `OnChange` has it
        """The line's `on_change`."""
        self.changes += self.up is not None
        self.up = up

    def gone(self, error: HardwareError) -> None:
        """The line's `on_lost`."""
        self.up, self.lost = None, error


def listen(
    source: AudioSource,
    seconds: float | None,
    carrier: CarrierLine | None,
    show: Callable[[Reading], None],
) -> Observed:
    """Until `seconds` of sound are over, a recording has ended, or Ctrl-C; gives what was heard.

    Raises `HardwareError` when the card or the line cannot be opened, or is lost.
    """
    meter = Meter(SquelchSettings())
    state = CarrierState()
    with _carrier(carrier, state), blocks_of(source) as blocks:
        try:
            for reading in _readings(blocks, source, meter, state):
                show(reading)
                if seconds is not None and reading.moment.seconds >= seconds:
                    break
        except KeyboardInterrupt:
            pass
    meter.close()
    return meter.seen


def _readings(
    blocks: Iterator[Block], source: AudioSource, meter: Meter, state: CarrierState
) -> Iterator[Reading]:
    speech, clipped, number = speech_probability(), 0, 0
    for block in blocks:
        if state.lost is not None:
            raise state.lost
        probability = speech(block.samples)
        for moment in meter.feed(block):
            clipped, number = clipped + moment.clipped, number + 1
            if number % _EVERY == 0:
                seen = meter.seen
                yield Reading(
                    moment,
                    probability,
                    clipped,
                    len(seen.overs),
                    seen.kerchunks,
                    seen.bursts,
                    source.overruns,
                    state.up,
                    state.changes,
                )


@contextmanager
def _carrier(line: CarrierLine | None, state: CarrierState) -> Iterator[None]:
    if line is None:
        yield
        return
    line.start(state.changed, state.gone)
    try:
        yield
    finally:
        line.close()
