"""`tongpin bench surge`: the busiest hour, ten times over."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def surge(
    calls: Annotated[
        Path | None,
        typer.Option(
            help="Recorded calls, their busiest hour; lines of latitude, longitude, discipline: nature, "
            "YYYY-MM-DD HH:MM, township, address. Left out: 302 calls by chance.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    hours: Annotated[
        int, typer.Option(min=1, max=24, help="The hour so often, each after the last was put away.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time decisions and commits in a surge: each call of the hour is reported by ten people.

    Every report goes through the centre's writer into a journal in a temporary folder, as fast as it is
    taken; a desk joins, opens and closes as it goes. No time is a failure. Exit codes: 1 an alarm was lost, a
    proposal stood without reasons, or the journal tells another story than the board; 2 a line of the file is
    no call.
    """
    from rich.console import Console
    from rich.status import Status
    from rich.table import Table

    from intake.site import example_site_path, load_site
    from tongpin.bench.surge import busiest_hour, hour_by_chance, measure_surge

    try:
        hour = busiest_hour(calls.read_text(encoding="utf-8").splitlines()) if calls else hour_by_chance()
    except (ValueError, IndexError) as error:
        sys.stderr.write(f"tongpin: {calls}: a line is no call ({error}).\n")
        raise typer.Exit(2) from error
    with Status("…", console=Console(stderr=True)) as status:
        figures = measure_surge(load_site(example_site_path()), hour, status.update, hours=hours)
    if as_json:
        sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    else:
        table = Table("figure", "value")
        for name, value in asdict(figures).items():
            table.add_row(name.replace("_", " "), str(value))
        Console().print(table)
    if not figures.ok:
        raise typer.Exit(1)
