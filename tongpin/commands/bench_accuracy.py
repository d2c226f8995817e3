"""`tongpin bench accuracy`: what the whole road costs in words, against the speech engine alone."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer


def accuracy(
    engine: Annotated[
        Literal["vosk", "moonshine"] | None, typer.Option(help="Default: as the centre chooses.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Folder of a Vosk model to hear with.")] = None,
    sentences: Annotated[int, typer.Option(min=1, max=66, help="How many of the 66.")] = 66,
    show: Annotated[
        bool, typer.Option("--show", help="Each sentence as it was said and heard, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines: one a signal-to-noise ratio.")] = False,
) -> None:
    """Count the words that are lost between the air and the queue.

    Six synthetic voices say English radio traffic through a simulated FM radio, at 30, 20 and 10 dB. The
    speech engine alone hears each transmission whole; then the same sound goes the whole road: squelch,
    speech gate, engine, hallucination gate. Prints both word error rates and their ratio; first words that
    only the road lost, or only the road heard; transmissions cut in two or not heard at all; texts that a
    gate held back.

    The same command gives the same figures. No figure is a failure: the exit code is 0.
    """
    from rich.console import Console
    from rich.progress import track

    from intake.speech.choose import open_recognizer, open_vosk
    from tongpin.bench.accuracy import SNR_DB, figures, listen
    from tongpin.bench.accuracy import sentences as all_sentences

    recognizer = open_vosk(model) if model else open_recognizer("en", preferred=engine)
    texts = all_sentences()[:sentences]
    talking = listen(recognizer, texts)
    total = len(texts) * len(SNR_DB)
    heard = list(track(talking, "Listening", total=total, console=Console(stderr=True), transient=True))
    if show:
        for one in heard:
            sys.stdout.write(f"{one.snr_db:.0f} dB said  {one.text}\n")
            sys.stdout.write(f"      alone {one.alone}\n      road  {one.road}\n")
    rows = [{"engine": recognizer.name, "model": recognizer.model, **row} for row in figures(heard)]
    if as_json:
        sys.stdout.write("".join(json.dumps(row) + "\n" for row in rows))
    else:
        _table(rows)


def _table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    about = rows[0]
    names = [name for name in about if name not in {"engine", "model"}]
    table = Table(*(name.replace("_", " ") for name in names), title=f"{about['engine']} {about['model']}")
    for row in rows:
        table.add_row(*("all" if row[name] is None else str(row[name]) for name in names))
    Console().print(table)
