"""`tongpin show` and `tongpin units`: an incident with its history, and who is where, just now."""

from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.seats import AsJson, Config, Lang, sit_down

if TYPE_CHECKING:
    from tui.plain.seat import Seat


def show(
    number: Annotated[int, typer.Argument(help="The number people say for the incident.")],
    config: Config,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show an open incident: its line, then everything that happened to it, oldest first.

    Exit code 0; 1 when no open incident has the number; 2 for wrong settings or a wrong password; 3 when the
    centre is out of reach.

    Example: tongpin show 1034 -c console.toml
    """
    if not sit_down(config, lang, lambda seat: _show(seat, number, as_json=as_json)):
        typer.echo(f"tongpin show: no open incident has the number {number}.", err=True)
        raise typer.Exit(1)


def units(config: Config, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the units: state, incident and place of each.

    Exit code 0; 2 for wrong settings or a wrong password; 3 when the centre is out of reach.

    Example: tongpin units -c console.toml --json
    """
    sit_down(config, lang, lambda seat: _units(seat, as_json=as_json))


async def _show(seat: "Seat", number: int, *, as_json: bool) -> bool:
    from tui.plain.lines import board_lines, event_line
    from tui.plain.machine import json_line
    from tui.view.timeline import rows_of

    told = [
        one
        for one in board_lines(seat.sight)
        if one.kind == "incident" and seat.sight.number(one.id) == str(number)
    ]
    for one in told:
        await seat.feed.recall(one.id)
        rows = rows_of(seat.sight, f"incident:{one.id}")
        if as_json:
            history = [row.model_dump(mode="json") for row in rows]
            typer.echo(json_line(one.as_json() | {"timeline": history}))
            continue
        typer.echo(one.text)
        for row in rows:
            typer.echo(event_line(seat.sight, row))
    return bool(told)


async def _units(seat: "Seat", *, as_json: bool) -> None:
    from tui.plain.lines import board_lines
    from tui.plain.machine import json_line

    for one in board_lines(seat.sight):
        if one.kind == "unit":
            typer.echo(json_line(one.as_json()) if as_json else one.text)
