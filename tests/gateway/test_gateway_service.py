import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bus.ids import new_id
from bus.link import Link, Outbound
from bus.messages.signal import PanelSignal
from bus.messages.status import GatewayHealth, GatewayStatus, Receipt
from bus.topics import GatewayTopics, Topics
from gateway.errors import CannotStart
from gateway.service import Gateway
from gateway.settings import GatewaySettings
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import Mosquitto
from tests.support.links import PATIENCE_S, running

END = b"\x14"


def alarm(i: int) -> bytes:
    """The `i`-th of many different frames."""
    return b"5011 18%04dE13101%03d" % (1 + i // 900, i % 900) + END


class Centre:
    """Keeps every signal it hears once, and gives receipts."""

    def __init__(self, link: Link, topics: GatewayTopics) -> None:
        self.signals: list[PanelSignal] = []
        self.statuses: list[GatewayStatus] = []
        self.healths: list[GatewayHealth] = []
        self._link = link
        self._topics = topics
        self._more = asyncio.Event()

    async def run(self) -> None:
        """Listen for ever."""
        async for message in self._link.messages():
            if message.topic == self._topics.status:
                self.statuses.append(GatewayStatus.decode(message.payload))
            elif message.topic == self._topics.health:
                self.healths.append(GatewayHealth.decode(message.payload))
            else:
                await self._keep(PanelSignal.decode(message.payload))
            self._link.ack(message)
            self._more.set()

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def _keep(self, signal_: PanelSignal) -> None:
        if signal_.id not in [one.id for one in self.signals]:
            self.signals.append(signal_)
        receipt = Receipt(ids=(signal_.id,))
        await self._link.publish(Outbound(self._topics.receipt, receipt.encode()))


@pytest.fixture
def site() -> str:
    """A site of the test's own."""
    return f"site-{new_id()[-12:]}"


@contextlib.asynccontextmanager
async def centre_of(site: str, port: int) -> AsyncIterator[Centre]:
    """A centre that listens to box-1 of the site."""
    topics = Topics(site).gateway("box-1")
    async with running(port, new_id(), topics.signal, topics.status, topics.health) as link:
        centre = Centre(link, topics)
        task = asyncio.create_task(centre.run(), name="centre")
        yield centre
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def settings(site: str, broker_port: int, folder: Path, port: Path) -> GatewaySettings:
    """A box with one line."""
    return GatewaySettings.model_validate(
        {
            "gateway": {"site": site, "id": "box-1", "spool": folder / "spool.db", "disk_reserve_mb": 0},
            "broker": {"port": broker_port},
            "line": [{"id": "alarms-1", "port": str(port)}],
        }
    )


@contextlib.asynccontextmanager
async def at_work(gateway: Gateway) -> AsyncIterator[asyncio.Task[None]]:
    """The box runs within the block, and has stopped in order 2 s after it."""
    task = asyncio.create_task(gateway.run(), name="gateway")
    try:
        yield task
    finally:
        task.cancel()
        async with asyncio.timeout(2):
            with contextlib.suppress(asyncio.CancelledError):
                await task


@pytest.fixture
def receiver() -> Iterator[SurgardReceiver]:
    """A receiver that waits 0.4 s for an ACK and beats every 3 s."""
    with SurgardReceiver(time_scale=0.1) as made:
        yield made


async def acked(receiver: SurgardReceiver) -> bool:
    """Whether all it was offered is acknowledged."""
    return await asyncio.to_thread(receiver.wait_until_acked, 20)


@pytest.mark.slow
async def test_frames_reach_the_centre_once_and_in_order(
    site: str, mosquitto: Mosquitto, tmp_path: Path, receiver: SurgardReceiver
) -> None:
    """What the receiver saw acknowledged arrives, and the spool is empty; birth and goodbye are said."""
    gateway = Gateway(settings(site, mosquitto.port, tmp_path, receiver.port))
    async with centre_of(site, mosquitto.port) as centre:
        async with at_work(gateway):
            await centre.until(lambda: bool(centre.statuses))
            for i in range(40):
                receiver.offer(alarm(i))
            assert await acked(receiver)
            await centre.until(lambda: len(centre.signals) >= 40 and bool(centre.healths))
            async with asyncio.timeout(5):
                while (await gateway.spool.depth()).rows:  # noqa: ASYNC110 (the spool tells nobody that it is empty)
                    await asyncio.sleep(0)
        await centre.until(lambda: centre.statuses[-1].state == "stopped")

    assert [one.seq for one in centre.signals] == list(range(1, 41))
    assert [bytes.fromhex(one.raw) + END for one in centre.signals] == [alarm(i) for i in range(40)]
    assert receiver.surplus_acks == 0
    assert [one.state for one in centre.statuses] == ["ready", "stopped"]
    assert {one.boot for one in centre.statuses} == {gateway.box.boot}
    assert centre.healths[0].boot == gateway.box.boot


@pytest.mark.slow
async def test_a_lost_box_is_said_by_its_will(site: str, mosquitto: Mosquitto, tmp_path: Path) -> None:
    """A killed box is `lost`, under the boot it was born with; its spool gives everything to the next one."""
    with SurgardReceiver(time_scale=0.1) as receiver:
        config = tmp_path / "gateway.toml"
        config.write_text(toml(site, mosquitto.port, tmp_path, receiver.port))
        async with centre_of(site, mosquitto.port) as centre:
            for life in range(2):
                box = await asyncio.create_subprocess_exec(
                    sys.executable, "-c", _BOX, str(config), stderr=asyncio.subprocess.DEVNULL
                )
                await centre.until(lambda: bool(centre.statuses) and centre.statuses[-1].state == "ready")
                receiver.offer(alarm(life))
                assert await acked(receiver)
                os.kill(box.pid, signal.SIGKILL)
                await box.wait()
                await centre.until(lambda: centre.statuses[-1].state == "lost")
            gateway = Gateway(settings(site, mosquitto.port, tmp_path, receiver.port))
            async with at_work(gateway):
                await centre.until(lambda: len(centre.signals) >= 2)

    boots = [one.boot for one in centre.statuses[:4]]
    assert boots[0] == boots[1] != boots[2] == boots[3]
    assert [bytes.fromhex(one.raw) + END for one in centre.signals if one.kind == "event"] == [
        alarm(0),
        alarm(1),
    ]
    assert [one.seq for one in centre.signals] == list(range(1, len(centre.signals) + 1))


_BOX = """
import asyncio, sys
from pathlib import Path
from bus.settings_file import read_toml
from gateway.service import Gateway
from gateway.settings import GatewaySettings
asyncio.run(Gateway(read_toml(Path(sys.argv[1]), GatewaySettings)).run())
"""


@pytest.mark.slow
async def test_a_full_disk_is_told_and_mends_by_itself(
    site: str, mosquitto: Mosquitto, tmp_path: Path, receiver: SurgardReceiver
) -> None:
    """While there is no room the box is degraded and the receiver hears nothing; then it is ready again."""
    made = settings(site, mosquitto.port, tmp_path, receiver.port)
    short = made.gateway.model_copy(update={"disk_reserve_mb": 10**9})
    gateway = Gateway(made.model_copy(update={"gateway": short}))
    async with centre_of(site, mosquitto.port) as centre, at_work(gateway):
        await centre.until(lambda: bool(centre.statuses) and centre.statuses[-1].state == "degraded")
        receiver.offer(alarm(0))
        assert not await asyncio.to_thread(receiver.wait_until_acked, 0.3)
        gateway.spool._store._limits = made.gateway.limits
        assert await acked(receiver)
        await centre.until(lambda: centre.statuses[-1].state == "ready")
        await centre.until(lambda: bool(centre.signals))
        problems = [one.problems for one in centre.statuses]

    assert problems == [("spool_full",), ()]
    assert [one.seq for one in centre.signals] == [1]


@pytest.mark.slow
async def test_without_a_broker_the_panel_is_answered_all_the_same(
    site: str, tmp_path: Path, receiver: SurgardReceiver
) -> None:
    """No broker is not no storage: frames go on into the spool."""
    gateway = Gateway(settings(site, 1, tmp_path, receiver.port))
    async with at_work(gateway):
        receiver.offer(alarm(0))
        assert await acked(receiver)
        assert (await gateway.spool.depth()).rows == 1


@pytest.mark.slow
async def test_two_boxes_cannot_share_a_spool(site: str, tmp_path: Path, receiver: SurgardReceiver) -> None:
    """The second is told so in one sentence, and the first goes on."""
    made = settings(site, 1, tmp_path, receiver.port)
    async with at_work(Gateway(made)) as first:
        receiver.offer(alarm(0))
        assert await acked(receiver)
        with pytest.raises(CannotStart, match="in use by another box"):
            await Gateway(made).run()
        assert not first.done()


async def test_a_spool_of_a_later_version_stops_the_start(
    site: str, tmp_path: Path, receiver: SurgardReceiver
) -> None:
    """Nothing is opened, nothing is answered, the sentence says what to do."""
    (tmp_path / "spool.db").write_bytes(b"no spool" * 1000)

    with pytest.raises(CannotStart, match="cannot be used"):
        await Gateway(settings(site, 1, tmp_path, receiver.port)).run()


@pytest.mark.slow
async def test_sigterm_stops_the_program_in_order(
    site: str, mosquitto: Mosquitto, tmp_path: Path, receiver: SurgardReceiver
) -> None:
    """`tongpin gateway` says goodbye and leaves with 0 within two seconds."""
    config = tmp_path / "gateway.toml"
    config.write_text(toml(site, mosquitto.port, tmp_path, receiver.port))
    async with centre_of(site, mosquitto.port) as centre:
        box = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tongpin", "gateway", "--config", str(config)),
            stderr=asyncio.subprocess.DEVNULL,
        )
        await centre.until(lambda: bool(centre.statuses))
        box.terminate()
        code = await asyncio.wait_for(box.wait(), 2)
        await centre.until(lambda: centre.statuses[-1].state == "stopped")

    assert code == 0


def toml(site: str, broker_port: int, folder: Path, port: Path) -> str:
    """The settings file of a box with one line."""
    return (
        f'[gateway]\nsite = "{site}"\nid = "box-1"\nspool = "{folder}/spool.db"\n'
        f'[broker]\nport = {broker_port}\n[[line]]\nid = "alarms-1"\nport = "{port}"\n'
    )
