"""What a channel is heard and spoken on by, as its settings name it. Sources are opened anew after a loss."""

from collections.abc import Callable
from functools import partial

from gateway.channel.settings import (
    ButtonCarrier,
    ChannelTable,
    Injected,
    SerialCarrier,
    SoundCard,
    SoundFile,
)
from gateway.errors import CannotStart
from gateway.transmitter.settings import CardOutput, InjectedOutput, SerialKey, TransmitSettings, VoxKey
from gateway.transmitter.speech import Voice
from gateway.transmitter.transmitter import Station
from hardware.audio.discriminator import DiscriminatorSource
from hardware.audio.file_source import FileSource
from hardware.audio.format import AudioSource
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.audio.speaker import CardSpeaker, Speaker
from hardware.carrier.cm108 import Cm108Button
from hardware.carrier.line import CarrierLine
from hardware.carrier.serial_pin import SerialPin
from hardware.keying.guarded import GuardedKey
from hardware.keying.keyer import Keyer, Vox


def source_opener(table: ChannelTable, brought: AudioSource | None) -> Callable[[], AudioSource]:
    """Opens the channel's sound, or gives the source `brought` in its place. Raises `CannotStart`."""
    opener = _device_opener(table) if brought is None else partial(_given, brought)
    if table.audio_source == "speaker":
        return opener
    return lambda: DiscriminatorSource(opener())


def carrier_opener(table: ChannelTable) -> Callable[[], CarrierLine] | None:
    """Opens the channel's carrier line, where one is wired."""
    match table.carrier:
        case SerialCarrier(port=port, pin=pin, active_low=active_low):
            return partial(SerialPin, port, pin, active_low=active_low)
        case ButtonCarrier(device=device, button=button, active_low=active_low):
            return partial(Cm108Button, device, button, active_low=active_low)
        case None:
            return None


def station_of(table: ChannelTable, speaker: Speaker | None, voice: Voice) -> Station | None:
    """What the channel is spoken on with, `speaker` brought in place of its own. Raises `CannotStart`."""
    if (settings := table.transmit) is None:
        return None
    match settings.key:
        case SerialKey(port=port, wire=wire):
            keyer: Keyer = GuardedKey(port, wire)
        case VoxKey():
            keyer = Vox()
    return Station(settings, keyer, speaker or _speaker(table.id, settings), voice)


def _speaker(channel: str, settings: TransmitSettings) -> Speaker:
    match settings.output:
        case CardOutput(device=device):
            return CardSpeaker(device)
        case InjectedOutput():
            raise CannotStart(f"the channel {channel} has no output: name a sound card")


def _given(source: AudioSource) -> AudioSource:
    return source


def _device_opener(table: ChannelTable) -> Callable[[], AudioSource]:
    match table.source:
        case SoundCard(device=device):
            return partial(PyAudioSource, device)
        case SoundFile(path=path, speed=speed):
            return partial(FileSource, path, speed)
        case Injected():
            raise CannotStart(f"the channel {table.id} has no source of sound: name a sound card or a file")
