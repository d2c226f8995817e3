"""Asks the centre whom to send."""

from pydantic import ValidationError

from bus.errors import LinkError
from bus.messages.verbs import AskAdvice
from tui.advice import Advice, Ranking
from tui.errors import NotAnswered
from tui.feed import Feed


class Adviser:
    """One console's questions."""

    def __init__(self, feed: Feed) -> None:
        self._desk = feed.desk

    async def ask(self, key: str) -> Advice | None:
        """For the alarm or incident of a row's key; None without an answer, or when the row is gone."""
        kind, _, id_ = key.partition(":")
        try:
            reply = await self._desk.ask(AskAdvice.model_validate({kind: id_}))
            return Advice(key, Ranking.model_validate(reply.result or {}).units)
        except (LinkError, NotAnswered, ValidationError):
            return None
