"""`tongpin paper`: the form to go on with by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.seats import Lang, sit_down, stop

if TYPE_CHECKING:
    from tui.plain.seat import Seat


def paper(
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help="The console's settings (TOML).")
    ] = None,
    lang: Lang = None,
    blank: Annotated[bool, typer.Option("--blank", help="Empty, without asking a centre.")] = False,
) -> None:
    """Print the form to go on with by hand: the board as it stands, and room for times.

    A console writes the same with `paper` also while the centre is down. Exit code 0; 2 for wrong settings
    or a wrong password; 3 when the centre is out of reach.

    Example: tongpin paper --blank --lang zh
    """
    if blank:
        _blank(lang or "en")
    elif config is None:
        stop("no settings: name the console's with -c, or print an empty form with --blank")
    else:
        sit_down(config, lang, _as_it_stands)


def _blank(lang: str) -> None:
    from tui.view.paper import blank_form
    from tui.words import Words

    for line in blank_form(Words("zh" if lang == "zh" else "en")):
        typer.echo(line)


async def _as_it_stands(seat: "Seat") -> None:
    from tui.view.paper import paper_form

    for line in paper_form(seat.sight):
        typer.echo(line)
