"""What the consoles show: rows of the board, whole or as changes.

Rows carry times and codes, never sentences or ages: wording, language and counting belong to the console.
"""

from datetime import date
from typing import Any, Literal

from bus.messages.base import Exercise, Message, Priority, Utc, Value


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


class SightingRow(Value):
    """What was said of an incident from its scene, and the certainty it would have by that."""

    certainty: str
    why: str
    """nothing-showing or seen."""
    unit: str | None = None
    clip: str
    text: str
    at: Utc


class TimerRow(Value):
    """One timer that runs for a row: consoles count down themselves."""

    kind: str
    """answer, decide, review, caller, sign, arrival, scene, feedback or contact."""
    since: Utc
    due: tuple[Utc, ...]
    """When each rung is reached, those behind us included."""
    muted_until: Utc | None = None


class OfferRow(Value):
    """Offered to an agency, by whom and since when; it has not answered."""

    to: str
    by: str
    """Login."""
    since: Utc
    reason: str


TeamOrderState = Literal["ORDERED", "SIGNED", "DELEGATED", "RECALLED"]


class TeamOrderRow(Value):
    """An order to a team's desk, and how far it is: ORDERED, SIGNED, DELEGATED or RECALLED."""

    team: str
    state: TeamOrderState
    since: Utc
    over_the_head: bool = False
    """The centre named the units, for the desk took too long."""
    grant: str | None = None
    """What an order to another agency's team rests on, as `AssignmentRow` has it."""


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


class IncidentRow(Value):
    """One open incident."""

    id: str
    no: int
    number_day: date | None = None
    """The site's day of its number, where a later incident has the number too."""
    type: str
    priority: Priority
    place: str | None
    summary: str
    state: str
    step: str
    """UNSENT, SENT, SIGNED, ENROUTE or ONSCENE: the furthest live assignment."""
    first_alarm_at: Utc
    returned_at: Utc | None = None
    """When it came back to wait again: it stands before its equals."""
    review_at: Utc | None = None
    disposition: str | None = None
    certainty: str = "possible"
    """CAP 1.2: possible, likely or observed."""
    sighting: SightingRow | None = None
    alarms: int = 0
    exercise: Exercise = "actual"
    lead: str | None = None
    """The agency whose matter it is."""
    assist: tuple[str, ...] = ()
    offer: OfferRow | None = None
    teams: tuple[TeamOrderRow, ...] = ()
    merged: dict[str, int] = {}
    """Incidents that were merged into it: their ids and numbers."""
    timers: tuple[TimerRow, ...] = ()
    version: int


class AssignmentRow(Value):
    """One unit on one incident. Status lives here, never on the unit alone."""

    id: str
    incident: str
    unit: str
    state: str
    stamps: dict[str, Utc]
    """When each step was reached, by state name."""
    inferred: tuple[str, ...] = ()
    """Steps nobody reported, stamped because a later one was."""
    evidence: dict[str, str] = {}
    """Clip or quote behind a step."""
    grant: str | None = None
    """What an order to another agency's unit rests on: a grant's number, or `priority-0`."""
    after: str | None = None
    """The order of its unit that comes first, as long as that is not done."""
    recall: Literal["open", "heard"] | None = None
    """Whether the unit, called off, has said that it heard it."""
    timers: tuple[TimerRow, ...] = ()
    version: int


class UnitRow(Value):
    """One unit of the site."""

    id: str
    team: str
    agency: str
    state: str
    """Stored state, or RESERVED / COMMITTED derived from its assignments."""
    overlays: tuple[str, ...] = ()
    """What lies over the state: NO_CONTACT, EMERGENCY."""
    step: str | None = None
    since: Utc | None = None
    """When what is shown of it began: its step, or its own state."""
    skills: tuple[str, ...] = ()
    incident: str | None = None
    """The incident it works on now; others wait stacked."""
    recalls: tuple[int, ...] = ()
    """Numbers of the incidents it was called off and has not said that it heard it."""
    reason: str | None = None
    place: str | None = None
    place_at: Utc | None = None
    last_heard_at: Utc | None = None
    radios: tuple[str, ...] = ()
    """Ids of its radios: of the site file, and those people gave it."""
    timers: tuple[TimerRow, ...] = ()
    version: int


class RadioRow(Value):
    """A radio that was heard, or that somebody gave to a unit; `id` is `<signalling>:<id>`."""

    id: str
    unit: str | None = None
    """Whose it is: as a person said, else by the site file. Nothing authenticates a radio's id."""
    named_by: str | None = None
    """Login of who said so; None: the site file, or nobody."""
    heard: int = 0
    last_heard_at: Utc | None = None
    channel: str | None = None
    """`<box>/<channel>` it was last heard on."""
    version: int


