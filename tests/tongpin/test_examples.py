"""The three example settings work together, as they stand, against one local mosquitto."""

import asyncio
import contextlib
import getpass
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Self

import pytest
from pydantic import BaseModel, SecretStr

from bus.clock import SystemClock
from bus.settings_file import read_toml
from gateway.settings import GatewaySettings
from hardware.simulators.surgard_receiver import SurgardReceiver
from intake.settings import IntakeSettings
from intake.site import load_site
from tests.support.broker import Mosquitto, free_port, mosquitto_missing
from tests.support.links import running
from tui.feed import Feed
from tui.settings import ConsoleSettings

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "deploy" / "examples"
PATIENCE_S = 30
SITE = "yiwu"
LOGINS = {"centre": "c", "box-1": "b", "desk-1": "d"}
"""Logins of the ACL and the examples, with a password each."""

DEBIANS = """
persistence true
persistence_location {folder}/
log_dest file {folder}/mosquitto.log
user {user}
include_dir {folder}/conf.d
"""
"""What Debian's package installs as /etc/mosquitto/mosquitto.conf, moved into a test's folder."""

HOLD_UP = b"5011 181234E12001001\x14"
"""Account 1234, zone 001 of the example site: the button at ticket window 3."""


@pytest.mark.slow
@pytest.mark.timeout(90)
async def test_box_centre_and_console_find_one_another(mortal_mosquitto: Mosquitto, tmp_path: Path) -> None:
    """Box and centre become ready, the documented password signs in, and a frame is queued."""
    with SurgardReceiver() as receiver:
        await _an_alarm_is_queued(_moved(tmp_path, mortal_mosquitto.port, receiver.port), receiver)


@pytest.mark.slow
@pytest.mark.timeout(90)
@pytest.mark.skipif(mosquitto_missing(), reason="mosquitto is not installed")
async def test_they_do_so_with_the_shipped_rights_too(tmp_path: Path) -> None:
    """With the login lines uncommented and the ACL's site id written, everybody may do what they must."""
    acl = (ROOT / "deploy" / "mosquitto.acl").read_text(encoding="utf-8").replace("example", SITE)
    (tmp_path / "broker").mkdir()
    with Mosquitto(tmp_path / "broker", LOGINS, acl) as broker, SurgardReceiver() as receiver:
        settings = _moved(tmp_path, broker.port, receiver.port)
        for login, password in LOGINS.items():
            (settings / f"{login}.password").write_text(f"{password}\n", encoding="utf-8")
        for file in settings.glob("*.toml"):
            file.write_text(_with_login(file.read_text(encoding="utf-8"), settings), encoding="utf-8")
        await _an_alarm_is_queued(settings, receiver)


async def _an_alarm_is_queued(settings: Path, receiver: SurgardReceiver) -> None:
    console = _Console(settings)
    async with _program("intake", settings), _program("gateway", settings), console.watching():
        await console.until(_centre_is_ready)
        await console.until(_box_is_ready)
        receiver.offer(HOLD_UP)
        await console.until(_button_is_queued)


def _with_login(text: str, folder: Path) -> str:
    """With `username` and `password_file` of the broker uncommented: the first of each in the file."""
    return text.replace("# username", "username", 1).replace(
        '# password_file = "', f'password_file = "{folder}/', 1
    )


