"""The broker to measure with: mosquitto where it is installed, as in the field; else the demo's."""

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tongpin.broker import EmbeddedBroker

_START_S = 10.0
_SETTINGS = """\
listener {port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location {folder}/
autosave_interval 1
max_queued_messages 10000
set_tcp_nodelay true
user {user}
log_dest stderr
"""
"""What of `deploy/mosquitto.conf` bears on speed."""


@dataclass(frozen=True)
class RunningBroker:
    """Which it is, and where."""

    name: str
    port: int


@contextmanager
def some_broker(folder: Path) -> Iterator[RunningBroker]:
    """Runs within the block, on loopback, with its data in `folder`."""
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        with EmbeddedBroker() as broker:
            yield RunningBroker("embedded", broker.port)
        return
    port, settings = _free_port(), folder / "mosquitto.conf"
    settings.write_text(_SETTINGS.format(port=port, folder=folder, user=getpass.getuser()), encoding="utf-8")
    with (folder / "mosquitto.log").open("wb") as log:
        process = subprocess.Popen([program, "-c", str(settings)], stdout=log, stderr=log)  # noqa: S603 - as found
    try:
        _wait_listening(port)
        yield RunningBroker("mosquitto", port)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_listening(port: int) -> None:
    """Raises `TimeoutError`."""
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"mosquitto does not listen on port {port} after {_START_S:.0f} s")
