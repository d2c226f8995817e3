"""A transmitter on a simulated channel: what it plays is heard there, by whoever listens."""

import asyncio
import contextlib

from hardware.audio.format import Samples
from hardware.simulators.radio_channel import RadioChannel, Sound


class AirSpeaker:
    """A `Speaker`. Unlike a real transmitter it cannot be cut off: what was begun is heard to its end."""

    def __init__(self, channel: RadioChannel) -> None:
        self._channel = channel

    async def play(self, samples: Samples) -> None:
        """Returns when the channel has heard all of it; see `Speaker`."""
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()

        def ended() -> None:
            with contextlib.suppress(RuntimeError):  # the loop may be gone before the channel
                loop.call_soon_threadsafe(heard.set)

        self._channel.air(Sound(samples, None, ended))
        await heard.wait()
