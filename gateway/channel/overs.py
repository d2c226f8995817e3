"""Cuts the sound of a channel into overs: who keyed up until he let go, with the moment before.

Pure: samples in, events out. The cutter makes no ids and reads no clock; its memory is bounded by the
longest over.
"""

from collections import deque
from typing import Literal

import numpy as np

from gateway.channel.flapping import FlapGuard
from gateway.channel.over_events import (
    ChannelFree,
    ChannelStuck,
    Kerchunk,
    OverEvent,
    OverReason,
    OverStarted,
)
from gateway.channel.running_over import Heard, RunningOver
from gateway.channel.squelch import FRAME_MS, FRAME_SAMPLES, Reading, Squelch
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Block

ChannelState = Literal["idle", "busy", "stuck"]
_Phase = Literal["listening", "opening", "talking", "continuing", "stuck"]

_BRIDGED_MS = 200
"""Gaps between syllables; after a longer one the carrier is another one."""


class OverCutter:
    """Feed it every block of one channel in order. Blocks may have any length; the overs are the same.

    Until a carrier has lasted `minimum_ms` and cannot be an open squelch, nothing is announced; the samples
    of that time are kept and lead the over.
    """

    def __init__(self, settings: SquelchSettings) -> None:
        self._settings = settings
        self._squelch = Squelch(settings)
        self._flaps = FlapGuard(settings.minimum_ms)
        self._phase: _Phase = "listening"
        self._rest = np.zeros(0, np.int16)
        self._recent: deque[Heard] = deque()
        self._over = RunningOver(settings, [])
        self._reading: Reading | None = None
        self._carrier_ms = 0
        self._gap_ms = 0
        self._heard_until: float | None = None

    @property
    def state(self) -> ChannelState:
        """`busy` from the first sign of a carrier until the hang time has passed."""
        match self._phase:
            case "listening":
                return "idle"
            case "stuck":
                return "stuck"
            case "opening" | "talking" | "continuing":
                return "busy"

    @property
    def reading(self) -> Reading | None:
        """What the squelch said last; None before the first frame."""
        return self._reading

    def feed(self, block: Block, *, carrier: bool | None = None) -> list[OverEvent]:
        """What this block brought about, in order; `carrier` as of `Squelch.step`."""
        self._forget_after_a_hole(block)
        samples = np.concatenate((self._rest, block.samples))
        lead = len(self._rest)
        whole = len(samples) - len(samples) % FRAME_SAMPLES
        self._rest = samples[whole:]
        events: list[OverEvent] = []
        for index in range(0, whole, FRAME_SAMPLES):
            frame = samples[index : index + FRAME_SAMPLES].copy()
            ahead = index - lead
            self._reading = self._squelch.step(frame, carrier=carrier, learn=self._phase == "stuck")
            at, position = block.at + ahead / SAMPLE_RATE, block.position + ahead
            events += self._hear(Heard(frame, at, position, self._reading))
        return events

    def _forget_after_a_hole(self, block: Block) -> None:
        """Nobody listened for longer than a floor is remembered: the channel may be another one now."""
        missing = 0.0 if self._heard_until is None else block.at - self._heard_until
        self._heard_until = block.at + len(block.samples) / SAMPLE_RATE
        if missing > self._settings.floor_seconds and self._phase == "listening":
            self._squelch = Squelch(self._settings)
            self._flaps = FlapGuard(self._settings.minimum_ms)

    def close(self, reason: Literal["device_lost", "shutdown"]) -> list[OverEvent]:
        """End what is running; the cutter is then as new, apart from the floor it has learnt.

        Less than a frame that was still waiting is dropped.
        """
        events: list[OverEvent] = []
        match self._phase:
            case "opening":
                events = [self._kerchunk(noise=False)]
            case "talking":
                events = self._end(reason)
            case "stuck":
                events = [ChannelFree(self._recent[-1].at)]
            case "listening" | "continuing":
                pass
        self._phase = "listening"
        self._rest = self._rest[:0]
        self._recent.clear()
        return events

    def _hear(self, heard: Heard) -> list[OverEvent]:
        self._flaps.tick()
        self._count(heard)
        match self._phase:
            case "listening":
                return self._listen(heard)
            case "opening":
                return self._open(heard)
            case "talking":
                return self._talk(heard)
            case "continuing":
                return self._continue(heard)
            case "stuck":
                return self._wait_for_fall(heard)

    def _count(self, heard: Heard) -> None:
        if heard.reading.open:
            fell = self._gap_ms > _BRIDGED_MS
            self._carrier_ms = FRAME_MS if fell else self._carrier_ms + FRAME_MS
            self._gap_ms = 0
        else:
            self._gap_ms += FRAME_MS

    def _listen(self, heard: Heard) -> list[OverEvent]:
        self._remember(heard)
        if heard.reading.open:
            self._carrier_ms = heard.debounce_ms(self._settings)
            self._phase = "opening"
        return []

    def _open(self, heard: Heard) -> list[OverEvent]:
        self._recent.append(heard)
        if heard.reading.noise or self._gap_ms > _BRIDGED_MS:
            return [self._refuse(noise=heard.reading.noise)]
        doubtful = heard.reading.suspect and not heard.reading.cos
        if doubtful or self._carrier_ms < self._flaps.required_ms:
            return []
        return self._begin(list(self._recent), continues=False)

    def _refuse(self, *, noise: bool) -> Kerchunk:
        if not noise:
            self._flaps.opened_for(self._carrier_ms)
        kerchunk = self._kerchunk(noise=noise)
        self._phase = "listening"
        self._remember()
        return kerchunk

    def _begin(self, heard: list[Heard], *, continues: bool) -> list[OverEvent]:
        self._over = RunningOver(self._settings, heard)
        self._phase = "talking"
        self._recent.clear()
        opened_by: Literal["cos", "energy"] = "cos" if heard[-1].reading.cos else "energy"
        started = OverStarted(heard[0].at, heard[0].position, opened_by, continues)
        return [started, *self._over.release()]

    def _talk(self, heard: Heard) -> list[OverEvent]:
        self._over.add(heard)
        return [*self._over.release(), *self._outcome(heard)]

    def _end(self, reason: OverReason) -> list[OverEvent]:
        return [*self._over.release_rest(reason), self._over.end(reason)]

    def _outcome(self, heard: Heard) -> list[OverEvent]:
        over = self._over
        if over.faded or (over.divisible and not over.carrier_up):
            self._phase = "listening"
            self._remember(*over.after_record())
            return self._end("cos" if heard.reading.cos else "hang")
        if self._carrier_ms >= self._settings.stuck_seconds * 1000:
            self._phase = "stuck"
            self._remember(heard)
            return [*self._end("max"), ChannelStuck(heard.at, self._carrier_ms / 1000)]
        if over.full or over.divisible:
            self._phase = "continuing"
            return self._end("max")
        return []

    def _continue(self, heard: Heard) -> list[OverEvent]:
        if heard.reading.open:
            return self._begin([heard], continues=True)
        self._phase = "listening"
        return self._listen(heard)

    def _wait_for_fall(self, heard: Heard) -> list[OverEvent]:
        self._remember(heard)
        if self._gap_ms < self._settings.hang_ms:
            return []
        self._phase = "listening"
        return [ChannelFree(heard.at)]

    def _remember(self, *heard: Heard) -> None:
        """Keep the pre-roll of an over that may come, counted from before the squelch made up its mind."""
        self._recent.extend(heard)
        debounce_ms = max(self._settings.debounce_ms, self._settings.cos_debounce_ms)
        kept = (self._settings.preroll_ms + debounce_ms) // FRAME_MS
        while len(self._recent) > kept:
            self._recent.popleft()

    def _kerchunk(self, *, noise: bool) -> Kerchunk:
        return Kerchunk(self._recent[-1].at, self._carrier_ms / 1000, noise)
