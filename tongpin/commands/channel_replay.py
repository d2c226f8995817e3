"""`tongpin channel replay`: what the system would have made of recordings."""

import json
import math
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

PART_WAS_BAD = 1


def replay(
    path: Annotated[Path, typer.Argument(help="A recording (WAV, FLAC, any rate), or a folder of them.")],
    speed: Annotated[
        float | None,
        typer.Option(min=0.1, max=100, help="1 is real time. Default: as fast as the engine keeps up."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="A box's settings: its channel's own squelch is used."),
    ] = None,
    channel: Annotated[str | None, typer.Option(help="Which channel of these settings.")] = None,
    site: Annotated[Path | None, typer.Option(help="The centre's site file. Default: the example.")] = None,
    engine: Annotated[
        Literal["vosk", "moonshine"] | None, typer.Option(help="Default: as the centre chooses.")
    ] = None,
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Spoken on the channel.")] = "en",
    keep: Annotated[
        Path | None, typer.Option(help="Leave journal, spool, recordings and logs in this folder.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object an over; the last line is the summary.")
    ] = False,
) -> None:
    """Put recordings through the whole system and tell what it would have made of them.

    Starts a broker, a box and a centre on scratch files, and prints each over found: where it is, why it
    ended, who called, what was said, how it was understood, and whether an alarm came of it. No alarm reaches
    a real queue. Recordings in a folder are heard one after the other, each as if the box had just been
    started.

    By default the sound runs as fast as words come: it waits while four overs have none yet. The words are
    then those of the recordings; with --speed the overs are also heard live, while they run.

    Exit codes: 0 done, 1 a recording could not be read or an over got no words, 2 usage or settings,
    4 the centre cannot start or has no speech engine.
    """
    from tongpin.channel.replay import ReplayPlan, Watchers
    from tongpin.channel.replay import replay as hear
    from tongpin.channel.replay_files import channel_of, readable, recordings_at
    from tongpin.channel.replay_text import over_text, summary_text
    from tongpin.commands.progress import progress_bar
    from tongpin.process import hang_up_is_an_end

    if keep and (keep / "journal.db").exists():
        raise typer.BadParameter(f"{keep} holds a journal already; name another folder")
    recordings, sentences = readable(recordings_at(path))
    for sentence in sentences:
        sys.stderr.write(f"tongpin: {sentence}\n")
    if not recordings:
        sys.stderr.write(f"tongpin: {path}: there is nothing to hear (WAV or FLAC is expected)\n")
        raise typer.Exit(PART_WAS_BAD)
    plan = ReplayPlan(
        tuple(recordings), channel_of(config, channel), lang, engine, site, speed or math.inf, keep
    )
    with hang_up_is_an_end(), progress_bar("Hearing") as bar:

        def found(over: dict[str, object]) -> None:
            bar.write(json.dumps(over, ensure_ascii=False) if as_json else over_text(over))

        summary = hear(plan, Watchers(found, bar.at, bar.say))
    for sentence in summary["damaged"]:
        sys.stderr.write(f"tongpin: {sentence}\n")
    sys.stdout.write((json.dumps({"summary": summary}) if as_json else f"\n{summary_text(summary)}") + "\n")
    if sentences or summary["damaged"] or summary["lost"]:
        raise typer.Exit(PART_WAS_BAD)
