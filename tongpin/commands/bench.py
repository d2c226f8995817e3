"""`tongpin bench`: how fast tongpin is on this machine."""

import json
import sys
from typing import Annotated, Any

import typer

CANNOT_START = 4

bench = typer.Typer(help="Measure tongpin on this machine.", no_args_is_help=True)


@bench.command()
def latency(
    frames_per_second: Annotated[
        float, typer.Option(min=1, max=200, help="From both receivers together.")
    ] = 50.0,
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="After a second of warm-up.")] = 20.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time alarms from the panel's wire to a console's board.

    Starts a broker (mosquitto where it is installed), the centre and a box as programs of their own, and two
    simulated receivers on pseudo-terminals; sends frames evenly and notes when each is acknowledged and when
    its row stands on the board. Prints the times as they are, in milliseconds; no figure is a failure. Exit
    codes: 1 a frame never reached the board, 4 broker, box and centre could not be started.
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.latency import measure_latency

    with Status("…", console=Console(stderr=True)) as status:
        try:
            figures = measure_latency(frames_per_second, seconds, status.update)
        except TimeoutError as error:
            sys.stderr.write(f"tongpin: {error}\n")
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        _show(figures)
    if figures["not_on_the_board"]:
        raise typer.Exit(1)


def _show(figures: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    spreads = {name: figure for name, figure in figures.items() if isinstance(figure, dict)}
    table = Table("milliseconds", *next(iter(spreads.values())))
    for name, spread in spreads.items():
        table.add_row(name.removesuffix("_ms").replace("_", " "), *map(str, spread.values()))
    Console().print(table)
    plain = (f"{name.replace('_', ' ')} {figure}" for name, figure in figures.items() if name not in spreads)
    sys.stdout.write(", ".join(plain) + "\n")
