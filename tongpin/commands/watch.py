"""`tongpin watch`: the board and everything that changes on it, as lines."""

import asyncio
import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.seats import AsJson, Config, Lang, sit_down, stop

if TYPE_CHECKING:
    from tui.plain.follow import News
    from tui.plain.seat import Seat


def watch(
    config: Config,
    since: Annotated[
        int | None, typer.Option(min=1, help="First what happened in the last so many minutes.")
    ] = None,
    seconds: Annotated[float | None, typer.Option("--for", min=0, help="End after so many seconds.")] = None,
    agency: Annotated[str | None, typer.Option(help="Only this agency's alarms and incidents.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Watch the board: first as it stands, then a line for whatever changes. Changes nothing.

    A line that starts with ALARM waits to be claimed. With --json one object a line: `kind` (alarm, incident,
    unit, over, device, or event with --since), `id`, `at`, and `row` as the wire page has it, null when it
    left the board; kind `live` says whether the picture can be believed.

    Exit code 0; 2 for wrong settings, a wrong password or no such agency; 3 when the centre is out of reach.

    Example: tongpin watch -c console.toml --json
    """

    async def work(seat: "Seat") -> str | None:
        known = seat.sight.mirror.names.agencies
        if agency is not None and agency not in known:
            return f"no agency {agency} at this site; there are: {', '.join(known)}"
        seat.view = agency
        await _watch(seat, since, seconds, as_json=as_json)
        return None

    problem = sit_down(config, lang, work)
    if problem is not None:
        stop(problem)


async def _watch(seat: "Seat", since: int | None, seconds: float | None, *, as_json: bool) -> None:
    from tui.plain.follow import follow
    from tui.plain.lines import board_lines

    def tell(one: "News") -> None:
        _tell(seat, one, as_json=as_json)

    if since is not None:
        _tell_past(seat, since, as_json=as_json)
    for told in board_lines(seat.sight):
        tell(told)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await follow(seat, tell)


def _tell(seat: "Seat", one: "News", *, as_json: bool) -> None:
    from tui.plain.follow import Live
    from tui.plain.lines import Told
    from tui.plain.machine import json_line

    if isinstance(one, Told):
        typer.echo(json_line(one.as_json()) if as_json else one.text)
    elif isinstance(one, Live) and as_json:
        at = seat.clock.now().isoformat()
        facts = {"at": at, "kind": "live", "live": one.trouble is None, "trouble": one.trouble}
        typer.echo(json_line(facts))
    elif isinstance(one, Live):
        trouble = seat.words(f"trouble.{one.trouble}") if one.trouble else ""
        key = "plain.not_live" if one.trouble else "plain.live"
        typer.echo(seat.words(key, trouble=trouble, detail=one.detail), err=True)


def _tell_past(seat: "Seat", minutes: int, *, as_json: bool) -> None:
    from tui.plain.lines import event_line
    from tui.plain.machine import json_line

    sight = seat.sight
    first = sight.now - timedelta(minutes=minutes)
    for row in sorted(sight.mirror.timeline.values(), key=lambda row: row.seq):
        if row.at < first:
            continue
        if as_json:
            facts = {
                "at": row.at.isoformat(),
                "kind": "event",
                "id": row.id,
                "row": row.model_dump(mode="json"),
            }
            typer.echo(json_line(facts))
        else:
            typer.echo(event_line(sight, row))
