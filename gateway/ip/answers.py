"""What a DC-09 message is answered, and which earlier message it repeats. Pure but for its short memory.

NAK tells a panel the right time. Panels whose clock cannot be set would send for ever, so one NAK an account
and minute is enough; in between they get their ACK. What was said under a wrong clock is stored all the same,
and the same message under the corrected clock is its repeat.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeVar

from gateway.line.panel_signals import Identity
from gateway.line.repeats import MAYBE_S
from hardware.panels.frame import NO_REPLY
from hardware.panels.sia_dc09.encode import ack_frame, duh_frame, nak_frame
from hardware.panels.sia_dc09.message import Message
from hardware.panels.sia_dc09.reader import Reading
from hardware.panels.sia_dc09.stamp import parse

OLDEST_S: Final = 40.0
NEWEST_S: Final = 20.0
"""A time stamp may be this far behind and ahead of our clock (SIA DC-09)."""

_NAK_EVERY_S: Final = 60.0
"""An account is told the time at most this often; some panels resend 18 s after a NAK, for ever."""
_REMEMBERED: Final = 1024
"""Accounts and messages remembered; whoever makes up more accounts is told the time again."""

T = TypeVar("T")

Answer = Literal["ack", "nak", "duh", "none"]


@dataclass(frozen=True)
class Verdict:
    """The answer to give once all is stored, and what makes the message the same as another."""

    answer: Answer
    identity: Identity
    message: Message | None

    def written(self, now: datetime) -> bytes:
        """The answer's bytes; a NAK carries `now`."""
        if self.message is None or self.answer == "none":
            return NO_REPLY
        if self.answer == "nak":
            return nak_frame(now)
        return duh_frame(self.message) if self.answer == "duh" else ack_frame(self.message, now)


class Answers:
    """The judge of one line. `window_s`: for how long a message without time stamp repeats an equal one."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._told: OrderedDict[str, float] = OrderedDict()
        """Account to when it was last told the time."""
        self._wrong: OrderedDict[str, tuple[float, str]] = OrderedDict()
        """What was said under a clock we corrected, without its stamp, to when, and its key."""

    def judge(self, reading: Reading, now: datetime, monotonic: float) -> Verdict:
        """The verdict on one reading at `now` (aware), `monotonic` seconds of the clock that never jumps."""
        message, record = reading.message, reading.record
        if message is None or message.identity is None:
            duh = message is not None and record.reply == "nak"
            return Verdict("duh" if duh else "none", Identity(record.raw, self._window_s), message)
        stale = record.reply == "ack" and _is_stale(message, now)
        tell = stale and self._may_tell(message.account or "", monotonic)
        identity = self._identity(message, message.identity, monotonic)
        if tell:
            _note(self._wrong, message.identity, (monotonic, identity.key))
            return Verdict("nak", identity, message)
        return Verdict("ack" if record.reply == "ack" else "none", identity, message)

    def _identity(self, message: Message, said: str, monotonic: float) -> Identity:
        heard_at, key = self._wrong.get(said, (0.0, ""))
        if key and monotonic - heard_at < _NAK_EVERY_S:
            return Identity(key, MAYBE_S)
        if message.stamp is None:
            return Identity(said, self._window_s)
        return Identity(f"{said} {message.stamp}", MAYBE_S)

    def _may_tell(self, account: str, monotonic: float) -> bool:
        told_at = self._told.get(account)
        if told_at is not None and monotonic - told_at < _NAK_EVERY_S:
            return False
        _note(self._told, account, monotonic)
        return True


def _is_stale(message: Message, now: datetime) -> bool:
    """A stamp that is no time at all is as wrong as an old one; none at all is not judged."""
    if message.stamp is None:
        return False
    at = parse(message.stamp)
    return at is None or not -OLDEST_S <= (at - now).total_seconds() <= NEWEST_S


def _note(memory: OrderedDict[str, T], key: str, value: T) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)
