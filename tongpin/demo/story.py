"""Plays a station hour onto the receivers and the channel, as fast as asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import numpy as np

from hardware.errors import HardwareError
from hardware.panels.surgard.encode import contact_id_frame
from hardware.simulators.radio_channel import Over, RadioChannel
from hardware.simulators.surgard_receiver import SurgardReceiver
from tongpin.demo.cast import crowded, speaker_of
from tongpin.demo.hour import FrameDue, Happening, NoiseDue, SpeechDue, TogetherDue, ToldDue, Voices

_NOISE_S = 0.6
_SAMPLES_A_SECOND = 16_000
"""A key pressed by mistake: carrier, no words."""


async def _nobody(text: str) -> None:
    """Where nobody sits at the counter."""
    del text


class Storyteller:
    """Sends each happening when it is due; `rate` is station seconds in a real second."""

    def __init__(
        self,
        receivers: tuple[SurgardReceiver, ...],
        channel: RadioChannel,
        voices: Voices,
        seed: int,
        counter: Callable[[str], Awaitable[None]] = _nobody,
    ) -> None:
        """`counter` is called with what somebody tells there."""
        self._receivers = receivers
        self._channel = channel
        self._voices = voices
        self._noise = np.random.default_rng(seed)
        self._tell_at_the_counter = counter

    async def tell(self, hour: tuple[Happening, ...], rate: float, until: float) -> None:
        """Play `hour` from now on, ending at `until` (monotonic seconds) at the latest."""
        began = time.monotonic()
        for happening in hour:
            due = began + happening.at / rate
            if due > until:
                break
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._play(happening)
        await asyncio.sleep(max(0.0, until - time.monotonic()))

    async def _play(self, happening: Happening) -> None:
        match happening:
            case FrameDue():
                receiver = self._receivers[happening.receiver]
                receiver.offer(frame_of(happening))
            case SpeechDue():
                if not crowded(self._channel):
                    await asyncio.to_thread(self._speak, happening)
            case NoiseDue():
                self._hiss()
            case TogetherDue():
                await asyncio.to_thread(self._together, happening)
            case ToldDue():
                await self._tell_at_the_counter(happening.text)

    def _speak(self, due: SpeechDue) -> None:
        try:
            self._channel.transmit(self._over(due))
        except HardwareError:
            # More talk than a channel carries: somebody does not get through, as on a real one.
            return

    def _together(self, due: TogetherDue) -> None:
        """As strong as each other: the sum of both."""
        one, other = (self._channel.made(self._over(each)).samples for each in (due.one, due.other))
        both = np.zeros(max(len(one), len(other)), np.int32)
        both[: len(one)] += one
        both[: len(other)] += other
        try:
            self._channel.disturb((both // 2).astype(np.int16))
        except HardwareError:
            return

    def _over(self, due: SpeechDue) -> Over:
        return Over(due.text, self._voices.lang, speaker_of(due.speaker, self._voices))

    def _hiss(self) -> None:
        samples = self._noise.normal(0, 3000, round(_NOISE_S * _SAMPLES_A_SECOND))
        try:
            self._channel.disturb(samples.astype(np.int16))
        except HardwareError:
            return


def frame_of(due: FrameDue) -> bytes:
    """The frame as its receiver sends it: receiver 1 on line 1, receiver 2 on line 2."""
    header = f"0{due.receiver + 1}{due.receiver + 1}"
    return contact_id_frame(due.account, due.qualifier, due.code, due.partition, due.number, header=header)
