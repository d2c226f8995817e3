"""`tongpin bench signalling`: how well it is heard who is calling."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.spreads import CANNOT_START

if TYPE_CHECKING:
    from tongpin.bench.signalling import BurstScore, Quiet


def signalling(
    bursts: Annotated[int, typer.Option(min=1, max=10_000, help="Of each system, at each SNR.")] = 100,
    speech_minutes: Annotated[float, typer.Option(min=0, max=600, help="Of synthetic officers.")] = 10.0,
    noise_minutes: Annotated[float, typer.Option(min=0, max=600, help="Hiss, hum, whistles, sweeps.")] = 10.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")] = False,
) -> None:
    """Try how well it is heard who is calling, all systems on.

    Random ids go through a simulated handheld; SNR is the burst's against the noise's, both in the voice band
    of 300 to 3000 Hz. Prints how many gave their own id, none, or a wrong one; then the ids found where there
    are none, in speech of many voices at 6 to 30 dB and in noise; and milliseconds of processor time for each
    second listened to. Exit codes: 1 a wrong id, or one out of speech or noise, 4 no synthetic voice.
    """
    from rich.console import Console
    from rich.status import Status

    from hardware.errors import VoiceUnavailable
    from tongpin.bench.signalling import measure_bursts, measure_noise, measure_speech

    with Status("…", console=Console(stderr=True)) as status:
        try:
            scores = list(measure_bursts(bursts, status.update))
            quiet = [measure_speech(speech_minutes, status.update)] if speech_minutes else []
            quiet += [measure_noise(noise_minutes, status.update)] if noise_minutes else []
        except VoiceUnavailable as error:
            sys.stderr.write(f"tongpin: {error}\n")
            raise typer.Exit(CANNOT_START) from error
    if as_json:
        for line in [*map(asdict, scores), *map(asdict, quiet)]:
            sys.stdout.write(json.dumps(line) + "\n")
    else:
        _show_signalling(scores, quiet)
    if any(score.wrong for score in scores) or any(sound.ids for sound in quiet):
        raise typer.Exit(1)


def _show_signalling(scores: "Sequence[BurstScore]", quiet: "Sequence[Quiet]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("system", "SNR dB", "sent", "right", "none", "wrong")
    for score in scores:
        table.add_row(*map(str, asdict(score).values()))
    Console().print(table)
    for sound in quiet:
        sys.stdout.write(
            f"{sound.minutes} minutes of {sound.what}: {sound.ids} ids, {sound.cpu_ms_per_s} ms a second\n"
        )
