"""How much was done within how long: a rising curve, and the points standards ask it to pass above."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.statistics.percentiles import Samples
from intake.statistics.targets import Reached, within
from tongpin.report.spans import edge, share
from tongpin.report.svg import line, picture, tag, text

WIDTH, HEIGHT = 400.0, 260.0
_LEFT, _RIGHT, _TOP, _FLOOR = 46.0, 388.0, 14.0, 226.0
_STEPS = 120

SCALE: dict[str, tuple[float, float]] = {
    "answer": (60, 15),
    "processing": (150, 30),
    "sign": (180, 30),
    "arrival": (15 * 60, 3 * 60),
}
"""Interval → seconds across, and from one number below to the next: wide enough for all its targets."""


@dataclass(frozen=True)
class Point:
    """One or more targets that ask the same; `met` None: no share is asked for."""

    seconds: float
    percent: float | None
    met: bool | None
    reached: float | None
    standards: str


def points(targets: tuple[Reached, ...], interval: str) -> tuple[Point, ...]:
    """The targets of an interval, those that ask the same as one."""
    found: dict[tuple[float, float | None], list[Reached]] = {}
    for one in targets:
        if one.target.interval == interval:
            found.setdefault((one.target.seconds, one.target.percent), []).append(one)
    return tuple(
        Point(*asked, same[0].met, same[0].share, ", ".join(each.target.standard for each in same))
        for asked, same in found.items()
    )


def curve_chart(samples: Samples, interval: str, asked: tuple[Point, ...], *, label: str) -> str:
    """Percent done (up) within seconds (across)."""
    across, step = SCALE[interval]

    def x(seconds: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * seconds / across

    def y(percent: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * percent / 100

    parts = []
    for percent in (0, 25, 50, 75, 100):
        parts.append(line(_LEFT, y(percent), _RIGHT, y(percent), "grid" if percent else "axis"))
        parts.append(text(_LEFT - 8, y(percent) + 5, f"{percent} %", "tick", "end"))
    below = (number * step for number in range(int(across / step) + 1))
    parts.extend(text(x(at), _FLOOR + 20, _short(at), "tick", "middle") for at in below)
    if samples.seconds:
        way = [(x(at), y(done)) for at, done in _rising(samples, across)]
        drawn = " L".join(f"{left:.1f},{up:.1f}" for left, up in way)
        parts.append(tag("path", d=f"M{_LEFT},{_FLOOR} L{drawn} L{_RIGHT},{_FLOOR} Z", class_="area"))
        parts.append(tag("path", d=f"M{drawn}", class_="curve"))
    for point in asked:
        if point.percent is None:
            parts.append(line(x(point.seconds), _TOP, x(point.seconds), _FLOOR, "rule"))
        else:
            parts.append(tag("circle", cx=x(point.seconds), cy=y(point.percent), r=6, class_=colour(point)))
    return picture(WIDTH, HEIGHT, *parts, label=label)


def asks(point: Point) -> str:
    """What a point stands for: `90 % · 15 s`."""
    limit = f"≤ {edge(point.seconds)}"
    return limit if point.percent is None else f"{point.percent:.0f} % {limit}"


def stands(point: Point) -> str:
    """What was reached of it."""
    return share(point.reached)


def colour(point: Point) -> str:
    """The class a point is drawn in."""
    return {True: "met", False: "missed", None: "open"}[point.met]


def _rising(samples: Samples, across: float) -> Iterator[tuple[float, float]]:
    for step in range(_STEPS + 1):
        at = across * step / _STEPS
        yield at, 100 * within(samples, at) / len(samples.seconds)


def _short(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 3 * 60 or seconds % 60 else f"{seconds / 60:.0f} min"
