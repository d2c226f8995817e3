"""The time stamp of a DC-09 frame: `_HH:MM:SS,MM-DD-YYYY`, in UTC (though some panels send local time)."""

from datetime import UTC, datetime
from typing import Final

PATTERN: Final = r"_(?P<stamp>\d{2}:\d{2}:\d{2},\d{2}-\d{2}-\d{4})"

_FORMAT: Final = "%H:%M:%S,%m-%d-%Y"


def parse(text: str) -> datetime | None:
    """Return the time, `None` when there is no such time (24:00, month 13)."""
    try:
        return datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def written(at: datetime) -> str:
    """Return `at` (aware) as a frame carries it, with its underscore."""
    return "_" + at.astimezone(UTC).strftime(_FORMAT)
