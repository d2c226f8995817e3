"""The desk: consoles ask, the centre answers, once.

Every request comes from a signed-in person and is decided by the core; the console's own checks count for
nothing. A request repeated under its id gets the first answer: from memory while the centre runs, from the
journal after a restart.
"""

import asyncio
import json
from collections import OrderedDict
from functools import partial
from typing import Any

import structlog
from pydantic import ValidationError

from bus.clock import Clock
from bus.errors import LinkError, MessageError, MessageTooNew
from bus.link import Inbound, Link, Outbound
from bus.messages.base import Value
from bus.messages.request import Problem, Reply, Request
from bus.messages.verbs import ARGUMENTS, SignIn
from bus.topics import Topics, is_id
from intake.asking import Asking, answer_for, command_for
from intake.comprehension import Comprehension
from intake.dispatch.base import Actor, Role
from intake.dispatch.refusals import Refusal
from intake.errors import JournalError
from intake.journal import Journal
from intake.operators import Operator, Operators
from intake.questions import QUESTIONS, Questions
from intake.shelved import brought_back
from intake.writer import Writer

REMEMBERED = 2_000
"""Answers kept in memory, enough for every console's last minutes."""

REPLY_EXPIRY_S = 30


class Desk:
    """Answers requests. Give it every message on `request/#`; each is served in a task of its own."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        writer: Writer,
        questions: Questions,
        operators: Operators,
        journal: Journal,
        comprehension: Comprehension,
        clock: Clock,
    ) -> None:
        self._link = link
        self._topics = topics
        self._writer = writer
        self._questions = questions
        self._operators = operators
        self._journal = journal
        self._comprehension = comprehension
        self._clock = clock
        self._answers: OrderedDict[tuple[str, str], asyncio.Task[Reply]] = OrderedDict()
        self._log = structlog.get_logger("desk")

    async def run(self) -> None:
        """Serve for ever."""
        async with asyncio.TaskGroup() as serving:
            async for inbound in self._link.messages():
                self._link.ack(inbound)
                serving.create_task(self._serve(inbound, serving), name=f"desk.serve[{inbound.topic}]")

    async def _serve(self, inbound: Inbound, serving: asyncio.TaskGroup) -> None:
        try:
            request = Request.decode(inbound.payload)
        except MessageError as error:
            self._log.warning("unreadable", topic=inbound.topic, why=str(error))
            if isinstance(error, MessageTooNew) and (newer := _envelope(inbound.payload)):
                await self._reply(inbound, newer, Reply(id=newer.id, error=_TOO_NEW))
            return
        if not is_id(request.console):
            self._log.warning("not a console", topic=inbound.topic, console=request.console)
            return
        verb = inbound.topic.rsplit("/", 1)[-1]
        if verb in QUESTIONS:
            reply = await self._answer(verb, request)
        else:
            reply = await asyncio.shield(self._first_answer(verb, request, serving))
        await self._reply(inbound, request, reply)

    def _first_answer(self, verb: str, request: Request, serving: asyncio.TaskGroup) -> asyncio.Task[Reply]:
        asked = (request.console, request.id)
        if asked not in self._answers:
            task = serving.create_task(self._answer(verb, request), name=f"desk.answer[{verb}]")
            self._answers[asked] = task
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return self._answers[asked]

    async def _reply(self, inbound: Inbound, request: Request, reply: Reply) -> None:
        topic = self._topics.reply(request.console)
        out = Outbound(topic, reply.encode(), expiry_s=REPLY_EXPIRY_S, correlation=inbound.correlation)
        try:
            await self._link.publish(out)
        except LinkError as error:
            # The console asks again under the same id and gets this same answer.
            self._log.warning("reply not sent", id=request.id, why=str(error))

    async def _answer(self, verb: str, request: Request) -> Reply:
        try:
            return await self._answered(verb, request)
        except JournalError as error:
            return Reply(id=request.id, error=_paper_mode(str(error)))
        except Exception as error:  # noqa: BLE001 - see below
            # One request must not end the service for everybody.
            self._log.exception("fault", verb=verb, id=request.id)
            return Reply(id=request.id, error=_fault(error))

    async def _answered(self, verb: str, request: Request) -> Reply:
        args = _arguments(verb, request.args)
        if isinstance(args, Problem):
            return Reply(id=request.id, error=args)
        if isinstance(args, SignIn):
            return await self._sign_in(args, request)
        operator = self._operators.of(request.session, self._clock.now())
        if operator is None:
            return await self._before_the_restart(request)
        answer = await self._questions.answer(args, operator)
        if isinstance(answer, Problem):
            return Reply(id=request.id, error=answer)
        if answer is not None:
            return Reply(id=request.id, result=answer)
        reply = await self._act(args, request, operator)
        self._log.info(verb, id=request.id, login=operator.login, error=reply.error and reply.error.code)
        return reply

    async def _sign_in(self, args: SignIn, request: Request) -> Reply:
        check = partial(
            self._operators.sign_in,
            args.login,
            args.password,
            console=request.console,
            at=self._clock.now(),
        )
        signed = await asyncio.to_thread(check)
        if signed is None:
            return Reply(id=request.id, error=_WRONG_LOGIN)
        session, operator = signed
        result = {"session": session, "login": operator.login, "name": operator.name, "role": operator.role}
        return Reply(id=request.id, result=result)

    async def _act(self, args: Value, request: Request, operator: Operator) -> Reply:
        actor = Actor(
            name=f"person:{operator.login}",
            role=Role(operator.role),
            agency=operator.agency,
            team=operator.team,
        )
        asking = Asking(
            request.id, self._clock.now(), actor, self._writer.state, meaning=self._comprehension.typed
        )
        meaning = command_for(args, asking)
        if isinstance(meaning, Refusal):
            return Reply(id=request.id, error=_problem(meaning))
        back = await brought_back(args, self._writer.state, self._journal, self._clock.now())
        outcome = await self._writer.request(request.id, *back, meaning, answer=answer_for)
        if isinstance(outcome, Refusal):
            return Reply(id=request.id, error=_problem(outcome))
        return Reply(id=request.id, result=json.loads(outcome.answer or "{}"))

    async def _before_the_restart(self, request: Request) -> Reply:
        """A session ends with the run of the centre, what was done in it does not: its answer stands."""
        stored = await self._journal.answers([request.id])
        if request.id not in stored:
            return Reply(id=request.id, error=_SIGN_IN_FIRST)
        return Reply(id=request.id, result=json.loads(stored[request.id] or "{}"))


def _envelope(payload: bytes) -> Request | None:
    """Who asked, of a request too new to read: its console waits for a word. None when it does not say."""
    try:
        asked = json.loads(payload)
        request = Request(id=asked["id"], console=asked["console"])
    except (KeyError, ValueError):
        return None
    return request if is_id(request.console) else None


def _arguments(verb: str, args: dict[str, Any]) -> Value | Problem:
    model = ARGUMENTS.get(verb)
    if model is None:
        return Problem(code="verb", en=f"The centre knows no request {verb}.", zh=f"中心不认识请求 {verb}。")
    try:
        return model.model_validate(args)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return Problem(
            code="argument", en=f"{field}: {first['msg']}.", zh=f"参数 {field} 无效。", field=field
        )


def _problem(refusal: Refusal) -> Problem:
    return Problem(code=refusal.code, en=refusal.en, zh=refusal.zh, field=refusal.field, by=refusal.by)


def _paper_mode(why: str) -> Problem:
    return Problem(
        code="paper-mode",
        en=f"Nothing was stored: go on by voice and write the times down ({why}).",
        zh=f"未能保存：请改用语音指挥并手工记录时间（{why}）。",
    )


def _fault(error: Exception) -> Problem:
    return Problem(
        code="fault",
        en=f"The centre failed on this request ({type(error).__name__}). Tell the technician.",
        zh=f"中心处理该请求时出错（{type(error).__name__}）。请通知技术人员。",
    )


_TOO_NEW = Problem(
    code="version",
    en="This console is newer than the centre: update the centre.",
    zh="控制台版本比中心新：请升级中心。",
)
_SIGN_IN_FIRST = Problem(code="session", en="Please sign in.", zh="请先登录。")
_WRONG_LOGIN = Problem(
    code="login", en="Login or password is wrong.", zh="用户名或密码错误。", field="password"
)
