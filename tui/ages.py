"""Ages: the seconds since something, short enough for a column."""

from datetime import datetime


def seconds_since(at: datetime, now: datetime) -> float:
    """Never negative: another machine's clock may be a little ahead of ours."""
    return max(0.0, (now - at).total_seconds())


_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def clock_age(seconds: float) -> str:
    """`0:41`, `12:07`, `1h05`, `99h59`, `4d04`: at most five cells below a hundred days."""
    whole = int(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}:{whole % _MINUTE:02d}"
    if whole < 100 * _HOUR:
        return f"{whole // _HOUR}h{whole % _HOUR // _MINUTE:02d}"
    return f"{whole // _DAY}d{whole % _DAY // _HOUR:02d}"


def short_age(seconds: float) -> str:
    """`8s`, `3m`, `5h`, `2d`: at most three cells below a hundred days."""
    whole = int(seconds)
    for limit, size, unit in ((100, 1, "s"), (100 * _MINUTE, _MINUTE, "m"), (100 * _HOUR, _HOUR, "h")):
        if whole < limit:
            return f"{whole // size}{unit}"
    return f"{whole // _DAY}d"


def span(seconds: float | None) -> str:
    """How long something took: `4.2s`, `37s`, `5:07`, `1h02`; a dash for None."""
    if seconds is None:
        return "-"
    if seconds < _TENTHS:
        return f"{seconds:.1f}s"
    return f"{seconds:.0f}s" if seconds <= _SECONDS else clock_age(seconds)


_TENTHS, _SECONDS = 10, 99


def wall_clock(at: datetime) -> str:
    """`14:03:22` where the console stands."""
    return at.astimezone().strftime("%H:%M:%S")
