"""Carries out a command: its requests one by one, and what came of them."""

from dataclasses import dataclass
from typing import Literal

from bus.errors import LinkError
from bus.ids import new_id
from bus.messages.base import Value
from bus.messages.request import Problem
from bus.messages.verbs import PullOver, TypedAlarm
from tui.command.model import Command
from tui.errors import NotAnswered
from tui.feed import SESSION_OVER, Feed

Ending = Literal["sending", "done", "refused", "unanswered", "offline"]


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    ending: Ending
    command: Command
    problems: tuple[Problem, ...] = ()
    line: str = ""
    """What the operator typed, to put back when it was not done."""


@dataclass(frozen=True)
class Answer:
    """What became of something ordered on a page, in the operator's language; of success perhaps nothing."""

    done: bool
    says: str = ""


class Orders:
    """Sends what was committed."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    async def carry_out(self, command: Command, line: str) -> Outcome:
        """Every request of the command, also when one is refused: each stands for itself."""
        problems: list[Problem] = []
        for asked in command.asks:
            try:
                reply = await self._feed.desk.ask(_with_id(asked))
            except NotAnswered:
                return Outcome("unanswered", command, line=line)
            except LinkError:
                return Outcome("offline", command, line=line)
            if reply.error is not None:
                problems.append(reply.error)
                if reply.error.code == SESSION_OVER:
                    self._feed.session_over()
        return Outcome("refused" if problems else "done", command, tuple(problems), line)


def _with_id(asked: Value) -> Value:
    """An alarm made here has its origin here, so its id is made here, once per commit."""
    made = isinstance(asked, TypedAlarm | PullOver)
    return asked.model_copy(update={"alarm": new_id()}) if made else asked
