"""`tongpin understand`: spoken lines in, one JSON line each out."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

USAGE = 2


def understand(
    site: Annotated[Path, typer.Option(help="The site file: units, places and types with their names.")],
    lang: Annotated[
        str | None,
        typer.Option(
            help="Language of the lines, en or zh; a JSON line's own comes first. Default: by script."
        ),
    ] = None,
    words: Annotated[
        Path | None, typer.Option(help="Folder with the site's own words, en.toml and zh.toml.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add confidence, reasons, and people and things told of.")
    ] = False,
) -> None:
    """Say what spoken lines mean: intent, type, place, units, status, changes_status.

    Reads standard input, one utterance a line: plain text, or JSON {"id","lang","text"}, which may tell by
    "caller" the unit whose radio transmits and by "expected" the units that are to answer. Prints one JSON
    line for each as soon as it is read, with other facts of the same breath under "also"; a plain line's id
    is its number, from 1. A bad line is named on standard error and skipped.

    Example: echo "patrol three on scene" | tongpin understand --site site.toml --why
    """
    from intake.comprehension import Comprehension
    from intake.site import load_site
    from tongpin.utterances import UtteranceReader

    if lang not in {None, "en", "zh"}:
        typer.echo(f"--lang {lang}: there are only en and zh.", err=True)
        raise typer.Exit(USAGE)
    reader = UtteranceReader(Comprehension(load_site(site), words), lang)
    for answer in reader.answers(sys.stdin.buffer, why=why):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
