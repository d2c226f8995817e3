"""A small console for tests of the centre: asks, and keeps a mirror of the board as the real one does."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from bus.ids import new_id
from bus.link import Inbound, Link, Outbound
from bus.messages.board import AlarmRow, Beat, BoardChange, Snapshot
from bus.messages.request import Problem, Reply, Request
from bus.messages.status import CentreStatus
from bus.topics import Topics
from tests.support.small_box import End
from tui.mirror import Mirror, NeedSnapshot, apply, catch_up

PASSWORD = "right"  # noqa: S105 - the tests' own


class SmallConsole(End):
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

    def asking(self, **args: Any) -> Request:  # noqa: ANN401 - a message's fields are of any type
        """A new request."""
        return Request(id=new_id(), console=self.name, session=self.session, args=args)

    async def ask(self, verb: str, **args: Any) -> dict[str, Any]:  # noqa: ANN401 - a message's fields are of any type
        """The result; anything else fails the test."""
        reply = await self.request(verb, self.asking(**args))
        assert reply.error is None, reply.error
        assert reply.result is not None
        return reply.result

    async def refused(self, verb: str, **args: Any) -> Problem:  # noqa: ANN401 - a message's fields are of any type
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
        caught_up = catch_up(await self.snapshot(), self.changes)
        assert isinstance(caught_up, Mirror), caught_up
        self.mirror = caught_up

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
