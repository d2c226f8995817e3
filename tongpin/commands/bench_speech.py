"""`tongpin bench speech`: how soon an over's words are on the board, and how many of them are right."""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from tongpin.commands.spreads import CANNOT_START, show_figures


def speech(
    channels: Annotated[int, typer.Option(min=1, max=16, help="Radio channels.")] = 4,
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="How long officers talk.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Who says what, and when.")] = 1,
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Spoken on the channels.")] = "en",
    engine: Annotated[
        Literal["vosk", "moonshine"] | None, typer.Option(help="Default: as the centre chooses.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Folder of a Vosk model to hear with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Time overs from their end to their words on a console's board.

    Starts a broker (mosquitto where it is installed), the centre as a program of its own, and a box whose
    channels synthetic officers talk on about half of the time. An over ends when the box has decided so, a
    hang time after the carrier; both times are given, and how many overs the centre had heard live. Prints
    the times as they are, in milliseconds; no figure is a failure. Exit codes: 1 an over never reached the
    board, 4 broker, box or centre could not be started.
    """
    from rich.console import Console
    from rich.status import Status

    from tongpin.bench.speech_latency import TalkPlan, measure_speech

    plan = TalkPlan(channels, seconds, seed, lang, "vosk" if model else engine, model)
    with Status("…", console=Console(stderr=True)) as status:
        try:
            figures = measure_speech(plan, status.update)
        except TimeoutError as error:
            sys.stderr.write(f"tongpin: {error}\n")
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        show_figures(figures)
    if figures["not_on_the_board"]:
        raise typer.Exit(1)
