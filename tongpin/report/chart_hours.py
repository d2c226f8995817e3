"""Alarms by hour of the day: one bar an hour, what became an incident darker."""

from intake.statistics.groups import Group
from tongpin.report.scales import ticks
from tongpin.report.svg import box, line, picture, text

WIDTH, HEIGHT = 1280.0, 250.0
_LEFT, _TOP, _FLOOR = 44.0, 22.0, 214.0
_HOURS = 24


def hours_chart(groups: tuple[Group, ...], *, label: str, alarms: str, incidents: str) -> str:
    """`groups` are the lines of the dimension `hour`."""
    by_hour = {int(group.key): group for group in groups}
    steps = ticks(max((max(group.alarms, group.incidents) for group in groups), default=0))
    top = steps[-1]
    step = (WIDTH - _LEFT) / _HOURS

    def y(value: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * value / top

    parts = []
    for value in steps:
        parts.append(line(_LEFT, y(value), WIDTH, y(value), "grid" if value else "axis"))
        parts.append(text(_LEFT - 10, y(value) + 5, f"{value}", "tick", "end"))
    for hour in range(_HOURS):
        x, group = _LEFT + step * hour, by_hour.get(hour)
        parts.append(text(x + step / 2, _FLOOR + 22, f"{hour:02d}", "tick", "middle"))
        if group is not None:
            parts.append(box(x + 6, y(group.alarms), step - 12, _FLOOR - y(group.alarms), "light", 2))
            parts.append(box(x + 6, y(group.incidents), step - 12, _FLOOR - y(group.incidents), "strong", 2))
            above = y(max(group.alarms, group.incidents)) - 6
            parts.append(text(x + step / 2, above, f"{group.alarms}", "value", "middle"))
    key = (
        box(WIDTH - 330, 0, 13, 13, "light", 2),
        text(WIDTH - 311, 12, alarms, "tick"),
        box(WIDTH - 170, 0, 13, 13, "strong", 2),
        text(WIDTH - 151, 12, incidents, "tick"),
    )
    return picture(WIDTH, HEIGHT, *parts, *key, label=label)
