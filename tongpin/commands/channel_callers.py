"""`tongpin channel callers`: which ids radios send."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def callers(
    device: Annotated[str, typer.Argument(help="A part of a sound card's name, or a recording (WAV, FLAC).")],
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="A box's settings: its channel's own signalling is used."),
    ] = None,
    channel: Annotated[str | None, typer.Option(help="Which channel of these settings.")] = None,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Stop after so long; else with Ctrl-C.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a call on stdout.")] = False,
) -> None:
    """Print who calls, as the radios say themselves: press a radio's key and read its id.

    Prints when, which system, the id, what it means, and what came over the air. A recording is read as fast
    as it goes.

    Exit codes: 0 done, 2 settings, or a card or recording that cannot be heard.
    """
    from tongpin.channel import callers as heard
    from tongpin.channel.replay_files import channel_of
    from tongpin.channel.sources import source_of

    settings = channel_of(config, channel).signalling
    try:
        for call in heard.callers(source_of(device), settings, seconds):
            sys.stdout.write((json.dumps(heard.as_json(call)) if as_json else heard.as_row(call)) + "\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        return
