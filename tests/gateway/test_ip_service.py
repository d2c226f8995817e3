"""The box with a network port, as its settings make it."""

import asyncio
import socket
from pathlib import Path

import pytest

from gateway.errors import CannotStart
from gateway.service import Gateway
from gateway.settings import GatewaySettings
from hardware.simulators.dc09_dialler import Dc09Dialler, DiallerTiming
from tests.support.ip_panel import KEY

PATIENT = DiallerTiming(pause_s=0.05, attempts=100)
"""Until the box has started."""


def settings(folder: Path, port: int) -> GatewaySettings:
    """A box with one network port, a key file, and a broker that is not there."""
    keys = folder / "keys.toml"
    keys.write_text(f'"4711" = "{KEY.hex()}"\n')
    keys.chmod(0o600)
    return GatewaySettings.model_validate(
        {
            "gateway": {"site": "yiwu", "id": "box-1", "spool": folder / "s.db", "disk_reserve_mb": 0},
            "broker": {"port": _free_port()},
            "ip_line": [{"id": "network-1", "port": port, "keys_file": keys}],
        }
    )


@pytest.mark.slow
async def test_a_panel_is_served_while_the_broker_is_away(tmp_path: Path) -> None:
    """Its encrypted event waits in the spool, its ACK does not wait for the centre."""
    port = _free_port()
    box = Gateway(settings(tmp_path, port))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(box.run(), name="box")
        async with Dc09Dialler("127.0.0.1", port, "4711", key=KEY, timing=PATIENT) as panel:
            outcome = await panel.send("ADM-CID", "1130 01 015")
        depth = await box.spool.depth()
        task.cancel()

    assert (outcome.result, outcome.naks) == ("ack", 0)
    assert depth.rows == 1
    assert box.status.problems == ()


def test_keys_that_others_may_read_keep_the_box_from_starting(tmp_path: Path) -> None:
    """Before it listens, in one sentence."""
    table = settings(tmp_path, 10500)
    (tmp_path / "keys.toml").chmod(0o644)
    with pytest.raises(CannotStart, match="chmod 640"):
        Gateway(table)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
