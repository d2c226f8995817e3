"""Sound out: what an audio output promises, and a sound card held by a process of its own."""

import asyncio
import sys
from contextlib import suppress
from typing import Final, Protocol

from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.errors import AudioError

_MODULE: Final = "hardware.audio.playing_process"
_OPEN_S: Final = 10.0
"""Beyond the length of the sound: a sound server that is being started takes some seconds."""


class Speaker(Protocol):
    """Something that is heard by others: a sound card wired to a radio, a simulated channel."""

    async def play(self, samples: Samples) -> None:
        """Returns when the last sample has sounded; cancelled, it falls silent. Raises `AudioError`."""
        ...


class CardSpeaker:
    """The output whose name contains `device`; a process plays, so that a driver that hangs is killed."""

    def __init__(self, device: str, command: tuple[str, ...] = ()) -> None:
        self._device = device
        self._command = command or (sys.executable, "-m", _MODULE)

    async def play(self, samples: Samples) -> None:
        """Open the card, play, close it; see `Speaker`."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            self._device,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # ALSA chatters at every opening
            process_group=0,
        )
        try:
            async with asyncio.timeout(len(samples) / SAMPLE_RATE + _OPEN_S):
                said, _ = await process.communicate(samples.tobytes())
        except TimeoutError:
            raise AudioError(f"{self._device}: the sound card does not play to the end") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if process.returncode:
            raise AudioError(said.decode(errors="replace").strip() or f"{self._device}: cannot be played to")
