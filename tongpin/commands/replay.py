"""`tongpin replay`: the board at any second of the journal, as it could be known then."""

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tongpin.commands.recordings import MOMENT
from tongpin.commands.report import Lang


def replay(
    journal: Annotated[Path, typer.Argument(help="The centre's journal.db, or a copy of it.")],
    at: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help="The board at this moment, local time.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=MOMENT, help="The timeline from this moment on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=MOMENT, help="The timeline before this moment.")
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0, help="So many times as fast as it happened; 0: all at once.")
    ] = 0,
    site: Annotated[Path | None, typer.Option(help="The site file: names of what is shown.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of tables and lines.")] = Lang.EN,
    as_json: Annotated[bool, typer.Option("--json", help="The board, or each line, as JSON.")] = False,
) -> None:
    """Show the board at a moment, or tell what happened from one moment to another.

    Only what was recorded by then is shown: an over of 14:02 whose words came at 14:05 has none at 14:03.
    Reads the journal and changes nothing; the centre may be running.

    Exit code 0; 2 when no moment is named or the site file is wrong; 4 when the file is no journal.

    Example: tongpin replay journal.db --at 2026-03-01T14:03:22
    """
    if at is not None and not (since or until):
        _show(journal, at.astimezone(), site, lang, as_json=as_json)
    elif at is None and since and until:
        _tell(journal, (since.astimezone(), until.astimezone()), speed, site, lang, as_json=as_json)
    else:
        raise typer.BadParameter("name --at, or --from and --to")


def _show(journal: Path, at: datetime, site: Path | None, lang: Lang, *, as_json: bool) -> None:
    from intake.site import load_site
    from tongpin.replay import board_at, known_at
    from tongpin.replay_tables import show_board
    from tongpin.words import Words

    known = load_site(site) if site else None
    moment = known_at(journal, at, known)
    board = board_at(moment, at, known)
    if as_json:
        sys.stdout.write(board.model_dump_json() + "\n")
    else:
        show_board(board, Words(lang.value), moment.seq)


def _tell(
    journal: Path,
    period: tuple[datetime, datetime],
    speed: float,
    site: Path | None,
    lang: Lang,
    *,
    as_json: bool,
) -> None:
    from intake.names import names_of
    from intake.site import load_site
    from tongpin.replay import NO_NAMES, known_at, numbers, timeline
    from tongpin.replay_tables import sight_of
    from tongpin.words import Words
    from tui.view.timeline import actor, sentence

    since, until = period
    names = names_of(load_site(site)) if site else NO_NAMES
    sight = sight_of(numbers(known_at(journal, until), names, until), Words(lang.value))
    began = time.monotonic()
    for at, row in timeline(journal, since, until):
        if speed:
            time.sleep(max(0.0, (at - since).total_seconds() / speed - (time.monotonic() - began)))
        if as_json:
            sys.stdout.write(row.model_dump_json() + "\n")
        else:
            clock = at.astimezone().strftime("%H:%M:%S")
            line = f"{clock}  {actor(sight, row):<9} {sight.number(row.incident):>5}  {sentence(sight, row)}"
            sys.stdout.write(line.rstrip() + "\n")
        sys.stdout.flush()
