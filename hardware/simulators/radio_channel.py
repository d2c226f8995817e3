"""A shared radio channel as a squelched handheld's loudspeaker gives it, spoken by synthetic officers."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from hardware.audio.decoding import to_int16
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Block, Samples
from hardware.audio.pacing import Pacer
from hardware.errors import AudioError, ChannelFull
from hardware.simulators.fm import HANDSET, NO_SIGNALLING, Handset, hiss, through_radio
from hardware.simulators.signalling import Burst, sound_of
from hardware.simulators.voice import Language, say

_WAITING_OVERS = 64
_FLOOR_SECONDS = 1


@dataclass(frozen=True)
class Over:
    """One officer keys up and says something; `speaker` is who, by the sound of the voice.

    `before` and `after` are what the radio sends of itself: at the beginning, or at the end of the over.
    """

    text: str
    lang: Language
    speaker: int = 0
    snr_db: float = 25.0
    before: Burst | None = None
    after: Burst | None = None

    def received(self, rng: np.random.Generator, handset: Handset = HANDSET) -> Samples:
        """The over as it is heard. Raises `VoiceUnavailable`."""
        speech = say(self.text, self.lang, self.speaker)
        before, after = (sound_of(burst) if burst else NO_SIGNALLING for burst in (self.before, self.after))
        return through_radio(speech, self.snr_db, rng, handset, before=before, after=after)


@dataclass(frozen=True)
class Aired:
    """What was really on the channel, for comparison with what was heard.

    `keyed_at` and `unkeyed_at` are monotonic seconds of the first sample heard and of the sample after the
    last, the squelch tail included; `position` is the first sample's offset. `over` is None for sound that
    carries no words.
    """

    over: Over | None
    keyed_at: float
    unkeyed_at: float
    position: int


@dataclass(frozen=True, eq=False)
class Sound:
    """What is heard of one transmission; `over` is None for sound that carries no words."""

    samples: Samples
    over: Over | None
    on_end: Callable[[], None] = lambda: None
    """Called on the channel's thread when all of it was heard."""


class RadioChannel:
    """An `AudioSource` fed by `transmit`; overs are heard one after the other, never two at once.

    `seed` fixes every noise. `gap_seconds` of silence stand between two overs that wait; `floor_dbfs` is
    the hiss of the sound card between overs, None for exact zeros. `speed` as in `Pacer`. `on_aired` is
    called on the channel's thread after each over.
    """

    overruns = 0

    def __init__(
        self,
        name: str = "channel",
        *,
        seed: int = 0,
        gap_seconds: float = 1.5,
        floor_dbfs: float | None = None,
        speed: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        on_aired: Callable[[Aired], None] | None = None,
    ) -> None:
        self.name = name
        self._voice_rng, floor_rng = np.random.default_rng(seed).spawn(2)
        self._floor = _floor(floor_dbfs, floor_rng)
        self._gap = round(gap_seconds * SAMPLE_RATE / BLOCK_SAMPLES) * BLOCK_SAMPLES
        self._pacer = Pacer(speed, clock)
        self.on_aired = on_aired
        self._waiting: queue.Queue[Sound] = queue.Queue(_WAITING_OVERS)
        self._thread: threading.Thread | None = None
        self._queued = 0
        self._aired = 0

    @property
    def waiting(self) -> int:
        """How many sounds are queued or on the air."""
        return self._queued - self._aired

    def transmit(self, over: Over, handset: Handset = HANDSET) -> None:
        """Queue an over; the voice is made on the caller's thread: 0.1 s, the first time about 1 s.

        Raises `VoiceUnavailable`, and `ChannelFull` when too many overs wait already.
        """
        self.air(self.made(over, handset))

    def made(self, over: Over, handset: Handset = HANDSET) -> Sound:
        """An over as this channel would carry it, to be aired later. Raises `VoiceUnavailable`."""
        return Sound(over.received(self._voice_rng, handset), over)

    def disturb(self, samples: Samples) -> None:
        """Queue sound that carries no words: hiss, a key pressed by mistake. Raises `ChannelFull`."""
        self.air(Sound(samples, None))

    def air(self, sound: Sound) -> None:
        """Queue what was made before. Raises `ChannelFull`."""
        try:
            self._waiting.put_nowait(sound)
        except queue.Full as full:
            raise ChannelFull(f"{self.name}: {_WAITING_OVERS} overs wait; transmit more slowly") from full
        self._queued += 1

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Begin to listen; a simulated channel is never lost. See `AudioSource`."""
        del on_lost
        self._pacer.restart()
        self._thread = threading.Thread(
            target=self._run, args=(on_block,), name=f"audio.radio[{self.name}]", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Fall silent for good; overs that wait are not aired. See `AudioSource`."""
        self._pacer.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self, on_block: Callable[[Block], None]) -> None:
        position = 0
        for samples, aired in self._heard():
            if not self._pacer.wait_for(position + len(samples)):
                return
            on_block(Block(samples, self._pacer.due(position), position))
            position += len(samples)
            if aired is not None:
                self._report(aired, position)

    def _heard(self) -> Iterator[tuple[Samples, Sound | None]]:
        """Blocks without end; the last block of a sound carries it."""
        while True:
            try:
                sound = self._waiting.get_nowait()
            except queue.Empty:
                yield self._silence(), None
                continue
            blocks = _in_blocks(sound.samples)
            for block in blocks[:-1]:
                yield block, None
            yield blocks[-1], sound
            for _ in range(self._gap // BLOCK_SAMPLES):
                yield self._silence(), None

    def _silence(self) -> Samples:
        self._floor = np.roll(self._floor, -BLOCK_SAMPLES)
        return self._floor[:BLOCK_SAMPLES].copy()

    def _report(self, sound: Sound, end: int) -> None:
        start = end - len(_in_blocks(sound.samples)) * BLOCK_SAMPLES
        if self.on_aired is not None:
            due = self._pacer.due
            self.on_aired(Aired(sound.over, due(start), due(start + len(sound.samples)), start))
        self._aired += 1
        sound.on_end()


def _in_blocks(samples: Samples) -> Samples:
    padded = np.pad(samples, (0, -len(samples) % BLOCK_SAMPLES))
    return padded.reshape(-1, BLOCK_SAMPLES)


def _floor(dbfs: float | None, rng: np.random.Generator) -> Samples:
    count = _FLOOR_SECONDS * SAMPLE_RATE
    return np.zeros(count, np.int16) if dbfs is None else to_int16(hiss(count, dbfs, rng))
