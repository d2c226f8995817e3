"""Lines of bars: teams by their times, categories by their numbers, bulletins by their buckets."""

from intake.statistics.buckets import Buckets
from intake.statistics.percentiles import Spread
from tongpin.report.lines import bucket_cells
from tongpin.report.scales import ticks
from tongpin.report.spans import span
from tongpin.report.svg import box, line, picture, text

WIDTH = 620.0
_NAME, _FIGURE, _ROW = 150.0, 100.0, 34.0
_PLAIN = 8.0
"""Percent of the width below which a bucket has no room for its number."""


def spreads_chart(rows: list[tuple[str, Spread]], *, label: str, limit_s: float) -> str:
    """A thick bar to the half, a thin line on to nine in ten, a rule at the limit."""
    longest = max([limit_s * 1.2, *(of.p90 or 0 for _, of in rows)])
    room = WIDTH - _NAME - _FIGURE - 8

    def x(seconds: float) -> float:
        return _NAME + room * seconds / longest

    height = _ROW * len(rows) + 8
    parts = [line(x(limit_s), 0, x(limit_s), height, "rule")]
    for number, (name, of) in enumerate(rows):
        y = _ROW * number + 6
        parts.append(text(_NAME - 12, y + 17, name, "name", "end"))
        if of.p50 is None or of.p90 is None:
            parts.append(text(_NAME, y + 17, "–", "tick"))
            continue
        parts.append(box(x(0), y + 2, x(of.p50) - x(0), 20, "strong", 2))
        parts.append(box(x(of.p50), y + 9, x(of.p90) - x(of.p50), 6, "light", 3))
        figures = f"{span(of.p50)} · {span(of.p90)}"
        parts.append(text(x(of.p90) + 8, y + 17, figures, "value"))
        parts.append(text(WIDTH, y + 17, f"{of.n}", "tick", "end"))
    return picture(WIDTH, height, *parts, label=label)


def counts_chart(rows: list[tuple[str, int, int]], *, label: str) -> str:
    """Name, alarms (light), incidents (dark)."""
    most = ticks(max((max(alarms, incidents) for _, alarms, incidents in rows), default=0))[-1]
    room = WIDTH - _NAME - 70
    parts = []
    for number, (name, alarms, incidents) in enumerate(rows):
        y = _ROW * number + 6
        parts.append(text(_NAME - 12, y + 17, name, "name", "end"))
        parts.append(box(_NAME, y + 2, room * alarms / most, 20, "light", 2))
        parts.append(box(_NAME, y + 2, room * incidents / most, 20, "strong", 2))
        end = _NAME + room * max(alarms, incidents) / most + 8
        parts.append(text(end, y + 17, f"{alarms} · {incidents}", "value"))
    return picture(WIDTH, _ROW * len(rows) + 8, *parts, label=label)


def buckets_chart(of: Buckets, *, label: str) -> str:
    """One bar of a hundred percent, the first bucket darkest, each bucket's name below its part."""
    parts = []
    x = 0.0
    cells = bucket_cells(of)
    for number, ((name, shown), percent) in enumerate(zip(cells, of.shares, strict=True)):
        width = WIDTH * percent / 100
        parts.append(box(x, 0, max(width - 2, 0), 30, f"shade{number}", 2))
        if percent >= _PLAIN:
            parts.append(text(x + 8, 20, shown, f"on{number}"))
        x += width
        left = WIDTH * number / len(cells)
        parts.append(box(left, 42, 10, 10, f"shade{number}", 2))
        parts.append(text(left + 15, 52, name, "small"))
        parts.append(text(left + 15, 68, shown, "small"))
    return picture(WIDTH, 74, *parts, label=label)
