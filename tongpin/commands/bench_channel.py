"""`tongpin bench channel`: what a box with one radio channel takes of its machine."""

import json
import sys
from typing import Annotated, Any

import typer

from tongpin.commands.spreads import CANNOT_START


def channel(
    seconds: Annotated[float, typer.Option(min=2, max=3600, help="Of each: idle, then with talk.")] = 30.0,
    device: Annotated[
        str | None, typer.Option(help="A part of a sound card's name; measured once, as the channel is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Measure what a box with one radio channel takes: processor and memory.

    Starts a broker and a box as programs of their own. The channel is a recording at real time, first with
    nobody on it, then with an over of three seconds every five; without a centre, so that overs stay on the
    box. Counts the box with all processes it starts: percent of one core, and MiB resident, with what
    they share counted once (`rss`: counted for each).

    No figure is a failure. Exit code: 4 broker or box could not be started.
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.channel import measure_channel

    with Status("…", console=Console(stderr=True)) as status:
        try:
            figures = measure_channel(seconds, device, status.update)
        except TimeoutError as error:
            sys.stderr.write(f"tongpin: {error}\n")
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        _show_usage(figures)


def _show_usage(figures: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    phases = {name: figure for name, figure in figures.items() if isinstance(figure, dict)}
    table = Table("one channel", *phases)
    for name in next(iter(phases.values())):
        table.add_row(name.replace("_", " "), *(str(phase[name]) for phase in phases.values()))
    Console().print(table)
    sys.stdout.write(f"{figures['broker']}, {figures['cores']} cores, {figures['seconds']:g} s each\n")
