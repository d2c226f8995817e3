"""`tongpin bench`: how fast tongpin is on this machine."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.bench_accuracy import accuracy
from tongpin.commands.bench_channel import channel
from tongpin.commands.bench_console import console
from tongpin.commands.bench_heard import heard
from tongpin.commands.bench_journal import journal
from tongpin.commands.bench_signalling import signalling
from tongpin.commands.bench_speech import speech
from tongpin.commands.bench_surge import surge
from tongpin.commands.bench_understanding import understanding
from tongpin.commands.spreads import CANNOT_START, show_figures

if TYPE_CHECKING:
    from tongpin.bench.panels import CodecSpeed

LINE_MB_S = 0.01152
"""The fastest usual line: 115200 baud, ten bits a byte."""

bench = typer.Typer(help="Measure tongpin on this machine.", no_args_is_help=True)
bench.command()(speech)
bench.command()(accuracy)
bench.command()(heard)
bench.command()(understanding)
bench.command()(signalling)
bench.command()(channel)
bench.command()(console)
bench.command()(journal)
bench.command()(surge)


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
        show_figures(figures)
    if figures["not_on_the_board"]:
        raise typer.Exit(1)


@bench.command()
def panels(
    megabytes: Annotated[
        float, typer.Option(min=0.01, max=1000, help="Random bytes for each protocol, in megabytes.")
    ] = 10.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a protocol on stdout.")] = False,
) -> None:
    """Time every codec on line noise and on valid frames.

    The same seeded random bytes go through each codec; then twenty thousand frames, fewer for less than a
    megabyte. Prints, by the second of processor time, megabytes of noise and how many lines at 115200 baud
    that keeps up with; events invented out of the noise, which only frames without a check can be; frames,
    and how many were not read; the most memory held.

    No figure is a failure. Exit code: 1 a valid frame was not read.
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.panels import measure_panels

    with Status("…", console=Console(stderr=True)) as status:
        speeds = list(measure_panels(megabytes, status.update))
    if as_json:
        for speed in speeds:
            sys.stdout.write(json.dumps(asdict(speed)) + "\n")
    else:
        _show_speeds(speeds)
    if any(speed.unread for speed in speeds):
        raise typer.Exit(1)


def _show_speeds(speeds: "Sequence[CodecSpeed]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("protocol", "noise MB/s", "lines", "invented", "frames/s", "unread", "most kB")
    for speed in speeds:
        figures = (speed.noise_mb_s, round(speed.noise_mb_s / LINE_MB_S), speed.invented)
        table.add_row(speed.protocol, *map(str, (*figures, speed.frames_s, speed.unread, speed.most_kb)))
    Console().print(table)
