"""The report as one page for the wall: HTML with its charts inside, nothing fetched from anywhere."""

from html import escape
from importlib.resources import files

from intake.statistics.percentiles import Spread
from intake.statistics.tables import Report
from intake.statistics.targets import within
from tongpin.report.chart_bars import buckets_chart, counts_chart, spreads_chart
from tongpin.report.chart_curve import SCALE, Point, asks, colour, curve_chart, points, stands
from tongpin.report.chart_hours import hours_chart
from tongpin.report.lines import account_rows, counted, period_line, spread_rows
from tongpin.report.names import Naming
from tongpin.report.spans import share, span
from tongpin.words import Words

STATION_AREA_S = 5 * 60
"""Arrival within the station area (Ganxian 110 rule)."""


def page(report: Report, naming: Naming) -> str:
    """The whole file."""
    words = naming.words
    css = (files(__package__) / "page.css").read_text(encoding="utf-8")
    sections = (
        _figures(report, words),
        _hours(report, words),
        _curves(report, words),
        _pair(_teams(report, naming), _categories(report, naming)),
        _pair(_bulletins(report, words), _intervals(report, words)),
        _accounts(report, words),
    )
    notes = "".join(
        f"<p>{escape(words(f'report.{note}'))}</p>" for note in ("few", "left_out", "definitions")
    )
    title, period = escape(naming.title), escape(period_line(report, words))
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>\n'
        f"<style>\n{css}</style></head>\n"
        f"<body><main>\n<header><h1>{title}</h1><p>{period}</p></header>\n"
        + "\n".join(section for section in sections if section)
        + f"\n<footer>{notes}</footer>\n</main></body></html>\n"
    )


def _figures(report: Report, words: Words) -> str:
    """What one reads from across the room."""
    counts, spreads = report.counts, report.spreads
    figures = (
        (f"{counts.alarms}", "page.alarms"),
        (f"{counts.incidents}", "page.incidents"),
        (_in_time(report, "answer", 15), "page.answered"),
        (span(spreads["answer"].p50), "page.median_answer"),
        (_in_time(report, "sign", 30), "page.signed"),
        (span(spreads["response"].p50), "page.median_response"),
    )
    cells = (f"<div><b>{value}</b><span>{escape(words(key))}</span></div>" for value, key in figures)
    return f'<section class="figures">{"".join(cells)}</section>'


def _in_time(report: Report, interval: str, seconds: float) -> str:
    samples = report.samples[interval]
    n = len(samples.seconds)
    return share(100 * within(samples, seconds) / n if n else None)


def _hours(report: Report, words: Words) -> str:
    title = words("page.hours")
    chart = hours_chart(
        report.groups["hour"], label=title, alarms=words("page.alarms"), incidents=words("page.incidents")
    )
    return f"<section><h2>{escape(title)}</h2>{chart}</section>"


def _curves(report: Report, words: Words) -> str:
    cells = "".join(f"<div>{_curve(report, name, words)}</div>" for name in SCALE)
    title, note = escape(words("page.curves")), escape(words("page.curve_note"))
    return f'<section><h2>{title}</h2><p class="note">{note}</p><div class="four">{cells}</div></section>'


def _curve(report: Report, interval: str, words: Words) -> str:
    asked = points(report.targets, interval)
    title = words(f"interval.{interval}")
    chart = curve_chart(report.samples[interval], interval, asked, label=title)
    rows = "".join(_asked(point) for point in asked)
    return f"<h3>{escape(title)} {_n(report.spreads[interval], words)}</h3>{chart}<table>{rows}</table>"


def _asked(point: Point) -> str:
    return (
        f"<tr><td>{escape(asks(point))}<small>{escape(point.standards)}</small></td>"
        f'<td class="{colour(point)}">{stands(point)}</td></tr>'
    )


def _teams(report: Report, naming: Naming) -> str:
    rows = [(naming.key("team", line.key), line.arrival) for line in report.groups["team"]]
    title = naming.words("page.teams")
    chart = spreads_chart(rows, label=title, limit_s=STATION_AREA_S)
    return _titled(title, naming.words("page.teams_note"), chart if rows else "")


def _categories(report: Report, naming: Naming) -> str:
    lines = sorted(report.groups["category"], key=lambda line: (-line.alarms, -line.incidents, line.key))
    rows = [(naming.key("category", line.key), line.alarms, line.incidents) for line in lines]
    title = naming.words("page.categories")
    both = f"{naming.words('page.alarms')} · {naming.words('page.incidents')}"
    return _titled(title, both, counts_chart(rows, label=title))


def _bulletins(report: Report, words: Words) -> str:
    parts = "".join(
        f'<div class="bulletin"><h3>{escape(words(f"interval.{of.interval}"))} '
        f"{_n(report.spreads[of.interval], words)}</h3>"
        f"{buckets_chart(of, label=words(f'interval.{of.interval}'))}</div>"
        for of in report.buckets
    )
    return _titled(words("report.buckets"), "", parts)


def _intervals(report: Report, words: Words) -> str:
    left_out = (words("head.inferred"), words("head.backward"))
    head = ("", words("head.n"), "p50", "p75", "p90", "p95", "p99", *left_out)
    return _titled(words("report.intervals"), "", _table(head, list(spread_rows(report, words))))


def _accounts(report: Report, words: Words) -> str:
    if not report.accounts:
        return ""
    names = ("account", "alarms", "decided", "false", "tests", "rate")
    table = _table(tuple(words(f"head.{name}") for name in names), list(account_rows(report)))
    return f"<section>{_titled(words('report.accounts'), '', table)}</section>"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _titled(title: str, note: str, inside: str) -> str:
    said = f'<p class="note">{escape(note)}</p>' if note else ""
    return f"<h2>{escape(title)}</h2>{said}{inside}"


def _pair(left: str, right: str) -> str:
    return f'<section class="two"><div>{left}</div><div>{right}</div></section>'


def _n(of: Spread, words: Words) -> str:
    return f"<span>{escape(words('page.of_n', n=counted(of)))}</span>"
