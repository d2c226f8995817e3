"""`tongpin simulate panel sia_dc09`: a panel on the network, seen from the box and from itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from typer.testing import CliRunner

from gateway.spool.spool import Spool
from tests.support.ip_panel import KEY, network_with
from tests.support.panel_port import spool_at
from tongpin.line.dialling import ACCOUNT, address, dial
from tongpin.main import app


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """A spool of its own."""
    async with spool_at(tmp_path / "spool.db") as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("key", [None, KEY])
async def test_each_answer_is_told(spool: Spool, transport: Literal["tcp", "udp"], key: bytes | None) -> None:
    """A link test and events, each said and acknowledged; the box has kept the events."""
    told: list[str] = []
    async with network_with(spool, keys={ACCOUNT: KEY}) as network:
        where = ("127.0.0.1", network.line.port)
        await dial(*where, told.append, key=key, transport=transport, every_s=0.05, seconds=0.5)
        kept = [one.event.code for one in await network.signals() if one.event]
    assert told[0].startswith("said ")
    assert told.count("  answered ACK") >= 3
    assert kept[:2] == ["401", "130"]


@pytest.mark.parametrize(
    "arguments", [["nowhere"], ["127.0.0.1:0"], ["10500", "--key", "xy"], ["10500", "--key", "0011"]]
)
def test_what_cannot_be_dialled_is_said(arguments: list[str]) -> None:
    """Usage, exit code 2: no port, a key that is none."""
    assert CliRunner().invoke(app, ["simulate", "panel", "sia_dc09", *arguments]).exit_code == 2


def test_the_host_is_this_machine_unless_given() -> None:
    """Loopback by default."""
    assert (address("10500"), address("box:1")) == (("127.0.0.1", 10500), ("box", 1))
