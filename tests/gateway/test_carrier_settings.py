"""A channel's carrier line, from the settings to the wire."""

import pytest

from bus.errors import SettingsError
from bus.settings_file import parse_toml
from gateway.channel.settings import ButtonCarrier, SerialCarrier
from gateway.service import Gateway
from gateway.settings import GatewaySettings

BOX = '[gateway]\nsite = "yiwu"\nid = "box-1"\nspool = "s.db"\n'
CHANNEL = '[[channel]]\nid = "radio-1"\nsource = { kind = "file", path = "a.wav" }\ncarrier = { %s }\n'


def carrier_of(keys: str) -> SerialCarrier | ButtonCarrier | None:
    """The table as the box reads it."""
    return parse_toml(BOX + CHANNEL % keys, GatewaySettings, name="gateway.toml").channel[0].carrier


def test_a_line_is_a_pin_of_a_port_or_a_button_of_an_adapter() -> None:
    """Both kinds, with what is usual left out."""
    assert carrier_of('kind = "serial", port = "/dev/ttyUSB0"') == SerialCarrier(
        kind="serial", port="/dev/ttyUSB0", pin="cts", active_low=False
    )
    assert carrier_of('kind = "cm108", button = "vol_up", active_low = true') == ButtonCarrier(
        kind="cm108", button="vol_up", active_low=True
    )


@pytest.mark.parametrize(
    "keys", ['kind = "serial"', 'kind = "serial", port = "p", pin = "rts"', 'kind = "gpio"']
)
def test_a_line_nobody_can_read_is_refused(keys: str) -> None:
    """No port, an output as input, a wire that is not known."""
    with pytest.raises(SettingsError):
        carrier_of(keys)


def test_a_box_starts_with_a_line_that_is_not_there() -> None:
    """It is opened when the channel runs, and tried again; the box does not fail for it."""
    text = BOX + CHANNEL % 'kind = "serial", port = "/dev/no-such-port"'
    Gateway(parse_toml(text, GatewaySettings, name="gateway.toml"))
