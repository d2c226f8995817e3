"""What a dispatcher sees of bad input: the real console on a real broker, in both languages."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import LinkSettings
from bus.messages.board import Beat
from bus.messages.request import Problem, Request
from bus.messages.status import CentreStatus, SpeechStatus
from bus.topics import Topics
from gateway.service import Gateway
from gateway.settings import BoxTable, GatewaySettings, LineTable
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import PASSWORD
from tests.tui.desk_at_work import DeskAtWork, desk_at_work
from tui.app import ConsoleApp
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable
from tui.words import Language

pytestmark = pytest.mark.slow

ALARM = b"5011 180001E11001001\x14"
HOUR_S = 3600.0
LATER = 99
LOSERS = ("refused: li has claimed this alarm.", "被拒绝：zhang 已认领该警情。")
NOISE = (b"", b"\x00\xff", b"[]", b"{" * 2000, b'{"v": 1}')


@pytest.fixture
async def centre(mosquitto: Mosquitto, tmp_path: Path) -> AsyncIterator[CentreAtWork]:
    """A centre that listens."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        await made.console("witness")
        yield made


async def test_noise_on_every_topic_of_a_console_leaves_the_picture_live(mosquitto: Mosquitto) -> None:
    """Whatever is said where the centre or a box should speak, the console asks anew and works on."""
    async with desk_at_work(mosquitto.port) as desk:
        topics = desk.centre.topics
        for topic in (
            topics.board,
            topics.beat,
            topics.reply("desk-1"),
            topics.live("over"),
            topics.centre_status,
            topics.gateway("box-1").channel_state("channel-1"),
        ):
            for payload in NOISE:
                await desk.centre.publish(topic, payload)
        await desk.until(lambda: desk.centre.snapshots_given > 1)
        await desk.centre.beat()
        await desk.until(lambda: desk.app.feed.freshness().live)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "centre is newer: update this console"), ("zh", "中心版本较新，请升级控制台")],
)
async def test_a_newer_centre_is_said_until_it_can_be_read_again(
    language: Language, sentence: str, mosquitto: Mosquitto
) -> None:
    """A picture that cannot be followed is not live and says why; nothing but the versions must change."""
    async with desk_at_work(mosquitto.port, language=language) as desk:
        beat = Beat(boot=desk.centre.snapshot.boot, n=desk.centre.n, at=SystemClock().now())
        newer = json.dumps(json.loads(beat.encode()) | {"v": LATER}).encode()
        await desk.centre.publish(desk.centre.topics.beat, newer)
        await desk.until(lambda: shows(desk, sentence))

        await desk.centre.beat()
        await desk.until(lambda: not shows(desk, sentence))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "centre is older: update the centre"), ("zh", "中心版本较旧，请升级中心")],
)
async def test_an_older_centre_is_said_and_tried_again(
    language: Language, sentence: str, mosquitto: Mosquitto
) -> None:
    """A console that is too new goes on signing in: the day the centre is updated it works by itself."""
    async with desk_at_work(mosquitto.port, language=language, live=False) as desk:
        desk.centre.answers["sign-in"] = lambda _: Problem(code="version", en="older", zh="旧")
        await desk.until(lambda: shows(desk, sentence))

        del desk.centre.answers["sign-in"]
        await desk.until(lambda: desk.app.feed.freshness().live)


async def test_a_request_of_a_later_version_is_answered(centre: CentreAtWork) -> None:
    """Whoever asks what the centre cannot read yet is told so, in both languages, and not left waiting."""
    console = await centre.console(login=None)

    reply = await console.request("sign-in", Request(v=LATER, id=new_id(), console=console.name))

    assert reply.error is not None
    assert (reply.error.code, "update the centre" in reply.error.en) == ("version", True)
    assert "请升级中心" in reply.error.zh


@pytest.mark.parametrize(("language", "sentence"), [("en", "PAPER MODE"), ("zh", "手工记录")])
async def test_a_centre_that_cannot_store_is_told_before_anybody_asks_it(
    language: Language, sentence: str, mosquitto: Mosquitto
) -> None:
    """No new alarm comes while its disk is full: a quiet board must not look like a quiet night."""
    async with desk_at_work(mosquitto.port, language=language) as desk:
        await desk.centre.publish(desk.centre.topics.centre_status, centre_status("journal"))
        await desk.until(lambda: shows(desk, sentence))

        await desk.centre.publish(desk.centre.topics.centre_status, centre_status())
        await desk.until(lambda: not shows(desk, sentence))


