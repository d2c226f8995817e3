"""A centre at work in a test: the real one over a real broker, a small box and a small console beside it."""

import asyncio
import contextlib
import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Inbound, Link, LinkSettings, Outbound
from bus.messages.board import AlarmRow, Beat, BoardChange, Snapshot
from bus.messages.over import Over
from bus.messages.request import Problem, Reply, Request
from bus.messages.signal import PanelEvent, PanelSignal
from bus.messages.status import CentreStatus, ChannelState, GatewayHealth, GatewayStatus, Receipt
from bus.topics import Topics
from intake.operators import hash_password
from intake.service import run_intake
from intake.settings import CentreSettings, IntakeSettings, OperatorSettings, Role, SpeechSettings
from intake.site import example_site_path
from tests.support.links import PATIENCE_S, running
from tui.mirror import Mirror, NeedSnapshot, apply, from_snapshot

PASSWORD = "right"  # noqa: S105 - the tests' own

_sites = itertools.count(1)
_HOLD_UP = PanelEvent(account="1234", qualifier="new", code_set="contact_id", code="122", zone="001")


def fresh_site(folder: Path) -> Path:
    """The example site under an id of its own, so that tests may share a broker; gives the file."""
    path = folder / "site.toml"
    text = example_site_path().read_text(encoding="utf-8")
    path.write_text(text.replace('id = "yiwu"', f'id = "centre-{next(_sites)}"', 1), encoding="utf-8")
    return path


def settings_in(folder: Path, port: int) -> IntakeSettings:
    """Of a centre that keeps everything in `folder` and has no speech model, so that no engine is loaded."""
    site_file = folder / "site.toml" if (folder / "site.toml").exists() else fresh_site(folder)
    return IntakeSettings(
        centre=CentreSettings(
            site_file=site_file, journal=folder / "journal.db", recordings=folder / "recordings"
        ),
        broker=LinkSettings(port=port),
        speech=SpeechSettings(language="zh", models=folder / "models"),
        operator=tuple(_operator(login, role) for login, role in _PEOPLE.items()),
    )


def site_of(settings: IntakeSettings) -> str:
    """The site's id."""
    line = next(
        each for each in settings.centre.site_file.read_text().splitlines() if each.startswith("id =")
    )
    return line.split('"')[1]


