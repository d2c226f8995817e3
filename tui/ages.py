"""Ages: the seconds since something, short enough for a column."""

from datetime import datetime


def seconds_since(at: datetime, now: datetime) -> float:
    """Never negative: another machine's clock may be a little ahead of ours."""
    return max(0.0, (now - at).total_seconds())


def clock_age(seconds: float) -> str:
    """`0:41`, `12:07`, `1h05`, `9h59`, `2d04`: at most five cells below a hundred days."""
    whole = int(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    if whole < 36_000 * 10:
        return f"{whole // 3600}h{whole % 3600 // 60:02d}"
    return f"{whole // 86_400}d{whole % 86_400 // 3600:02d}"


def short_age(seconds: float) -> str:
    """`8s`, `3m`, `5h`, `2d`: at most three cells below a hundred days."""
    whole = int(seconds)
    for limit, size, unit in ((100, 1, "s"), (6000, 60, "m"), (360_000, 3600, "h")):
        if whole < limit:
            return f"{whole // size}{unit}"
    return f"{whole // 86_400}d"


def wall_clock(at: datetime) -> str:
    """`14:03:22` where the console stands."""
    return at.astimezone().strftime("%H:%M:%S")
