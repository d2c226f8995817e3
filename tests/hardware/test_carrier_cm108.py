"""The buttons of a USB sound adapter as carrier line: real reads, with a FIFO in place of the hidraw node."""

import fcntl
import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.carrier.cm108 import Button, Cm108Button, carrier_of
from hardware.carrier.hid_nodes import adapters, find
from hardware.errors import CarrierError, CarrierLost, HardwareError

_BITS: dict[Button, int] = {"vol_up": 1, "vol_down": 2, "mute_play": 4, "mute_record": 8}


class Node:
    """A FIFO that is written to as an adapter reports: four bytes at every change."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._end = os.open(path, os.O_RDWR)
        # One read gives one report, as a hidraw node does (pipe(2), packet mode).
        fcntl.fcntl(self._end, fcntl.F_SETFL, os.O_DIRECT)

    def report(self, buttons: int) -> None:
        """Tell which buttons are pressed."""
        os.write(self._end, bytes([buttons, 0, 0, 0]))

    def pull(self) -> None:
        """Take it away."""
        if self._end >= 0:
            os.close(self._end)
            self._end = -1


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A node that is there."""
    made = Node(tmp_path / "hidraw0")
    yield made
    made.pull()


@pytest.mark.parametrize("button", list(_BITS))
def test_a_button_is_followed_and_the_others_do_not_matter(node: Node, button: Button) -> None:
    """Down at first; then each change of this bit is told once, whatever the other bits do."""
    line = Cm108Button(str(node.path), button)
    changes: queue.Queue[tuple[bool, float]] = queue.Queue()
    lost: queue.Queue[HardwareError] = queue.Queue()
    line.start(lambda up, at: changes.put((up, at)), lost.put)
    first = changes.get(timeout=5)
    node.report(0x0F & ~_BITS[button])
    node.report(_BITS[button])
    up = changes.get(timeout=5)
    node.report(0)
    down = changes.get(timeout=5)
    assert [first[0], up[0], down[0]] == [False, True, False]
    assert first[1] <= up[1] <= down[1]
    line.close()
    line.close()
    assert changes.empty()
    assert lost.empty()


def test_an_adapter_pulled_is_told_once(node: Node) -> None:
    """The end of the node is `CarrierLost`; closing afterwards frees the rest."""
    line = Cm108Button(str(node.path))
    changes: queue.Queue[bool] = queue.Queue()
    lost: queue.Queue[HardwareError] = queue.Queue()
    line.start(lambda up, _: changes.put(up), lost.put)
    changes.get(timeout=5)
    node.pull()
    assert isinstance(lost.get(timeout=5), CarrierLost)
    line.close()
    assert lost.empty()


@given(buttons=st.integers(0, 255), rest=st.binary(max_size=63), active_low=st.booleans())
def test_a_report_of_any_length_is_read(buttons: int, rest: bytes, active_low: bool) -> None:  # noqa: FBT001 - a property
    """Only the bit in byte 0 counts, and active low turns it round."""
    for button, bit in _BITS.items():
        up = carrier_of(bytes([buttons]) + rest, button, active_low=active_low)
        assert up is (bool(buttons & bit) is not active_low)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A /sys with two CM108 on different ports, their sound cards, and a keyboard that is none of ours."""
    plug(tmp_path, "1-2", hidraw=0, hid="0003:00000D8C:0000013C", card="Device")
    plug(tmp_path, "1-1.4", hidraw=1, hid="0003:00000D8C:0000000C", card="Device_1")
    plug(tmp_path, "1-3", hidraw=2, hid="0003:0000046D:0000C31C", card=None)
    return tmp_path


def plug(system: Path, port: str, *, hidraw: int, hid: str, card: str | None) -> None:
    """A device as the kernel shows it: one interface for its buttons, another for its sound."""
    usb = system / "devices/pci0000:00/0000:00:14.0/usb1" / port
    buttons = usb / f"{port}:1.3" / f"{hid}.0001"
    buttons.mkdir(parents=True)
    (buttons / "uevent").write_text(f"DRIVER=hid-generic\nHID_ID={hid}\nHID_NAME=USB Audio Device\n")
    link(system / f"class/hidraw/hidraw{hidraw}", buttons)
    if card:
        sound = usb / f"{port}:1.0"
        sound.mkdir()
        link(system / f"class/sound/card{hidraw}", sound)
        (system / f"class/sound/card{hidraw}/id").write_text(f"{card}\n")


def link(entry: Path, device: Path) -> None:
    """A class entry that points to its device."""
    entry.mkdir(parents=True)
    (entry / "device").symlink_to(device)


def test_the_adapter_is_found_by_usb_port_or_by_its_sound_card(system: Path) -> None:
    """Port and card name the same adapter; a path is taken as it is; a keyboard is no adapter."""
    assert [(node.usb_port, node.kind) for node in adapters(system)] == [
        ("1-1.4", "CM108 family"),
        ("1-2", "CM108 family"),
    ]
    assert find("1-2", system) == find("Device", system) == Path("/dev/hidraw0")
    assert find("1-1.4", system) == find("Device_1", system) == Path("/dev/hidraw1")
    assert find("/dev/cos", system) == Path("/dev/cos")


def test_a_doubtful_adapter_is_asked_for_with_what_there_is(system: Path, tmp_path: Path) -> None:
    """Two without a word which, or none at all, is refused; the sentence lists paths and ports."""
    with pytest.raises(CarrierError, match=r"/dev/hidraw1 on USB port 1-1\.4 .*/dev/hidraw0 on USB port 1-2"):
        find(None, system)
    with pytest.raises(CarrierError, match="there are: none"):
        find(None, tmp_path / "nothing")
    with pytest.raises(CarrierError, match="1-1"):
        find("1-1", system)


def test_the_only_adapter_needs_no_name(tmp_path: Path) -> None:
    """With one plugged in, nothing has to be said."""
    plug(tmp_path, "3-1", hidraw=7, hid="0003:00001209:00007388", card="AllInOneCable")
    assert find(None, tmp_path) == Path("/dev/hidraw7")


def test_a_node_that_may_not_be_opened_says_so() -> None:
    """A path that is not there gives one sentence."""
    with pytest.raises(CarrierError, match=r"/dev/hidraw-none cannot be opened"):
        Cm108Button("/dev/hidraw-none").start(lambda _up, _at: None, lambda _: None)