class NoteRow(Value):
    """What one shift tells the next."""

    id: str
    kind: Literal["work", "important", "shift"]
    text: str
    by: str
    at: Utc


class HandoverRow(Value):
    """A handover that is not signed by both yet, or the last one that was."""

    id: str
    outgoing: str
    """Login."""
    incoming: str | None = None
    """Login of whoever read the first line."""
    opened_at: Utc
    notes: tuple[NoteRow, ...] = ()
    read: tuple[str, ...] = ()
    """Keys of the lines that were read; request `brief` gives the lines."""
    outgoing_signed_at: Utc | None = None
    incoming_signed_at: Utc | None = None
    responsible: tuple[str, ...] = ()
    """Logins: both until both have signed."""
    version: int


class GrantRow(Value):
    """One agency lets another order its units; it holds once it is signed."""

    id: str
    no: int
    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident: str | None = None
    until: Utc | None = None
    reason: str = ""
    asked_by: str
    signed_by: str | None = None
    version: int


class OverRow(Value):
    """One over heard on a channel, with its words or the reason there are none."""

    id: str
    gateway: str
    channel: str
    said_at: Utc
    seconds: float
    text: str | None
    gated: str | None = None
    engine: str | None = None
    intent: str | None = None
    units: tuple[str, ...] = ()
    confidence: float | None = None
    alarm: str | None = None
    callers: tuple[str, ...] = ()
    """Keys of the radios that transmitted, in the order heard; `RadioRow` says whose they are."""
    place: str | None = None
    type: str | None = None
    clip: str | None = None
    """Name of the recording; None when it is kept no longer."""


class TimelineRow(Value):
    """One thing that happened. `what` is a code; `params` fills the console's sentence for it."""

    id: str
    seq: int
    object: str
    object_id: str
    incident: str | None
    at: Utc
    said_at: Utc | None = None
    actor: str
    authority: str = ""
    """In which role, or on which grant."""
    what: str
    params: dict[str, Any] = {}
    clip: str | None = None
    confidence: float | None = None


class DeviceRow(Value):
    """A box, a line, a channel, what speaks on one, or the centre's ear."""

    id: str
    kind: Literal["gateway", "line", "channel", "transmitter", "speech"]
    state: str
    since: Utc
    detail: str = ""
    reason: str | None = None
    """Of a transmitter, why its latest request waits or was not spoken; see `TxReason`."""
    muted: bool = False


class Names(Value):
    """What the site calls its things, in each of its languages."""

    site: dict[str, str]
    places: dict[str, dict[str, str]]
    types: dict[str, dict[str, str]]
    units: dict[str, dict[str, str]]
    teams: dict[str, dict[str, str]]
    agencies: dict[str, dict[str, str]]
    lines: dict[str, dict[str, str]] = {}
    """Patrol lines."""
    priorities: dict[str, int]
    """Incident type to its priority."""
    spoken: dict[str, tuple[str, ...]] = {}
    """Place id to every name people use for it, in all languages: the command line accepts them."""


class Tables(Value):
    """Rows of each table."""

    alarms: tuple[AlarmRow, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()
    assignments: tuple[AssignmentRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    overs: tuple[OverRow, ...] = ()
    radios: tuple[RadioRow, ...] = ()
    handovers: tuple[HandoverRow, ...] = ()
    grants: tuple[GrantRow, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    devices: tuple[DeviceRow, ...] = ()


class Snapshot(Message):
    """Every table as of change `n` of the centre's boot."""

    boot: str
    n: int
    at: Utc
    names: Names
    tables: Tables


class BoardChange(Message):
    """What one commit changed, whole: a console never shows half a command."""

    boot: str
    n: int
    at: Utc
    rows: Tables
    gone: dict[str, tuple[str, ...]] = {}
    """Table name to ids that left the board."""


class Beat(Message):
    """Every 2 s: the centre lives, and this is its newest change."""

    boot: str
    n: int
    at: Utc


class LiveText(Message):
    """An over that is still running: who speaks, how loud, and the words so far."""

    over: str
    channel: str
    text: str
    gateway: str = ""
    since: Utc | None = None
    caller: str | None = None
    """The radio's own id, as its signalling gave it."""
    unit: str | None = None
    """The unit that carries this radio."""
    level_dbfs: float | None = None
    """Of the last chunk heard."""
    done: bool = False
    """The over has ended; its words come with the board."""
