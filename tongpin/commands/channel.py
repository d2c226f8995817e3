"""`tongpin channel`: at a radio channel."""

import json
import sys
from typing import Annotated

import typer

from tongpin.commands.channel_callers import callers
from tongpin.commands.channel_replay import replay

channel = typer.Typer(
    help=(
        "At a radio channel: tune its squelch, see who calls, hear recordings as the system would. "
        "Stop the box before you listen: a sound card has one listener."
    ),
    no_args_is_help=True,
)
channel.command()(replay)
channel.command()(callers)


@channel.command()
def tune(
    device: Annotated[
        str | None, typer.Argument(help="A part of a sound card's name, or a recording (WAV, FLAC).")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Stop after so long; else with Ctrl-C.")
    ] = None,
    carrier: Annotated[
        str | None,
        typer.Option(
            help="The radio's own carrier line: cts@/dev/ttyUSB0, or vol_down@1-2; ! in front if low."
        ),
    ] = None,
    list_devices: Annotated[bool, typer.Option("--list", help="Name the sound inputs there are.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Ten readings a second as JSON lines, the proposal as the last.")
    ] = False,
) -> None:
    """Listen to a channel and propose settings for its squelch.

    Shows level, floor, squelch and why, clipping and speech while it listens; let people talk meanwhile, near
    and far. A recording is read as fast as it goes. The proposal on stdout is ready for the box's settings.

    Exit codes: 0 done, 2 for a card or a recording that cannot be heard.
    """
    from rich.console import Console

    from hardware.audio.capture import input_names
    from tongpin.channel.carrier_option import carrier_line
    from tongpin.channel.proposal import propose
    from tongpin.channel.screen import on_screen
    from tongpin.channel.sources import source_of
    from tongpin.channel.tune import Reading, listen

    def as_line(reading: Reading) -> None:
        sys.stdout.write(json.dumps(reading.to_json(), ensure_ascii=False) + "\n")

    if list_devices:
        names = input_names()
        sys.stdout.write(json.dumps(names) + "\n" if as_json else "".join(f"{name}\n" for name in names))
        if not names:
            sys.stderr.write("no sound input: is a card plugged in, and are you in the group audio?\n")
        return
    if device is None:
        raise typer.BadParameter("say which sound card or recording; --list names the cards")
    line = carrier_line(carrier) if carrier else None
    with on_screen(Console(stderr=True)) as show:
        proposal = propose(listen(source_of(device), seconds, line, as_line if as_json else show))
    sys.stdout.write(proposal.to_json() + "\n" if as_json else proposal.toml())