@contextlib.asynccontextmanager
async def centre_running(settings: IntakeSettings) -> AsyncIterator[asyncio.Task[None]]:
    """The centre for the length of a block; its own failure is raised at the end of it."""
    task = asyncio.create_task(run_intake(settings), name="centre")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class _Hearing:
    """Takes what comes on a link, and lets a test wait for what it is to bring."""

    def __init__(self, link: Link, topics: Topics) -> None:
        self.link = link
        self.topics = topics
        self._more = asyncio.Event()

    async def until(self, true: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Until something is so."""
        async with asyncio.timeout(patience_s):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def hear(self) -> None:
        """For ever."""
        async for inbound in self.link.messages():
            self.take(inbound)
            self.link.ack(inbound)
            self._more.set()

    def take(self, inbound: Inbound) -> None:
        """One message."""
        raise NotImplementedError


_H = TypeVar("_H", bound=_Hearing)


class SmallBox(_Hearing):
    """Publishes as a box does and remembers its receipts, in the order they came."""

    def __init__(self, link: Link, topics: Topics, name: str, boot: str) -> None:
        super().__init__(link, topics)
        self.name = name
        self.boot = boot
        self.seq = 0
        self.receipts: list[str] = []
        self.receipt_at: dict[str, float] = {}
        self.own = topics.gateway(name)

    def take(self, inbound: Inbound) -> None:
        """A receipt."""
        ids = Receipt.decode(inbound.payload).ids
        self.receipts.extend(ids)
        self.receipt_at |= dict.fromkeys(ids, asyncio.get_running_loop().time())

    async def receipted(self, *ids: str) -> None:
        """Until each of `ids` has its receipt."""
        await self.until(lambda: set(ids) <= set(self.receipts))

    def signal(self, kind: str = "event", event: PanelEvent | None = _HOLD_UP, **fields: Any) -> PanelSignal:  # noqa: ANN401
        """The next signal of line `alarms-1`."""
        self.seq += 1
        usual = {
            "id": new_id(),
            "gateway": self.name,
            "line": "alarms-1",
            "protocol": "surgard",
            "kind": kind,
            "seq": self.seq,
            "boot": self.boot,
            "said_at": SystemClock().now(),
            "clock": "synced",
            "event": event if kind in {"event", "receiver"} else None,
            "raw": "31",
        }
        return PanelSignal.model_validate(usual | fields)

    async def send(self, signal: PanelSignal) -> str:
        """Publish it; gives its id."""
        await self.publish(self.own.signal, signal.encode())
        return signal.id

    async def publish(self, topic: str, payload: bytes, **fields: Any) -> None:  # noqa: ANN401
        """Publish anything."""
        await self.link.publish(Outbound(topic, payload, **fields))

    async def say(self, state: str, *problems: str, boot: str | None = None) -> None:
        """Retained status, always since the same moment, as a box that only lost its line says it."""
        status = GatewayStatus.model_validate(
            {
                "gateway": self.name,
                "state": state,
                "boot": boot or self.boot,
                "since": "2026-03-01T10:00:00Z",
                "software": "test",
                "problems": problems,
            }
        )
        await self.publish(self.own.status, status.encode(), retain=True)

    async def channel(self, rx: str) -> None:
        """Retained state of channel `ch-1`."""
        state = ChannelState.model_validate(
            {"gateway": self.name, "channel": "ch-1", "rx": rx, "since": SystemClock().now()}
        )
        await self.publish(self.own.channel_state("ch-1"), state.encode(), retain=True)

    async def health(self, ahead_s: float = 0) -> None:
        """A sign of life from a clock that is `ahead_s` wrong."""
        sent_at = SystemClock().now() + timedelta(seconds=ahead_s)
        health = GatewayHealth(
            gateway=self.name, boot=self.boot, sent_at=sent_at, spool_rows=0, spool_oldest_s=0, disk_free_mb=9
        )
        await self.link.publish(Outbound(self.own.health, health.encode(), qos=0))

    async def over(self, flac: bytes = b"fLaC", **fields: Any) -> str:  # noqa: ANN401
        """A recording, which needs not sound; gives the over's id."""
        usual = {
            "id": new_id(),
            "gateway": self.name,
            "channel": "ch-1",
            "seq": 1,
            "boot": self.boot,
            "said_at": SystemClock().now(),
            "clock": "synced",
            "seconds": 2.5,
            "end": "hang",
            "rms_dbfs": -20,
            "peak_dbfs": -6,
            "clip_percent": 0,
            "sha256": hashlib.sha256(flac).hexdigest(),
        }
        over = Over.model_validate(usual | fields)
        topic = self.own.over_recording("ch-1", over.id)
        await self.publish(topic, flac, user={"over": over.encode().decode()})
        return over.id


class SmallConsole(_Hearing):
    """Asks, and keeps a mirror of the board as the real console does."""

    def __init__(self, link: Link, topics: Topics, name: str) -> None:
        super().__init__(link, topics)
        self.name = name
        self.session: str | None = None
        self.mirror: Mirror | None = None
        self.gaps = 0
        self.changes: list[BoardChange] = []
        self.replies: dict[str, list[Reply]] = {}
        self.centre: list[CentreStatus] = []

    def take(self, inbound: Inbound) -> None:
        """A reply, a change, a beat, or how the centre is."""
        match self.topics.levels(inbound.topic):
            case ["console", *_]:
                reply = Reply.decode(inbound.payload)
                self.replies.setdefault(reply.id, []).append(reply)
            case ["centre", "board", "change"]:
                change = BoardChange.decode(inbound.payload)
                self.changes.append(change)
                self._follow(change)
            case ["centre", "board", "beat"]:
                self._follow(Beat.decode(inbound.payload))
            case ["centre", "status"]:
                self.centre.append(CentreStatus.decode(inbound.payload))

    def _follow(self, message: BoardChange | Beat) -> None:
        if self.mirror is None:
            return
        following = apply(self.mirror, message)
        if isinstance(following, NeedSnapshot):
            self.gaps += 1
        else:
            self.mirror = following

    async def request(self, verb: str, request: Request) -> Reply:
        """Send it once more; its next reply."""
        had = len(self.replies.get(request.id, ()))
        out = Outbound(
            self.topics.request(verb),
            request.encode(),
            response_topic=self.topics.reply(self.name),
            correlation=request.id.encode(),
        )
        await self.link.publish(out)
        await self.until(lambda: len(self.replies.get(request.id, ())) > had)
        return self.replies[request.id][-1]

    def asking(self, **args: Any) -> Request:  # noqa: ANN401
        """A new request."""
        return Request(id=new_id(), console=self.name, session=self.session, args=args)

    async def ask(self, verb: str, **args: Any) -> dict[str, Any]:  # noqa: ANN401
        """The result; anything else fails the test."""
        reply = await self.request(verb, self.asking(**args))
        assert reply.error is None, reply.error
        assert reply.result is not None
        return reply.result

    async def refused(self, verb: str, **args: Any) -> Problem:  # noqa: ANN401
        """Why not; anything else fails the test."""
        reply = await self.request(verb, self.asking(**args))
        assert reply.error is not None, reply.result
        return reply.error

    async def sign_in(self, login: str) -> None:
        """As one of the tests' people."""
        self.session = (await self.ask("sign-in", login=login, password=PASSWORD))["session"]

    async def snapshot(self) -> Snapshot:
        """A fresh one."""
        return Snapshot.decode(json.dumps(await self.ask("snapshot")).encode())

    async def follow(self) -> None:
        """Keep a mirror from now on."""
        snapshot = await self.snapshot()
        self.mirror = from_snapshot(snapshot)

    async def shows(self, true: Callable[[Mirror], bool]) -> Mirror:
        """Until the mirror shows something."""
        await self.until(lambda: self.mirror is not None and true(self.mirror))
        assert self.mirror is not None
        return self.mirror

    async def alarms(self, count: int) -> Sequence[AlarmRow]:
        """The alarms on the board once there are `count` of them, oldest first; deafness is not counted."""
        mirror = await self.shows(lambda shown: len(heard_of(shown)) >= count)
        return heard_of(mirror)


def heard_of(mirror: Mirror) -> list[AlarmRow]:
    """The alarms shown, but for the one about the missing speech model."""
    return [row for row in mirror.alarms.values() if row.event_code != "speech-none"]


@dataclass
class CentreAtWork:
    """Where a test's centre lives, and who talks to it; start it with `run`, as often as the test needs."""

    settings: IntakeSettings
    stack: contextlib.AsyncExitStack
    topics: Topics = field(init=False)

    def __post_init__(self) -> None:
        self.topics = Topics(site_of(self.settings))

    def run(self) -> contextlib.AbstractAsyncContextManager[asyncio.Task[None]]:
        """The centre, for the length of a block."""
        return centre_running(self.settings)

    async def box(self, name: str = "box-1") -> SmallBox:
        """A box that is connected until the test ends."""
        link = await self._link(f"box-{name}", self.topics.gateway(name).receipt)
        return await self._hearing(SmallBox(link, self.topics, name, new_id()))

    async def console(self, name: str = "desk-1", login: str | None = "zhang") -> SmallConsole:
        """A console that follows the board, unless nobody signs in there."""
        heard = (self.topics.reply(name), self.topics.board, self.topics.beat, self.topics.centre_status)
        console = await self._hearing(
            SmallConsole(await self._link(f"console-{name}", *heard), self.topics, name)
        )
        if login:
            await console.until(lambda: any(each.state == "ready" for each in console.centre))
            await console.sign_in(login)
            await console.follow()
        return console

    async def _link(self, name: str, *topics: str) -> Link:
        client = f"{self.topics.site}-{name}"
        return await self.stack.enter_async_context(running(self.settings.broker.port, client, *topics))

    async def _hearing(self, hearing: _H) -> _H:
        task = asyncio.create_task(hearing.hear(), name="test.hear")
        self.stack.push_async_callback(_end, task)
        return hearing


@contextlib.asynccontextmanager
async def centre_in(folder: Path, port: int) -> AsyncIterator[CentreAtWork]:
    """A centre whose files are in `folder`, not started yet."""
    async with contextlib.AsyncExitStack() as stack:
        yield CentreAtWork(settings_in(folder, port), stack)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


_PEOPLE: dict[str, Role] = {
    "zhang": "dispatcher",
    "li": "dispatcher",
    "chief": "supervisor",
    "guest": "observer",
}


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def _operator(login: str, role: Role) -> OperatorSettings:
    return OperatorSettings(login=login, name=login.title(), role=role, password_hash=_hash())
