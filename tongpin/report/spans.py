"""Lengths of time as people read them."""

_MINUTE, _HOUR = 60, 3600
_SHORT = 10


def span(seconds: float | None) -> str:
    """`4.2 s`, `37 s`, `5:07`, `1:02:03`; a dash for None."""
    if seconds is None:
        return "–"
    if seconds < _SHORT:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, _MINUTE)
    if whole < _HOUR:
        return f"{minutes}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def edge(seconds: float) -> str:
    """The end of a bucket: `30 s`, `5 min`, `2 h`, whichever is whole."""
    if seconds % _HOUR == 0:
        return f"{seconds / _HOUR:.0f} h"
    if seconds % _MINUTE == 0 and seconds > 3 * _MINUTE:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds:.0f} s"


def share(percent: float | None) -> str:
    """`93.4 %`; a dash for None."""
    return "–" if percent is None else f"{percent:.1f} %"