def centre_status(*problems: str) -> bytes:
    """Of a centre with these problems."""
    return CentreStatus(
        state="degraded" if problems else "ready",
        boot="boot-1",
        since=SystemClock().now(),
        software="tongpin test",
        speech=SpeechStatus(engine=None, model=None),
        problems=problems,
    ).encode()


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "cannot log in to the broker"), ("zh", "无法登录消息服务")]
)
async def test_a_refused_login_is_on_the_screen(language: Language, sentence: str, tmp_path: Path) -> None:
    """The header says it in the operator's language, the line below names login and files."""
    with Mosquitto(tmp_path, logins={"desk-1": "right"}) as broker:
        (tmp_path / "secret").write_text("wrong\n")
        link = LinkSettings(port=broker.port, username="desk-1", password_file=tmp_path / "secret")
        settings = ConsoleSettings(
            console=ConsoleTable(id="desk-1", site="site", language=language, bell=False),
            broker=link,
            operator=OperatorTable(login="zhang", password=SecretStr(PASSWORD)),
        )
        app = ConsoleApp(settings)
        async with app.run_test(size=(120, 40)) as pilot, asyncio.timeout(10):
            while not (app.feed.link_state.refused and sentence in picture(app)):
                await pilot.pause(0.02)
            assert "refused the login of desk-1: check username and password_file" in picture(app)


async def test_of_two_consoles_that_claim_one_alarm_one_wins_and_the_other_reads_who(
    centre: CentreAtWork, mosquitto: Mosquitto
) -> None:
    """Two real consoles press F9 in the same moment, one in English, one in Chinese."""
    box = await centre.box()
    await box.receipted(await box.send(box.signal()))
    async with contextlib.AsyncExitStack() as stack:
        apps = []
        for login, language in (("zhang", "en"), ("li", "zh")):
            settings = ConsoleSettings(
                console=ConsoleTable(
                    id=f"at-{login}", site=centre.topics.site, language=language, bell=False
                ),
                broker=LinkSettings(port=mosquitto.port),
                operator=OperatorTable(login=login, password=SecretStr(PASSWORD)),
            )
            app = ConsoleApp(settings)
            apps.append((app, await stack.enter_async_context(app.run_test(size=(120, 40)))))
        async with asyncio.timeout(20):
            for app, pilot in apps:
                while not (app.feed.freshness().live and app.board.rows.key is not None):
                    await pilot.pause(0.02)
            await asyncio.gather(*(pilot.press("f9") for _, pilot in apps))
            while not (lost := [said(app) for app, _ in apps if said(app) in LOSERS]):
                for _, pilot in apps:
                    await pilot.pause(0.02)
    assert len(lost) == 1


def said(app: ConsoleApp) -> str:
    """The sentence under the command line."""
    return app.board.command_line.said.strip()


class HourBehind(SystemClock):
    """A box without a clock battery."""

    def now(self) -> datetime:
        """An hour late."""
        return super().now() - timedelta(seconds=HOUR_S)


async def test_the_first_alarm_of_a_box_with_a_wrong_clock_is_flagged(
    centre: CentreAtWork, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """A frame that waited for the broker: the centre knows of the clock before it reads the frame's time."""
    console = await centre.console()
    with SurgardReceiver(header="011", time_scale=0.25) as receiver:
        spooling = gateway(centre.topics, 1, tmp_path, receiver)
        async with at_work(spooling):
            receiver.offer(ALARM)
            assert await asyncio.to_thread(receiver.wait_until_acked, 10)
        async with at_work(gateway(centre.topics, mosquitto.port, tmp_path, receiver)):
            clock, alarm = await console.alarms(2)
    assert (clock.event_code, clock.source) == ("clock-wrong", "system")
    assert "-3600 s" in clock.text
    assert clock.text_zh is not None
    assert "-3600 秒" in clock.text_zh
    assert alarm.clock_offset == pytest.approx(-HOUR_S, abs=2)
    assert alarm.recorded_at >= clock.recorded_at


def gateway(topics: Topics, port: int, folder: Path, receiver: SurgardReceiver) -> Gateway:
    """A box an hour behind, with one line."""
    settings = GatewaySettings(
        gateway=BoxTable(site=topics.site, id="box-1", spool=folder / "spool.db", disk_reserve_mb=0),
        broker=LinkSettings(port=port),
        line=(LineTable(id="alarms-1", port=str(receiver.port)),),
    )
    return Gateway(settings, clock=HourBehind())


@contextlib.asynccontextmanager
async def at_work(box: Gateway) -> AsyncIterator[None]:
    """For the length of a block."""
    task = asyncio.create_task(box.run(), name="box")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def shows(desk: DeskAtWork, sentence: str) -> bool:
    """Whether it is on the screen."""
    return sentence in desk.picture


def picture(app: ConsoleApp) -> str:
    """The whole screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
