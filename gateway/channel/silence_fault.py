"""A channel that gives no sound, told as a fault of its device."""

from gateway.channel.faults import DeviceFault
from gateway.channel.silence import SilenceWatch, Sounding
from gateway.channel.troubles import ChannelTroubles
from hardware.audio.format import Samples


class SilenceFault:
    """Tells what `watch` notices; a change that cannot be stored is told as soon as it can."""

    def __init__(self, watch: SilenceWatch, device: DeviceFault, troubles: ChannelTroubles) -> None:
        self._watch = watch
        self._device = device
        self._troubles = troubles
        self._untold: Sounding | None = None

    async def hear(self, samples: Samples) -> None:
        """The next samples of the channel."""
        self._untold = self._watch.feed(samples) or self._untold
        if self._untold and await self._tell(self._untold):
            self._untold = None

    def lost(self) -> None:
        """The device is gone, which is a worse fault; its silence is judged anew when it is back."""
        self._watch.restart()
        self._untold = None
        self._troubles.went("silent")

    async def _tell(self, sounding: Sounding) -> bool:
        """Whether the centre will know."""
        if sounding.fault:
            self._troubles.came("silent")
            return await self._device.tell("silent", sounding.fault)
        self._troubles.went("silent")
        return await self._device.over("silent")
