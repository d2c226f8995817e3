"""What an operator does for the desk itself, and has said on the channel."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Value


class SignIn(Value):
    """Gives `{"session", "login", "name", "role"}`."""

    login: str
    password: str


class Say(Value):
    """Have a box say this on its channel within so many seconds, or not at all.

    Without `channel` on the only one there is.
    """

    text: str = Field(min_length=1, max_length=400)
    channel: str | None = None
    priority: int = Field(default=2, ge=0, le=4)
    within_s: int = Field(default=60, ge=5, le=120)


class Hush(Value):
    """Mute the transmitter of a channel, or, with `on` false, let it speak again."""

    channel: str | None = None
    on: bool = True


class MuteTimer(Value):
    """Let a timer wait; `kind` and `id` name the object it runs for."""

    kind: Literal["alarm", "incident", "assignment", "unit"]
    id: str
    timer: str
    minutes: int = Field(ge=0, le=24 * 60)
    """0 ends a mute."""
    reason: str


class Undo(Value):
    """The last own action, within 10 s."""
