"""Which line of the box's settings is meant."""

from gateway.settings import GatewaySettings, LineTable
from hardware.errors import SerialSettingsError
from hardware.serial_line import SerialSettings
from tongpin.errors import WhichLine


def line_table(settings: GatewaySettings, name: str | None) -> LineTable:
    """The `[[line]]` called `name`, or the only one. Raises `WhichLine` with the names there are."""
    found = [table for table in settings.line if name in (None, table.id)]
    if len(found) != 1:
        names = ", ".join(table.id for table in settings.line) or "none at all"
        raise WhichLine(f"say which line is meant; the settings have: {names}")
    return found[0]


def serial_settings(port: str, mode: str) -> SerialSettings:
    """`port` in a mode like `9600 8N1`. Raises `SerialSettingsError`."""
    baud, _, framing = mode.partition(" ")
    if not baud.isdecimal():
        raise SerialSettingsError(f"The mode {mode!r} is not speed and framing, as in 9600 8N1.")
    return SerialSettings(port, int(baud), framing)
