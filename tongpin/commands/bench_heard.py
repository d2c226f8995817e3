"""`tongpin bench heard`: how much of what is said on a radio is understood."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from tongpin.bench.hearing_understood import HeardLine


def heard(
    lines: Annotated[Path, typer.Argument(help="Labelled lines: JSONL with id, lang, text and expect.")],
    site: Annotated[Path, typer.Option(help="The site file the lines are labelled for.")],
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Which of the lines are spoken.")] = "en",
    snr: Annotated[list[float], typer.Option(help="Signal to noise in dB; may be repeated.")] = [20.0, 10.0],  # noqa: B006 - typer copies it
    engine: Annotated[
        Literal["vosk", "moonshine"] | None, typer.Option(help="Default: as the centre chooses.")
    ] = None,
    half: Annotated[
        int | None, typer.Option(min=0, max=1, help="Only every second line, from the first or second.")
    ] = None,
    keep: Annotated[Path | None, typer.Option(help="File of transcripts: heard once, tried often.")] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Print each line understood otherwise.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a figure or line.")] = False,
) -> None:
    """Speak labelled lines through a radio, hear them as the centre does, and score what is understood.

    A synthetic voice (five officers in turn) goes through the radio model at each signal-to-noise ratio, then
    through the centre's own gates and engine. Prints per cent right of each field and false status changes;
    lines labelled noise are not spoken. Exit code: 1 a status changed that nobody reported.

    Example: tongpin bench heard lines.jsonl --site site.toml --snr 20 --snr 10 --keep heard.jsonl
    """
    from intake.comprehension import Comprehension
    from intake.site import load_site
    from intake.speech.choose import open_recognizer
    from intake.speech.transcriber import Transcriber
    from tongpin.bench.hearing_understood import Ear, figures_of, hear_lines, read_labelled

    spoken = [line for line in read_labelled(lines)[half :: 1 if half is None else 2] if line.lang == lang]
    ear = Ear(lambda: Transcriber(open_recognizer(lang, preferred=engine)), keep)
    comprehension = Comprehension(load_site(site))
    results = list(_with_progress(hear_lines(spoken, snr, ear, comprehension.spoken), len(spoken) * len(snr)))
    if wrong:
        _print_lines([each for each in results if each.wrong or each.false_change], as_json=as_json)
    for level in snr:
        figures = figures_of([each for each in results if each.snr_db == level])
        _print_figures({"snr_db": level, **figures}, as_json=as_json)
    if any(each.false_change for each in results):
        raise typer.Exit(1)


def _print_lines(results: "list[HeardLine]", *, as_json: bool) -> None:
    for each in results:
        row = {"id": each.line.id, "snr_db": each.snr_db, "said": each.line.text, "heard": each.heard}
        row |= {"wrong": list(each.wrong), "false_change": each.false_change}
        if as_json:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            marks = " ".join([*each.wrong, *["FALSE CHANGE"] * each.false_change])
            sys.stdout.write(f"{each.snr_db:g} dB  {each.line.text}\n    {each.heard}\n    {marks}\n")


def _print_figures(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write(", ".join(f"{name.replace('_', ' ')} {one}" for name, one in figures.items()) + "\n")


def _with_progress(results: "Iterable[HeardLine]", total: int) -> "Iterable[HeardLine]":
    from rich.console import Console
    from rich.progress import track

    return track(results, "Speaking and hearing", total, console=Console(stderr=True), transient=True)
