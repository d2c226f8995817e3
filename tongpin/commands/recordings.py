"""`tongpin recordings`: what was said on the channels, from the centre's journal."""

import json as jsonlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bus.messages.board import OverRow

recordings = typer.Typer(help="Search what was said on the channels.", no_args_is_help=True)

MOMENT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


@recordings.command("find")
def find(
    journal: Annotated[Path, typer.Option(help="The centre's journal.db, or a copy of it.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(help='Words said, Chinese or English, all of them; "a phrase" in quotes as a whole.'),
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Spoken by this unit, or naming it, by its id.")] = None,
    place: Annotated[str | None, typer.Option(help="About this place, by its id.")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=MOMENT, help="From this moment on, local time.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=MOMENT, help="Before this moment, local time.")
    ] = None,
    gated: Annotated[bool, typer.Option("--gated", help="Only overs the speech gate kept out.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many, the newest.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List overs by their words, unit, place and time, the newest first.

    Reads the journal and changes nothing; the centre may be running. Each line ends with the file below the
    centre's folder of recordings. Exit code 0 also when nothing is found; 4 when the file is no journal.

    Example: tongpin recordings find red jacket --unit P1 --from 2026-03-01 --journal journal.db
    """
    from bus.messages.verbs import Find
    from tongpin.recordings import found_in

    asked = Find(
        words=" ".join(_quoted(word) for word in words or ()),
        unit=unit,
        place=place,
        since=since.astimezone() if since else None,
        until=until.astimezone() if until else None,
        gated=True if gated else None,
        limit=limit,
    )
    for row in found_in(journal, asked):
        sys.stdout.write((jsonlib.dumps(_json(row), ensure_ascii=False) if as_json else _line(row)) + "\n")


def _quoted(word: str) -> str:
    """The shell took the quotes of a phrase; a word with a space in it was one."""
    return f'"{word}"' if " " in word else word


def _json(row: "OverRow") -> dict[str, object]:
    return row.model_dump(mode="json", exclude={"engine", "intent"})


def _line(row: "OverRow") -> str:
    at = row.said_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    who = " ".join((*row.callers, *row.units)) or "-"
    said = f'"{row.text}"' if row.text else f"({row.gated or 'not heard yet'})"
    return "  ".join((at, row.channel, who, f"{row.seconds:.0f}s", said, row.clip or "-"))