@pytest.mark.parametrize(
    ("name", "model"),
    [("gateway.toml", GatewaySettings), ("intake.toml", IntakeSettings), ("console.toml", ConsoleSettings)],
)
@pytest.mark.parametrize("others", [{"file", "cm108"}, {"pyaudio", "serial"}])
def test_every_commented_key_is_a_known_one(
    name: str, model: type[BaseModel], others: set[str], tmp_path: Path
) -> None:
    """Taking the `#` away from a line never makes a wrong file; of two choices of one key, from one."""
    lines = [_uncommented(line) for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if not any(f'kind = "{other}"' in line for other in others)]
    (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    read_toml(tmp_path / name, model)


def test_the_three_speak_of_one_site() -> None:
    """Site ids and broker agree, or box and console would wait for ever for a centre of another name."""
    box = read_toml(EXAMPLES / "gateway.toml", GatewaySettings)
    console = read_toml(EXAMPLES / "console.toml", ConsoleSettings)
    centre = read_toml(EXAMPLES / "intake.toml", IntakeSettings)
    site = load_site(ROOT / centre.centre.site_file)
    assert box.gateway.site == console.console.site == site.id
    assert box.broker == console.broker == centre.broker


@pytest.mark.slow
@pytest.mark.skipif(mosquitto_missing(), reason="mosquitto is not installed")
async def test_the_broker_settings_fit_beside_debians(tmp_path: Path) -> None:
    """Put into conf.d as its first lines say, the shipped file starts: a setting given twice would not."""
    port = free_port()
    shipped = (ROOT / "deploy" / "mosquitto.conf").read_text(encoding="utf-8")
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "tongpin.conf").write_text(shipped.replace("listener 1883", f"listener {port}"))
    (tmp_path / "mosquitto.conf").write_text(DEBIANS.format(folder=tmp_path, user=getpass.getuser()))
    path = os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"
    broker = await asyncio.create_subprocess_exec(
        *("mosquitto", "-c", str(tmp_path / "mosquitto.conf")), env=os.environ | {"PATH": path}
    )
    try:
        async with running(port, "settings-test") as link:
            assert link.connected
    finally:
        if broker.returncode is None:
            broker.terminate()
        await broker.wait()


def _uncommented(line: str) -> str:
    bare = line.removeprefix("# ")
    return bare if bare.startswith("[[") or " = " in bare.split("  #")[0] else line


def _moved(folder: Path, broker: int, line: Path) -> Path:
    """The examples with this test's ports, journal and spool; nothing else is changed."""
    changes = {
        "port = 1883": f"port = {broker}",
        '"/dev/ttyUSB0"': f'"{line}"',
        '"tongpin-spool.db"': f'"{folder}/spool.db"',
        '# journal = "tongpin-centre': f'journal = "{folder}',
        '# recordings = "tongpin-centre': f'recordings = "{folder}',
    }
    for example in EXAMPLES.glob("*.toml"):
        text = example.read_text(encoding="utf-8")
        for before, after in changes.items():
            text = text.replace(before, after)
        (folder / example.name).write_text(text, encoding="utf-8")
    return folder


@contextlib.asynccontextmanager
async def _program(name: str, settings: Path) -> AsyncIterator[None]:
    """A real process, which must end in order when asked to."""
    with (settings / f"{name}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tongpin", name, "--config", str(settings / f"{name}.toml")),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        process.terminate()
        code = await process.wait()
    assert code == 0, (settings / f"{name}.log").read_text(encoding="utf-8")[-2000:]


class _Console:
    """A console without a screen, signed in as the example's operator."""

    def __init__(self, settings: Path) -> None:
        self._changed = asyncio.Event()
        self.feed = Feed(
            read_toml(settings / "console.toml", ConsoleSettings), SystemClock(), self._changed.set
        )

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[Self]:
        """Follows the board for as long as the block lasts."""
        self.feed.sign_in_as("zhang", SecretStr("change-me"))
        following = asyncio.create_task(self.feed.run(), name="test.feed")
        try:
            yield self
        finally:
            following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await following

    async def until(self, seen: Callable[[Feed], bool]) -> None:
        """Waits for something on the board."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen(self.feed):
                self._changed.clear()
                await self._changed.wait()


def _box_is_ready(feed: Feed) -> bool:
    devices = feed.mirror.devices.values() if feed.mirror else ()
    return any(device.kind == "gateway" and device.state == "ready" for device in devices)


def _centre_is_ready(feed: Feed) -> bool:
    return feed.centre is not None and feed.centre.state == "ready"


def _button_is_queued(feed: Feed) -> bool:
    alarms = feed.mirror.alarms.values() if feed.mirror else ()
    return any(alarm.type == "hold-up" and alarm.place == "ticket-office" for alarm in alarms)
