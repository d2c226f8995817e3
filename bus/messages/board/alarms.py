"""Alarms, and what is proposed for them."""

from typing import Literal

from bus.messages.base import Exercise, Priority, Utc, Value
from bus.messages.board.agencies import OfferRow
from bus.messages.board.timers import TimerRow


class ReasonRow(Value):
    """One term of a proposal's score: its code, its points, and the value it rests on."""

    code: str
    points: int
    value: str = ""


class ProposalRow(Value):
    """What an alarm may belong to, the score, and what accepting it would make of both."""

    target: str
    kind: Literal["alarm", "incident"]
    score: int
    reasons: tuple[ReasonRow, ...] = ()
    priority: Priority
    certainty: str
    closed_no: int | None = None
    """The number of an incident that was closed shortly before: joining it opens it again."""


class AlarmRow(Value):
    """One alarm in the queue, or linked to an incident on the board."""

    id: str
    source: Literal["radio", "panel", "manual", "system"]
    source_id: str
    state: str
    type: str
    priority: Priority
    place: str | None
    text: str
    text_zh: str = ""
    """The panel's event in words; for speech and typed alarms `text` holds the words as they came."""
    parsed: bool
    said_at: Utc
    recorded_at: Utc
    clock_offset: float = 0.0
    """Seconds the source's clock is ahead of the centre's; flagged beyond 5 either way."""
    count: int = 1
    maybe_repeat: bool = False
    raw: str = ""
    account: str | None = None
    zone: str | None = None
    event_code: str | None = None
    qualifier: str | None = None
    restored_at: Utc | None = None
    caller_unit: str | None = None
    radio: str | None = None
    """The calling radio's key, `<signalling>:<id>`."""
    clip: str | None = None
    """The recording behind it, or the newest over that is its evidence."""
    words: str = ""
    """What was said in the overs that are its evidence, where the alarm came before its words."""
    confidence: float | None = None
    claimed_by: str | None = None
    claimed_at: Utc | None = None
    dismiss_wanted_by: str | None = None
    """Who asked to dismiss a priority 0 alarm; a second person must agree."""
    dismiss_reason: str | None = None
    incident: str | None = None
    link_kind: str | None = None
    proposals: tuple[ProposalRow, ...] = ()
    """What it may belong to, the best first."""
    behind: str | None = None
    """The alarm whose row it shares: the same signal of the same source, once more."""
    row_count: int = 0
    """Signals of the alarms that share its row, itself not counted."""
    exercise: Exercise = "actual"
    unseen: bool = False
    """It joined its incident by itself; it rings until somebody claims it, which is to have looked."""
    agency: str | None = None
    """Whose matter it is, where the site says."""
    offer: OfferRow | None = None
    timers: tuple[TimerRow, ...] = ()
    version: int
