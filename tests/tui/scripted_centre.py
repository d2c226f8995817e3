"""A centre that does what a test tells it: real messages over a real broker, no rules of its own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from bus.clock import SystemClock
from bus.link import Inbound, Link, LinkSettings, Outbound
from bus.messages.board import Beat, BoardChange, Snapshot, Tables
from bus.messages.request import Problem, Reply, Request
from bus.topics import Topics

Answer = dict[str, Any] | Problem

PATIENCE_S = 10


class ScriptedCentre:
    """Signs anybody in whose password is `secret`, gives its snapshot, and remembers every request."""

    def __init__(self, port: int, site: str, snapshot: Snapshot) -> None:
        self.topics = Topics(site)
        self.snapshot = snapshot
        self.n = snapshot.n
        self.requests: list[tuple[str, Request]] = []
        self.answers: dict[str, Callable[[Request], Answer]] = {}
        self.snapshots_given = 0
        self.mute: set[str] = set()
        """Verbs that get no answer."""
        self._asked = asyncio.Event()
        self._link = Link(
            LinkSettings(port=port), client_id=f"centre-{site}", subscriptions=[(self.topics.request("+"), 1)]
        )

    async def change(self, rows: Tables, gone: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Publishes one change."""
        self.n += 1
        change = BoardChange(
            boot=self.snapshot.boot, n=self.n, at=SystemClock().now(), rows=rows, gone=dict(gone or {})
        )
        await self._link.publish(Outbound(self.topics.board, change.encode()))

    async def beat(self, n: int | None = None, boot: str | None = None) -> None:
        """Publishes one beat, of the newest change or of `n`."""
        newest = Beat(boot=boot or self.snapshot.boot, n=self.n if n is None else n, at=SystemClock().now())
        await self._link.publish(Outbound(self.topics.beat, newest.encode(), qos=0))

    async def publish(self, topic: str, payload: bytes) -> None:
        """Publishes anything."""
        await self._link.publish(Outbound(topic, payload))

    async def asked(self, verb: str, count: int = 1) -> Request:
        """The `count`-th request of a verb, waiting for it if need be."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = [request for name, request in self.requests if name == verb]
                if len(found) >= count:
                    return found[count - 1]
                self._asked.clear()
                await self._asked.wait()

    async def _serve(self) -> None:
        async for inbound in self._link.messages():
            self._link.ack(inbound)
            await self._answer(inbound)

    async def _answer(self, inbound: Inbound) -> None:
        request = Request.decode(inbound.payload)
        verb = inbound.topic.rsplit("/", 1)[-1]
        self.requests.append((verb, request))
        self._asked.set()
        if verb in self.mute:
            return
        answer = self._own(verb, request)
        error, result = (answer, None) if isinstance(answer, Problem) else (None, answer)
        reply = Reply(id=request.id, result=result, error=error)
        await self._link.publish(Outbound(inbound.response_topic or "", reply.encode()))

    def _own(self, verb: str, request: Request) -> Answer:
        if verb in self.answers:
            return self.answers[verb](request)
        if verb == "sign-in":
            return _sign_in(request)
        if verb == "snapshot":
            self.snapshots_given += 1
            return self.snapshot.model_copy(update={"n": self.n}).model_dump(mode="json")
        return {}


@contextlib.asynccontextmanager
async def scripted_centre(port: int, site: str, snapshot: Snapshot) -> AsyncIterator[ScriptedCentre]:
    """One that listens from the first line of the block to its last."""
    centre = ScriptedCentre(port, site, snapshot)
    link = asyncio.create_task(centre._link.run(), name="centre.link")
    serving = asyncio.create_task(centre._serve(), name="centre.serve")
    try:
        async with asyncio.timeout(PATIENCE_S):
            await centre._link.wait_connected()
        yield centre
    finally:
        for task in (serving, link):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def _sign_in(request: Request) -> Answer:
    if request.args["password"] != "secret":  # noqa: S105 - the test's own password
        return Problem(code="login", en="Login or password is wrong.", zh="用户名或密码错误。")
    login = request.args["login"]
    return {"session": f"session-of-{login}", "login": login, "name": login.title(), "role": "dispatcher"}
