"""The report as tables on a terminal, or as plain text in a pipe."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from intake.statistics.tables import Report
from tongpin.report.lines import (
    Row,
    account_rows,
    bucket_cells,
    count_rows,
    counted,
    group_row,
    period_line,
    spread_rows,
    target_rows,
)
from tongpin.report.names import Naming

PIPE_WIDTH = 120
"""Columns where no terminal says how many there are: no table is folded."""


def show_report(report: Report, naming: Naming) -> None:
    """On stdout."""
    console = report_console()
    words = naming.words
    console.print(f"[bold]{naming.title}[/bold]")
    console.print(period_line(report, words), style="dim")
    counts = report.counts
    if not (counts.alarms or counts.incidents or counts.orders or counts.system):
        console.print(words("report.nothing"))
    console.print(table_of(words("report.counted"), ("", ""), count_rows(report, words), right=1))
    left_out = (words("head.inferred"), words("head.backward"))
    head: Row = ("", words("head.n"), "p50", "p75", "p90", "p95", "p99", *left_out)
    console.print(table_of(words("report.intervals"), head, spread_rows(report, words), right=1))
    head = (*(words(f"head.{name}") for name in ("standard", "interval", "asked", "done", "n")), "")
    console.print(table_of(words("report.targets"), head, target_rows(report, words), right=3))
    _show_buckets(console, report, naming)
    _show_groups(console, report, naming)
    if report.accounts:
        names = ("account", "alarms", "decided", "false", "tests", "rate")
        head = tuple(words(f"head.{name}") for name in names)
        console.print(table_of(words("report.accounts"), head, account_rows(report), right=1))
    for note in ("few", "left_out", "definitions"):
        console.print(words(f"report.{note}"), style="dim")


def report_console() -> Console:
    """Stdout; wide where it is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(width=PIPE_WIDTH, highlight=False)


def _show_buckets(console: Console, report: Report, naming: Naming) -> None:
    words = naming.words
    console.print(words("report.buckets"), style="bold")
    for of in report.buckets:
        cells = bucket_cells(of)
        head = (words(f"interval.{of.interval}"), *(name for name, _ in cells))
        row = (f"n = {counted(report.spreads[of.interval])}", *(value for _, value in cells))
        console.print(table_of(None, head, (row,), right=1))


def _show_groups(console: Console, report: Report, naming: Naming) -> None:
    words = naming.words
    columns = ("alarms", "incidents", "orders", "answer", "sign", "arrival", "response")
    head = ("", *(words(f"head.{name}") for name in columns))
    for dimension, lines in report.groups.items():
        if lines:
            rows = (group_row(dimension, line, naming) for line in lines)
            console.print(table_of(words(f"report.by_{dimension}"), head, rows, right=1))


def table_of(title: str | None, head: Row, rows: Iterable[Row], *, right: int) -> Table:
    """A table of the report. Columns from number `right` on are figures, and stand to the right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False)
    table.show_header = any(head)
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number >= right else "left")
    for row in rows:
        table.add_row(*map(Text, row))  # what a panel or a person said is no markup
    table.add_row()
    return table
