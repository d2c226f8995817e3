"""`tongpin simulate call`: a radio that says who it is, as a recording."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def call(
    system: Annotated[str, typer.Argument(help="mdc1200, dtmf, zvei1, ccir, …; a wrong one lists them all.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="As on the radio; 600.9/788.5 for two-tone.")],
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The recording to make (WAV, FLAC).")],
    text: Annotated[str | None, typer.Option("--say", help="Spoken after it.")] = None,
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Of what is spoken.")] = "en",
    snr_db: Annotated[float, typer.Option(min=-10, max=60, help="Speech over noise.")] = 25.0,
    at_end: Annotated[bool, typer.Option("--at-end", help="When the key is let go, not pressed.")] = False,
    emergency: Annotated[bool, typer.Option("--emergency", help="mdc1200: the emergency key.")] = False,
) -> None:
    """Make a recording of a radio that says who it is, as a receiver gives it.

    Play it into the box's sound card, or hear it with tongpin channel callers.

    Exit codes: 0 done, 2 for a call no radio sends, a voice that is not installed, or a file that cannot be
    written.
    """
    import numpy as np

    from hardware.audio.writing import write_audio
    from hardware.simulators.fm import NO_SIGNALLING, through_radio
    from hardware.simulators.signalling import sound_of
    from hardware.simulators.voice import say
    from tongpin.channel.bursts import burst_of

    burst = sound_of(burst_of(system, id_, emergency=emergency))
    speech = say(text, lang) if text else np.zeros(0, np.int16)
    before, after = (NO_SIGNALLING, burst) if at_end else (burst, NO_SIGNALLING)
    rng = np.random.default_rng(0)
    write_audio(path, through_radio(speech, snr_db, rng, before=before, after=after))
