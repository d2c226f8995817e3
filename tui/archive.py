"""What was said, as the centre finds it; and an over put into the queue by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bus.errors import LinkError
from bus.messages.board import OverRow
from bus.messages.verbs import Find, PullOver
from tui.ages import wall_clock
from tui.command.model import Command
from tui.errors import NotAnswered
from tui.feed import Feed
from tui.orders import Answer, Orders
from tui.words import Words


@dataclass(frozen=True)
class Page:
    """Overs found, newest first; or why there are none to show. `count` and `upto` are a first page's."""

    rows: Sequence[OverRow] = ()
    more: bool = False
    count: int = 0
    upto: int = 0
    problem: str = ""


class Archive:
    """Asks the centre."""

    def __init__(self, feed: Feed) -> None:
        self._desk = feed.desk
        self._orders = Orders(feed)

    async def find(self, asked: Find, words: Words) -> Page:
        """One page; never raises for what may go wrong on the way."""
        try:
            reply = await self._desk.ask(asked)
            if reply.error is not None:
                return Page(problem=reply.error.zh if words.language == "zh" else reply.error.en)
            result = reply.result or {}
            rows = [OverRow.model_validate(row) for row in result.get("rows", ())]
            count, upto = int(result.get("count") or 0), int(result.get("upto") or 0)
            return Page(rows, more=bool(result.get("more")), count=count, upto=upto)
        except LinkError:
            return Page(problem=words("listen.offline"))
        except (NotAnswered, ValidationError):
            return Page(problem=words("listen.unanswered"))

    async def pull(self, over: OverRow, words: Words) -> Answer:
        """Puts an over into the queue; what came of it."""
        says = words("say.pull", at=wall_clock(over.said_at))
        asked = PullOver(alarm="", over=over.id)
        outcome = await self._orders.carry_out(Command("pull", says, (asked,), undoable=False), "")
        why = "; ".join(one.zh if words.language == "zh" else one.en for one in outcome.problems)
        return Answer(done=outcome.ending == "done", says=words(f"line.{outcome.ending}", what=says, why=why))
