"""`tongpin report`: how fast the centre and its units were, from the journal."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.recordings import MOMENT

if TYPE_CHECKING:
    from intake.statistics.tables import Report
    from tongpin.report.names import Naming

CONFLICT = 2


class Of(StrEnum):
    """Which records a report speaks of; they never mix (CAP 1.2 `status`)."""

    ACTUAL = "actual"
    EXERCISE = "exercise"
    TEST = "test"


class Lang(StrEnum):
    """Languages of a report."""

    EN = "en"
    ZH = "zh"


def report(
    journal: Annotated[Path, typer.Option(help="The centre's journal.db, or a copy of it.")],
    since: Annotated[
        datetime | None, typer.Option("--from", formats=MOMENT, help="From this moment on, local time.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=MOMENT, help="Before this moment, local time.")
    ] = None,
    site: Annotated[Path | None, typer.Option(help="The site file: names, and categories of types.")] = None,
    of: Annotated[Of, typer.Option(help="Real work, exercises or tests.")] = Of.ACTUAL,
    lang: Annotated[Lang, typer.Option(help="Language of tables and page.")] = Lang.EN,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="One line an alarm, incident and order, with its marks.")
    ] = False,
    html: Annotated[Path | None, typer.Option(help="Write one page for the wall into this file.")] = None,
) -> None:
    """Tell how long answering, sending, signing and arriving took, against the standards.

    Reads the journal and changes nothing; the centre may be running. Steps nobody reported are counted and
    left out of the percentiles; alarms and incidents are counted apart; exercises never mix with real work.

    Exit code 0 also when there is nothing in the period; 2 when the site file is wrong or the page cannot be
    written; 4 when the file is no journal.

    Example: tongpin report --journal journal.db --site site.toml --from 2026-03-01 --html march.html
    """
    from intake.site import load_site
    from intake.statistics.tables import Period
    from intake.statistics.tables import report as made_of
    from tongpin.report.names import Naming
    from tongpin.report.reading import marks_in
    from tongpin.words import Words

    if as_json and as_csv:
        raise typer.BadParameter("--json or --csv, not both")
    naming = Naming(Words(lang.value), load_site(site) if site else None)
    period = Period(since.astimezone() if since else None, until.astimezone() if until else None)
    made = made_of(marks_in(journal), period, of=of.value, category=naming.category)
    if html is not None:
        _write_page(made, naming, html)
    if as_json or as_csv or html is None:
        _print(made, naming, as_json=as_json, as_csv=as_csv)


def _print(made: "Report", naming: "Naming", *, as_json: bool, as_csv: bool) -> None:
    from tongpin.report.machine import write_csv, write_json
    from tongpin.report.text import show_report

    if as_json:
        write_json(made, sys.stdout)
    elif as_csv:
        write_csv(made, sys.stdout)
    else:
        show_report(made, naming)


def _write_page(made: "Report", naming: "Naming", file: Path) -> None:
    from tongpin.report.page import page

    try:
        file.write_text(page(made, naming), encoding="utf-8")
    except OSError as error:
        typer.echo(f"{file} cannot be written ({error.strerror}): name another file", err=True)
        raise typer.Exit(CONFLICT) from None
