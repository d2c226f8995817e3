"""`tongpin bench console`: how soon a key is on the screen while alarms pour in."""

import json
import sys
from typing import Annotated

import typer

from tongpin.commands.spreads import CANNOT_START, show_figures


def console(
    changes_per_second: Annotated[
        float, typer.Option(min=1, max=500, help="Rows of the queue that change.")
    ] = 100.0,
    seconds: Annotated[float, typer.Option(min=1, max=600, help="How long they do.")] = 20.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time the console on a terminal of 160x45: its start, and keys typed on a quiet and on a flooded board.

    Starts a broker, the centre and the console as programs of their own, types one sign after the other into
    the command line and waits until each is painted. Prints milliseconds; no figure is a failure. Exit code:
    4 the console or the centre could not be started.

    Example: tongpin bench console --changes-per-second 100
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.console import measure_console

    with Status("…", console=Console(stderr=True)) as status:
        try:
            figures = measure_console(changes_per_second, seconds, status.update)
        except TimeoutError as error:
            sys.stderr.write("tongpin: the console was not ready after a minute; is the machine very busy?\n")
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        show_figures(figures)
