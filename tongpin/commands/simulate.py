"""`tongpin simulate`: what a technician has no hardware for."""

import time
from pathlib import Path
from typing import Annotated

import typer

simulate = typer.Typer(help="Stand in for hardware that is not there.", no_args_is_help=True)


@simulate.callback()
def _group() -> None:
    """Stand in for hardware that is not there."""


@simulate.command()
def panel(
    protocol: Annotated[str, typer.Argument(help="surgard, dsc_it100, …; an unknown one lists them all.")],
    port: Annotated[Path, typer.Argument(help="The port to make: what the box's settings name.")],
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two events.")] = 5.0,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after so long; else with Ctrl-C.")
    ] = None,
) -> None:
    """Be a panel or receiver on a port made at PORT: events, heartbeats, repeats, as the real one does them.

    Start the box, or tongpin line watch, on that port. Prints what is said and what is answered.

    Exit codes: 0 done, 2 for a protocol nobody simulates.
    """
    from tongpin.line.simulation import over_after, simulator, tell_story
    from tongpin.line.watch import print_row

    with simulator(protocol, port) as speaker:
        print_row(f"{protocol} speaks on {speaker.port}")
        try:
            with over_after(seconds) as over:
                tell_story(speaker, protocol, every, lambda row: print_row(f"{_clock()} {row}"), over)
        except KeyboardInterrupt:
            print_row("unplugged")


def _clock() -> str:
    return time.strftime("%H:%M:%S")
