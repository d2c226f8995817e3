"""Which recordings a technician means, and the settings of the channel they are heard with."""

from pathlib import Path

from bus.settings_file import read_toml
from gateway.channel.settings import ChannelTable, Injected
from gateway.settings import GatewaySettings
from hardware.audio import decoding
from hardware.errors import AudioError
from tongpin.errors import WhichChannel

_SOUND = frozenset({".wav", ".flac"})


def recordings_at(path: Path) -> list[Path]:
    """The file itself, or every WAV and FLAC in the folder and those below it, by name."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in _SOUND and file.is_file())


def readable(recordings: list[Path]) -> tuple[list[Path], list[str]]:
    """Those that can be heard, and one sentence on each of the others."""
    good, sentences = [], []
    for recording in recordings:
        try:
            decoding.check(recording)
        except AudioError as error:
            sentences.append(str(error))
        else:
            good.append(recording)
    return good, sentences


def channel_of(settings: Path | None, name: str | None) -> ChannelTable:
    """The channel of that name in a box's settings, the only one without a name; all defaults without a file.

    Raises `SettingsError` and `WhichChannel`.
    """
    if settings is None:
        return ChannelTable(id=name or "channel-1", source=Injected(kind="injected"))
    channels = {table.id: table for table in read_toml(settings, GatewaySettings).channel}
    if name is None and len(channels) == 1:
        return next(iter(channels.values()))
    if name not in channels:
        known = ", ".join(channels) or "none"
        raise WhichChannel(f"{settings} has these channels: {known}; say which with --channel")
    return channels[name]
