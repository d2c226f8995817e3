"""The report's lines as words and figures, whatever draws them: a terminal or a page."""

from collections.abc import Iterator

from intake.statistics.buckets import Buckets
from intake.statistics.groups import Group
from intake.statistics.percentiles import Spread
from intake.statistics.tables import Report
from tongpin.report.names import Naming
from tongpin.report.spans import edge, share, span
from tongpin.words import Words

Row = tuple[str, ...]


def period_line(report: Report, words: Words) -> str:
    """From when to when, as asked."""
    since, until = (
        at.astimezone(report.period.zone).strftime("%Y-%m-%d %H:%M") if at else words(otherwise)
        for at, otherwise in (
            (report.period.since, "report.from_first"),
            (report.period.until, "report.to_last"),
        )
    )
    line = words("report.period", since=since, until=until)
    return line if report.of == "actual" else f"{line} · {words(f'report.{report.of}')}"


def count_rows(report: Report, words: Words) -> Iterator[Row]:
    """What was counted; lines of nothing are left out, but for the three that matter."""
    counts = report.counts
    for name in ("alarms", "incidents", "orders"):
        yield words(f"count.{name}"), str(getattr(counts, name))
    reasons = (
        (words("count.dismissed", reason=words.name("reason", reason)), n)
        for reason, n in sorted(counts.dismissed.items())
    )
    plain = ("linked", "waiting", "repeats", "releases", "unarrived", "held", "system")
    others = words(f"others.{report.of}")
    rows = (
        *reasons,
        *((words(f"count.{name}"), getattr(counts, name)) for name in plain),
        (words("count.set_aside", others=others), counts.set_aside),
    )
    yield from ((what, str(n)) for what, n in rows if n)
    if counts.held:
        yield words("count.held_s"), span(counts.held_s)


def spread_rows(report: Report, words: Words) -> Iterator[Row]:
    """One line an interval: what, n, five percentiles, what was left out."""
    for name, of in report.spreads.items():
        times = (span(each) for each in (of.p50, of.p75, of.p90, of.p95, of.p99))
        yield words(f"interval.{name}"), counted(of), *times, str(of.inferred), str(of.backward)


def target_rows(report: Report, words: Words) -> Iterator[Row]:
    """One line a target: standard, interval, what it asks, what was reached, n, the verdict."""
    for one in report.targets:
        target = one.target
        verdict = "" if one.met is None else words("verdict.met" if one.met else "verdict.missed")
        key = "target.tells" if target.percent is None else "target.asks"
        asked = words(key, percent=target.percent or 0, within=edge(target.seconds))
        name = words(f"interval.{target.interval}")
        yield target.standard, name, asked, share(one.share), str(one.n), verdict


def bucket_cells(of: Buckets) -> list[tuple[str, str]]:
    """Name of each bucket and its share."""
    starts = ("0", *(edge(each) for each in of.edges))
    ends = [edge(each) for each in of.edges]
    names = [f"{start} – {end}" for start, end in zip(starts, ends, strict=False)] + [f"> {ends[-1]}"]
    return [(name, share(each) if of.n else "–") for name, each in zip(names, of.shares, strict=True)]


def group_row(dimension: str, group: Group, naming: Naming) -> Row:
    """One line of a dimension."""
    numbers = (str(each) if each else "" for each in (group.alarms, group.incidents, group.orders))
    spreads = (group.answer, group.sign, group.arrival, group.response)
    return naming.key(dimension, group.key), *numbers, *(pair(each) for each in spreads)


def account_rows(report: Report) -> Iterator[Row]:
    """One line an account."""
    for one in report.accounts:
        figures = (one.alarms, one.decided, one.false, one.tests)
        yield one.account, *(str(each) for each in figures), share(one.rate)


def counted(of: Spread) -> str:
    """The number of samples, with the mark of too few."""
    return f"{of.n}*" if of.few and of.n else str(of.n)


def pair(of: Spread) -> str:
    """The half and the nine in ten."""
    return f"{span(of.p50)} · {span(of.p90)}{'*' if of.few else ''}" if of.n else ""
