"""Figures as lines: how many by the hour, how long each interval took, what standards ask. Pure."""

from collections.abc import Iterator, Sequence

from tui.ages import span
from tui.figures import Buckets, Figures, Group, Spread, Target
from tui.view.line import Line, Piece, column
from tui.view.sight import Sight
from tui.words import Words

FEW = 20
"""Fewer samples than this carry a `*`: too few to lean on."""

_PERCENTS = ("p50", "p75", "p90", "p95", "p99")
_BARS, _HOUR, _AXIS = 6, 3, 5
"""Lines of the plot by hour, cells an hour, cells of its axis."""


def statistics_lines(sight: Sight, figures: Figures, width: int) -> list[Line]:
    """All of it; every line can be scrolled to."""
    words = sight.words
    parts = (
        _counts(words, figures, width),
        _by_hour(words, figures.groups.get("hour", ()), width),
        _intervals(words, figures, width),
        _targets(words, figures, width),
        _buckets(words, figures, width),
    )
    lines = [line for part in parts for line in part]
    return [Line(f"figure:{n}", line) for n, line in enumerate(lines)]


def _counts(words: Words, figures: Figures, width: int) -> Iterator[tuple[Piece, ...]]:
    counts = figures.counts
    told = {**counts.model_dump(exclude={"dismissed"}), "dismissed": sum(counts.dismissed.values())}
    yield (column(f" {words('figures.counts', **told)}", width, "bold ink"),)
    yield (column(f" {words('figures.left', **told)}", width, "dim"),)


def _by_hour(words: Words, hours: Sequence[Group], width: int) -> Iterator[tuple[Piece, ...]]:
    """`#` became an incident, `:` did not; midnight at the left."""
    of = {int(one.key): one for one in hours}
    most = max((max(one.alarms, one.incidents) for one in hours), default=0)
    step = max(-(-most // _BARS), 1)
    yield _head(words("figures.by_hour", step=step), width)
    for level in range(_BARS, 0, -1):
        floor = step * (level - 1)
        bars = "".join(_bar(of.get(hour), floor) for hour in range(24))
        yield (column(f"{step * level} |", _AXIS, "dim", right=True), column(bars, width - _AXIS, "cyan"))
    ends = "".join(f"{hour:02d} " for hour in range(24))
    yield (Piece(" " * _AXIS), column(ends, width - _AXIS, "dim"))


def _bar(one: Group | None, floor: int) -> str:
    if one is None or max(one.alarms, one.incidents) <= floor:
        return " " * _HOUR
    return "## " if one.incidents > floor else ":: "


def _intervals(words: Words, figures: Figures, width: int) -> Iterator[tuple[Piece, ...]]:
    yield _head(words("figures.intervals"), width)
    yield _row(words("figures.interval"), "n", _PERCENTS, words("figures.without"), width, "dim")
    for name, of in figures.intervals.items():
        times = tuple(span(getattr(of, percent)) for percent in _PERCENTS)
        yield _row(_interval(words, name), _n(of.n), times, _without(of), width, "ink" if of.n else "dim")


def _row(name: str, n: str, times: tuple[str, ...], without: str, width: int, role: str) -> tuple[Piece, ...]:
    figures = [column(each, 7, role, right=True) for each in times]
    left = column(f"  {without}", width - 24 - 6 - 7 * len(times), "dim")
    return (column(f" {name}", 24, role), column(n, 6, role, right=True), *figures, left)


def _targets(words: Words, figures: Figures, width: int) -> Iterator[tuple[Piece, ...]]:
    yield _head(words("figures.targets"), width)
    for one in figures.targets:
        yield _target(words, one, width)


def _target(words: Words, one: Target, width: int) -> tuple[Piece, ...]:
    role = {True: "green", False: "bold red", None: "ink" if one.n else "dim"}[one.met]
    asks = f"<= {span(one.seconds)}"
    if one.percent is not None:
        asks = f"{one.percent:.0f} % {asks}"
    verdict = {True: words("figures.met"), False: words("figures.missed"), None: ""}[one.met]
    share = "-" if one.share is None else f"{one.share:.1f} %"
    bar = "" if one.share is None else "#" * round(one.share / 10)
    return (
        column(f" {one.standard}", 21, "ink"),
        column(_interval(words, one.interval), 11, "dim"),
        column(asks, 13, "dim"),
        column(f"[{bar:<10}]", 13, role),
        column(share, 7, role, right=True),
        column(_n(one.n), 5, "dim", right=True),
        column(f"  {verdict}", max(width - 70, 0), role),
    )


def _buckets(words: Words, figures: Figures, width: int) -> Iterator[tuple[Piece, ...]]:
    yield _head(words("figures.buckets"), width)
    for one in figures.buckets:
        text = "  ".join(f"{name} {share:.0f}%" for name, share in _named(one))
        yield (
            column(f" {_interval(words, one.interval)}", 12, "ink"),
            column(_n(sum(one.counts)), 6, "dim", right=True),
            column(f"  {text}", width - 18, "ink" if sum(one.counts) else "dim"),
        )


def _named(of: Buckets) -> Iterator[tuple[str, float]]:
    names = (*(f"<={span(edge)}" for edge in of.edges), f">{span(of.edges[-1])}")
    yield from zip(names, of.shares, strict=True)


def _interval(words: Words, name: str) -> str:
    key = f"interval.{name}"
    return words(key) if key in words else name


def _without(of: Spread) -> str:
    return f"{of.inferred} {of.backward}" if of.inferred or of.backward else ""


def _n(n: int) -> str:
    return f"{n}*" if 0 < n < FEW else str(n)


def _head(text: str, width: int) -> tuple[Piece, ...]:
    return (column(f" {text}", width, "bold cyan"),)
