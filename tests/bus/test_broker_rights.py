"""The shipped access list lets each program do its work and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bus.errors import NotAcknowledged
from bus.link import LinkSettings, Outbound
from bus.topics import Topics
from tests.support.broker import SHIPPED, Mosquitto, mosquitto_missing
from tests.support.links import running, take

ACL = SHIPPED.with_name("mosquitto.acl")
LOGINS = ("centre", "box-1", "box-2", "desk-1")

pytestmark = pytest.mark.skipif(mosquitto_missing(), reason="mosquitto is not installed")

SITE = Topics("example")
BOX = SITE.gateway("box-1")
OTHER = SITE.gateway("box-2")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """A broker that knows four logins, whose passwords are their names, and the shipped access list."""
    folder = tmp_path_factory.mktemp("guarded")
    for login in LOGINS:
        (folder / login).write_text(login)
    with Mosquitto(folder, logins={login: login for login in LOGINS}, acl=ACL.read_text()) as broker:
        yield broker


def _as(broker: Mosquitto, login: str) -> LinkSettings:
    folder: Path = broker.folder
    return LinkSettings(port=broker.port, username=login, password_file=folder / login)


@pytest.mark.parametrize(
    ("login", "topic"),
    [
        ("box-1", BOX.status),
        ("box-1", BOX.health),
        ("box-1", BOX.signal),
        ("box-1", BOX.channel_state("ch-1")),
        ("box-1", BOX.over_start("ch-1", "o1")),
        ("box-1", BOX.over_recording("ch-1", "o1")),
        ("box-1", BOX.radio_call("ch-1")),
        ("desk-1", SITE.request("claim")),
        ("centre", BOX.receipt),
        ("centre", SITE.board),
        ("centre", SITE.reply("desk-1")),
    ],
)
async def test_each_may_say_its_own(guarded: Mosquitto, login: str, topic: str) -> None:
    """The broker takes the message."""
    async with running(guarded.port, login, settings=_as(guarded, login)) as link:
        await link.publish(Outbound(topic, b"x"))


@pytest.mark.parametrize(
    ("login", "topic"),
    [
        ("box-1", OTHER.signal),
        ("box-1", BOX.receipt),
        ("box-1", SITE.request("claim")),
        ("box-1", SITE.board),
        ("box-1", Topics("elsewhere").gateway("box-1").signal),
        ("desk-1", BOX.signal),
        ("desk-1", BOX.receipt),
        ("desk-1", f"{BOX.base}/ch/ch-1/tx/request"),
        ("desk-1", SITE.board),
        ("desk-1", SITE.reply("desk-2")),
    ],
)
async def test_nobody_may_say_another_s(guarded: Mosquitto, login: str, topic: str) -> None:
    """The broker refuses, and the link says so instead of losing it."""
    async with running(guarded.port, login, settings=_as(guarded, login)) as link:
        with pytest.raises(NotAcknowledged, match="Not authorized"):
            await link.publish(Outbound(topic, b"x"))


@pytest.mark.parametrize(
    ("login", "mine", "not_mine"),
    [
        ("box-1", BOX.receipt, OTHER.receipt),
        ("desk-1", SITE.reply("desk-1"), SITE.reply("desk-2")),
        ("desk-1", SITE.board, BOX.receipt),
        ("desk-1", OTHER.over_audio("ch-1", "o1"), OTHER.over_recording("ch-1", "o1")),
    ],
)
async def test_each_hears_only_what_is_for_it(
    guarded: Mosquitto, login: str, mine: str, not_mine: str
) -> None:
    """Whoever subscribes to everything gets its own share."""
    async with (
        running(guarded.port, login, "tongpin/v1/example/#", settings=_as(guarded, login)) as link,
        running(guarded.port, "centre", settings=_as(guarded, "centre")) as centre,
    ):
        await centre.publish(Outbound(not_mine, b"secret"))
        await centre.publish(Outbound(mine, b"for you"))
        (got,) = await take(link)
    assert (got.topic, got.payload) == (mine, b"for you")


def test_the_shipped_settings_keep_what_the_promise_leans_on() -> None:
    """Persistence saved every second, a deep queue, recordings let through, loopback unless changed."""
    lines = SHIPPED.read_text().splitlines()
    for line in (
        "persistence true",
        "autosave_interval 1",
        "max_queued_messages 10000",
        "listener 1883 127.0.0.1",
    ):
        assert line in lines
    (limit,) = (int(line.split()[1]) for line in lines if line.startswith("max_packet_size"))
    assert limit >= 4 * 1024 * 1024
