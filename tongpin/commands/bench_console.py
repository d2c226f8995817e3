"""`tongpin bench console`: how soon a key is on the screen while alarms pour in, and in a long history."""

import json
import sys
from typing import Annotated

import typer

from tongpin.commands.spreads import CANNOT_START, show_figures


def console(
    changes_per_second: Annotated[
        float, typer.Option(min=1, max=500, help="Rows of the queue that change, at the last.")
    ] = 100.0,
    seconds: Annotated[float, typer.Option(min=1, max=600, help="How long each flood takes.")] = 60.0,
    overs: Annotated[
        int,
        typer.Option(min=100, max=1_000_000, help="Of the history; 200,000 take some four minutes to write."),
    ] = 200_000,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time the console on a terminal of 160x45: its start, keys amid alarms, a long history.

    Writes a history through the centre's own rules, starts a broker, the centre and the console as programs
    of their own. Types one sign after the other into the command line and waits until each is painted: on a
    quiet board, with 16 new alarms a minute, with 300 an hour, and while rows change. Then scrolls through
    the history and searches it for English and Chinese words, units and places. Prints milliseconds; no time
    is a failure. Exit codes: 1 the cursor left its row or the typing went elsewhere; 4 the console or the
    centre could not be started.

    Example: tongpin bench console --overs 20000
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.console import measure_console

    with Status("…", console=Console(stderr=True)) as status:
        try:
            figures = measure_console(changes_per_second, seconds, overs, status.update)
        except TimeoutError as error:
            sys.stderr.write(
                f"tongpin: a minute was too short; is the machine very busy? Seen last:\n{error}\n"
            )
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        show_figures(figures)
    if figures["cursor_moved"] or figures["focus_moved"]:
        raise typer.Exit(1)
