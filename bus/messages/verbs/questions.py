"""Questions: they change nothing."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Exercise, Utc, Value

CLIP_PIECE = 48 * 1024
"""Bytes of a recording in one reply."""


class AskSnapshot(Value):
    """Gives a `Snapshot`."""


class AskTimeline(Value):
    """Gives `{"rows": [TimelineRow…]}` of one object, oldest first."""

    object_id: str


class Find(Value):
    """Overs, newest first. Gives `{"rows": [OverRow…], "more", "count", "upto"}`.

    Without `upto` the answer says how many there are in all, and up to where that is: with it, further pages
    (`skip`) are of the same overs, whatever has been said meanwhile, and are not counted again. `words` in
    Chinese or English, all of them, each as a beginning; a "quoted phrase" as a whole. `since` is within,
    `until` is not. `gated` true: only overs without words; false: only those with words.
    """

    words: str = Field(default="", max_length=400)
    unit: str | None = None
    place: str | None = None
    channel: str | None = None
    since: Utc | None = None
    until: Utc | None = None
    gated: bool | None = None
    upto: int | None = Field(default=None, ge=0)
    skip: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=100, ge=1, le=200)


class AskClip(Value):
    """A piece of a recording. Gives `{"data", "size"}`: base64, and the whole's bytes.

    Pieces are `CLIP_PIECE` bytes but for the last; ask for the next at `offset` plus what came. Observers
    may not listen.
    """

    clip: str
    """Its name, as rows and timeline lines have it."""
    offset: int = Field(default=0, ge=0)
    format: Literal["flac", "wav"] = "flac"
    """`wav` for players that know nothing else."""


class AskAdvice(Value):
    """Whom to send to an alarm or an incident, one of the two.

    Gives `{"units": [{"unit", "minutes", "points", "reasons", "bar", "how", "rung"}…]}`, best first, those
    that are not proposed last, with their `bar`.
    """

    alarm: str | None = None
    incident: str | None = None


class AskPatrol(Value):
    """Gives `{"points", "lines", "checks"}` as they stand: visits due and overdue, walks, who is missing."""


class AskStatistics(Value):
    """Gives the figures of the last hours as `tongpin report --json` does, without the marks."""

    hours: int = Field(default=24, ge=1, le=31 * 24)
    of: Exercise = "actual"


class AskOperators(Value):
    """Gives `{"seats"}`: who signed in last at each console, in which role, since when, last heard when."""


class AskBrief(Value):
    """Gives `{"lines": [{"key", "kind", "facts"}]}`: what the next shift must read, as the board stands."""

    handover: str
