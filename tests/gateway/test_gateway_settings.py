import re
from pathlib import Path

import pytest

from bus.errors import SettingsError
from bus.settings_file import parse_toml, read_toml
from gateway.settings import GatewaySettings, IpLineTable
from hardware.serial_line import SerialSettings

EXAMPLE = Path(__file__).parents[2] / "deploy" / "examples" / "gateway.toml"
BOX = '[gateway]\nsite = "yiwu"\nid = "box-1"\nspool = "s.db"\n'
IP_LINE = '[[ip_line]]\nid = "{}"\nport = 10500\n'
LINE = '[[line]]\nid = "alarms-1"\nport = "/dev/ttyUSB0"\n'


def test_the_example_is_valid_and_says_the_defaults() -> None:
    """The shipped example runs, and what it shows commented out are the real defaults."""
    settings = read_toml(EXAMPLE, GatewaySettings)
    told = EXAMPLE.read_text().replace(_ip_line_shown(), "")
    shown = dict(re.findall(r"^# (\w+_mb|\w+_s|live_audio) = (\S+)", told, re.MULTILINE))
    box, line = settings.gateway, settings.line[0]

    assert line.serial == SerialSettings("/dev/ttyUSB0", 9600, "8N1")
    assert {key: float(shown[key]) for key in shown if key != "live_audio"} == {
        "spool_max_mb": box.spool_max_mb,
        "disk_reserve_mb": box.disk_reserve_mb,
        "keepalive_s": settings.broker.keepalive_s,
        "heartbeat_s": line.heartbeat_s,
        "repeat_window_s": line.repeat_window_s,
        "ack_within_s": line.ack_within_s,
    }
    assert shown["live_audio"] == str(box.live_audio).lower()


def test_the_example_of_a_network_port_says_the_defaults() -> None:
    """Uncommented it is a valid table that differs from the shortest one in nothing but the keys."""
    shown = re.sub("^# ", "", _ip_line_shown(), flags=re.MULTILINE)
    (table,) = parse_toml(BOX + shown, GatewaySettings, name="gateway.toml").ip_line
    assert table == IpLineTable(id="network-1", port=10500, keys_file=Path("panel-keys.toml"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(BOX, "neither a", id="nothing to listen to"),
        pytest.param(BOX + LINE + LINE, "given to two", id="one id twice"),
        pytest.param(BOX + LINE + IP_LINE.format("alarms-1"), "given to two", id="one id of two kinds"),
        pytest.param(BOX + IP_LINE.format("n") + "max = 3\n", "max", id="unknown key of a network port"),
        pytest.param(
            BOX + LINE + 'protocol = "sia_dc09"\n', r"an \[\[ip_line\]\]", id="serial where it is IP"
        ),
        pytest.param(BOX + LINE + "hearbeat_s = 3\n", 'Did you mean "heartbeat_s"', id="unknown key"),
        pytest.param(BOX + LINE + 'mode = "9600"\n', "as in 9600 8N1", id="half a mode"),
        pytest.param(BOX + LINE + 'mode = "9601 8N1"\n', "speed 9601", id="impossible speed"),
        pytest.param(BOX + LINE + 'protocol = "surgart"\n', "Did you mean surgard", id="unknown protocol"),
        pytest.param(
            BOX + LINE + "keypad_alarms = true\n", "no option 'keypad_alarms'", id="another's option"
        ),
        pytest.param(BOX.replace("box-1", "Box 1") + LINE, "lower-case", id="id no topic can carry"),
        pytest.param(
            BOX + '[[channel]]\nid = "c"\nsource = { kind = "pyaudio" }\n', "device", id="card without a name"
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(text: str, sentence: str) -> None:
    """Each mistake is named with what to do about it."""
    with pytest.raises(SettingsError, match=sentence) as caught:
        parse_toml(text, GatewaySettings, name="gateway.toml")

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "options"),
    [
        ('protocol = "alarmdecoder"\nkeypad_alarms = true\n', {"keypad_alarms": True}),
        ('protocol = "paradox_prt3"\narea = 3\n', {"area": 3}),
        ('protocol = "nx584"\nform = "binary"\n', {"form": "binary"}),
        ('protocol = "dsc_it100"\n', {}),
    ],
)
def test_a_protocols_own_options_reach_its_codec(keys: str, options: dict[str, object]) -> None:
    """Only what is set is passed on; the codec knows its defaults."""
    settings = parse_toml(BOX + LINE + keys, GatewaySettings, name="gateway.toml")
    assert settings.line[0].options == options


def _ip_line_shown() -> str:
    """The commented table of the example."""
    match = re.search(r"^# \[\[ip_line\]\]\n(?:# .*\n)+", EXAMPLE.read_text(), re.MULTILINE)
    assert match
    return match.group()
