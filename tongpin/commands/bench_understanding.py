"""`tongpin bench understanding`: how fast what is said is understood."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tongpin.commands.spreads import show_figures


def understanding(
    site: Annotated[Path | None, typer.Option(help="The site file. Default: the example site.")] = None,
    words: Annotated[Path | None, typer.Option(help="Folder with the site's own words.")] = None,
    count: Annotated[int, typer.Option(min=10, max=1_000_000, help="Utterances of each language.")] = 3000,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a language.")] = False,
) -> None:
    """Time the understanding of utterances, in each language of a site.

    Says every unit and place of the site in a few dozen ways. Prints utterances a second; the time of one,
    median to maximum; the time of the longest text that is read at all, words in no order. Milliseconds of
    processor time, with the site's names and words already read. No figure is a failure.

    Example: tongpin bench understanding --site site.toml
    """
    from intake.comprehension import Comprehension
    from intake.site import example_site_path, load_site
    from tongpin.bench.understanding import measure

    read = load_site(site or example_site_path())
    for figures in measure(read, Comprehension(read, words), count):
        if as_json:
            sys.stdout.write(json.dumps(figures) + "\n")
        else:
            show_figures(figures)
