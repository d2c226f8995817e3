"""Which USB sound adapters with buttons there are, and which is whose: read from Linux's /sys.

Such adapters carry no serial number; what tells two of them apart is the USB port they are plugged into, and
that is the same for the sound and for the buttons of one.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.errors import CarrierError

_KNOWN: Final = {
    (0x0D8C, product): "CM108 family" for product in (0x000C, 0x013C, 0x0012, 0x000E, 0x013A, 0x0013)
} | {(0x1209, 0x7388): "AIOC"}
"""C-Media's products with known COS wirings; the AIOC cable imitates them under its own id (pid.codes)."""

_USB_PORT: Final = re.compile(r"/(\d+-\d+(?:\.\d+)*)/")
_HID_ID: Final = re.compile(r"^HID_ID=[0-9A-F]+:([0-9A-F]+):([0-9A-F]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HidNode:
    """One adapter: its `/dev/hidraw…`, what it is, and its USB port, as in `1-2.3`."""

    path: Path
    kind: str
    usb_port: str


def adapters(system: Path = Path("/sys")) -> list[HidNode]:
    """The known adapters that are plugged in, by USB port."""
    nodes = (_node(entry) for entry in (system / "class/hidraw").glob("hidraw*"))
    return sorted((node for node in nodes if node), key=lambda node: node.usb_port)


def find(where: str | None, system: Path = Path("/sys")) -> Path:
    """The node meant by `where`: a path, a USB port, or the ALSA id of the adapter's sound card.

    None means the only adapter there is. Raises `CarrierError` with what is there instead.
    """
    if where is not None and where.startswith("/"):
        return Path(where)
    there = adapters(system)
    port = _port_of_card(where, system) if where else None
    meant = [node for node in there if where is None or node.usb_port in (where, port)]
    if len(meant) != 1:
        names = ", ".join(f"{node.path} on USB port {node.usb_port} ({node.kind})" for node in there)
        raise CarrierError(
            f"Say which USB sound adapter tells of the carrier, by its USB port;"
            f" there are: {names or 'none'}."
        )
    return meant[0].path


def _node(entry: Path) -> HidNode | None:
    try:
        found = _HID_ID.search((entry / "device/uevent").read_text(encoding="ascii", errors="replace"))
    except OSError:  # pulled while we looked
        return None
    kind = _KNOWN.get((int(found[1], 16), int(found[2], 16))) if found else None
    port = _usb_port(entry / "device")
    return HidNode(Path("/dev") / entry.name, kind, port) if kind and port else None


def _port_of_card(name: str, system: Path) -> str | None:
    """The USB port of the sound card with this ALSA id, as in /proc/asound/cards."""
    for entry in (system / "class/sound").glob("card*"):
        try:
            if (entry / "id").read_text(encoding="ascii", errors="replace").strip() == name:
                return _usb_port(entry / "device")
        except OSError:
            continue
    return None


def _usb_port(device: Path) -> str | None:
    """Of a path like `…/usb1/1-2/1-2.3/1-2.3:1.0`: the last port before the interface."""
    ports = _USB_PORT.findall(f"{device.resolve()}/")
    return ports[-1] if ports else None
