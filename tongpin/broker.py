"""A broker inside the demo, so that nothing but Python is needed to see tongpin work.

Rumqttd from the `iotcore` wheel, on loopback only, in memory only. For the field there is mosquitto
(`deploy/mosquitto.conf`).
"""

import contextlib
import socket
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

LARGEST_PAYLOAD = 8 * 1024 * 1024
"""Bytes. Rumqttd's own default of 20 kB would cut every recording."""

_CONFIG = """
id = 0

[router]
id = 0
max_connections = 200
max_outgoing_packet_count = 200
max_segment_size = {segment}
max_segment_count = 10

[v5.main]
name = "main"
listen = "127.0.0.1:{port}"
next_connection_delay_ms = 1

[v5.main.connections]
connection_timeout_ms = 10000
max_payload_size = {payload}
max_inflight_count = 100
dynamic_filters = true
"""
"""Rumqttd speaks MQTT 5 only where a `[v5]` table says so. A filter keeps up to ten segments in memory.

`max_inflight_count` is its window for every client, whatever receive maximum the client asked for, and also
how many retained messages one subscription is given: above what a demo keeps.
"""

_SEGMENT = 2 * LARGEST_PAYLOAD


class EmbeddedBroker:
    """Listens on a free port of loopback from entering to leaving. Its process ends with ours."""

    def __init__(self) -> None:
        self.port = 0
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Returns once it accepts connections. Raises `OSError` or `RuntimeError` when it cannot start."""
        from iotcore import Broker  # noqa: PLC0415 - an extra: only the demo has it

        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-broker-")))
            self.port = _free_port()
            config = folder / "rumqttd.toml"
            config.write_text(_CONFIG.format(port=self.port, payload=LARGEST_PAYLOAD, segment=_SEGMENT))
            stack.enter_context(Broker(config_path=str(config)))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
