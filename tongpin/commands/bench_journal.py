"""`tongpin bench journal`: what a long journal costs."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer


def journal(
    events: Annotated[
        int, typer.Option(min=1000, max=10_000_000, help="A million take some five minutes and 0.7 GB.")
    ] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time start, rebuild and verify on a long journal.

    Writes a journal of a busy site through the centre's own rules into a temporary folder, with a snapshot as
    old as the centre ever leaves one; starts on it, adds every event up again and compares, walks the hash
    chain, changes one byte in the middle and looks for it. No time is a failure. Exit code: 1 snapshot and
    events disagree, the chain does not hold, or the changed entry was not the one that was found.
    """
    from rich.console import Console
    from rich.status import Status
    from rich.table import Table

    from tongpin.bench.journal import measure_journal

    with Status("…", console=Console(stderr=True)) as status:
        figures = measure_journal(events, status.update)
    if as_json:
        sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    else:
        table = Table("figure", "value")
        for name, value in asdict(figures).items():
            table.add_row(name.replace("_", " "), str(value))
        Console().print(table)
    if not figures.ok:
        raise typer.Exit(1)
