"""Handing over, as the centre has it: the brief, what was read, the signatures."""

from collections.abc import Sequence

from pydantic import ValidationError

from bus.errors import LinkError
from bus.messages.base import Value
from bus.messages.board import HandoverRow
from bus.messages.request import Reply
from bus.messages.verbs import AskBrief, LeaveNote, OpenHandover, ReadLines, SignHandover
from tui.errors import NotAnswered
from tui.feed import Feed
from tui.mirror import Mirror
from tui.orders import Answer
from tui.view.handover import BriefLine, is_open
from tui.words import Words


class Brief:
    """Asks the centre. What goes wrong comes back as a sentence."""

    def __init__(self, feed: Feed) -> None:
        self._desk = feed.desk

    async def lines(self, handover: str) -> Sequence[BriefLine] | None:
        """As the board stands; None when there was no answer."""
        try:
            reply = await self._desk.ask(AskBrief(handover=handover))
            return [BriefLine.model_validate(one) for one in (reply.result or {}).get("lines", ())]
        except (LinkError, NotAnswered, ValidationError):
            return None

    async def open(self, words: Words) -> Answer:
        """Begin to hand over."""
        return await self._done(OpenHandover(), words)

    async def read(self, handover: str, key: str, words: Words) -> Answer:
        """One line was read."""
        return await self._done(ReadLines(handover=handover, lines=(key,)), words)

    async def sign(self, handover: str, words: Words) -> Answer:
        """Sign."""
        return await self._done(SignHandover(handover=handover), words)

    async def note(self, handover: str, text: str, words: Words) -> Answer:
        """Leave a note that goes on until a later shift needs it no more."""
        return await self._done(LeaveNote(handover=handover, kind="important", text=text), words)

    async def _done(self, asked: Value, words: Words) -> Answer:
        try:
            reply = await self._desk.ask(asked)
        except LinkError:
            return Answer(done=False, says=words("listen.offline"))
        except NotAnswered:
            return Answer(done=False, says=words("listen.unanswered"))
        return Answer(done=reply.error is None, says=_why(reply, words))


def _why(reply: Reply, words: Words) -> str:
    if reply.error is None:
        return ""
    return reply.error.zh if words.language == "zh" else reply.error.en


def open_handover(mirror: Mirror, me: str) -> HandoverRow | None:
    """The one to work on: one's own, else one that waits for somebody or for oneself."""
    rows = [row for row in mirror.handovers.values() if is_open(row)]
    rows.sort(key=lambda row: (row.outgoing != me, row.incoming not in (me, None), row.opened_at))
    return next(iter(rows), None)
