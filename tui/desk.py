"""Asks the centre and waits for its answer."""

import asyncio
from dataclasses import dataclass

from pydantic import SecretStr

from bus.errors import LinkError, NotAcknowledged
from bus.ids import new_id
from bus.link import Inbound, Link, Outbound
from bus.messages.base import Value
from bus.messages.request import Problem, Reply, Request
from bus.messages.verbs import ARGUMENTS, SignIn
from bus.topics import Topics
from tui.errors import NotAnswered

REPEAT_S = 3.0
"""After this long without an answer the same request is sent again: the centre does nothing twice."""

GIVE_UP_S = 9.0

EXPIRY_S = 30
"""The broker forgets a request the centre did not fetch in this time (contract)."""

_VERBS = {model: verb for verb, model in ARGUMENTS.items()}


@dataclass(frozen=True)
class Session:
    """Who signed in."""

    token: str
    login: str
    name: str
    role: str


class Desk:
    """One console's questions and their answers."""

    def __init__(self, link: Link, topics: Topics, console: str) -> None:
        self._link = link
        self._topics = topics
        self._console = console
        self._open: dict[str, asyncio.Future[Reply]] = {}
        self.session: Session | None = None

    @property
    def login(self) -> str:
        """Of whoever signed in, empty before."""
        return self.session.login if self.session else ""

    async def ask(self, args: Value) -> Reply:
        """The centre's reply. Raises `NotConnected`: nothing was sent; `NotAnswered`: it may have been."""
        request = Request(
            id=new_id(),
            console=self._console,
            session=self.session.token if self.session else None,
            args=args.model_dump(mode="json"),
        )
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._open[request.id] = answer
        try:
            return await self._answered(_VERBS[type(args)], request, answer)
        finally:
            del self._open[request.id]

    async def sign_in(self, login: str, password: SecretStr) -> Problem | None:
        """Signs in; what is wrong, if something is. Raises as `ask`."""
        self.session = None
        reply = await self.ask(SignIn(login=login, password=password.get_secret_value()))
        if reply.error is not None:
            return reply.error
        result = reply.result or {}
        self.session = Session(
            token=str(result["session"]),
            login=str(result["login"]),
            name=str(result["name"]),
            role=str(result["role"]),
        )
        return None

    def settle(self, inbound: Inbound) -> None:
        """Gives a reply to whoever waits for it; others came too late. Raises `MessageError`."""
        reply = Reply.decode(inbound.payload)
        waiting = self._open.get(reply.id)
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)

    async def _answered(self, verb: str, request: Request, answer: asyncio.Future[Reply]) -> Reply:
        out = Outbound(
            topic=self._topics.request(verb),
            payload=request.encode(),
            expiry_s=EXPIRY_S,
            response_topic=self._topics.reply(self._console),
            correlation=request.id.encode(),
        )
        try:
            async with asyncio.timeout(GIVE_UP_S):
                await self._link.publish(out)
                return await self._patiently(out, answer)
        except (TimeoutError, NotAcknowledged) as error:
            raise NotAnswered(f"the centre did not answer {verb} within {GIVE_UP_S:.0f} s") from error

    async def _patiently(self, out: Outbound, answer: asyncio.Future[Reply]) -> Reply:
        while True:
            done, _ = await asyncio.wait({answer}, timeout=REPEAT_S)
            if done:
                return answer.result()
            try:
                await self._link.publish(out)
            except LinkError:
                # Between two connections: the next turn asks again under the same id.
                continue
