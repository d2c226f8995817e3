"""Units and their radios."""

from bus.messages.base import Utc, Value
from bus.messages.board.timers import TimerRow


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
