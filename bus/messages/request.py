"""What a console asks of the centre, and the answer.

The verb is the last level of the topic; its arguments are a model of `bus.messages.verbs`. A request repeated
under the same `id` gets the first answer again and changes nothing twice.
"""

from typing import Any

from bus.messages.base import Message, Value


class Request(Message):
    """One question or command."""

    id: str
    console: str
    session: str | None = None
    args: dict[str, Any] = {}


class Problem(Value):
    """Why not: a code for programs, a sentence for people."""

    code: str
    en: str
    zh: str
    field: str | None = None
    by: str | None = None
    """Who stands in the way, when it is a person."""


class Reply(Message):
    """Exactly one of `result` and `error` is set."""

    id: str
    result: dict[str, Any] | None = None
    error: Problem | None = None
