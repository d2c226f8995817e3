"""`tongpin do`: commands of the console's language, from a shell."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongpin.commands.seats import AsJson, Config, Lang, sit_down

if TYPE_CHECKING:
    from tui.plain.seat import Seat
    from tui.plain.talk import Talk

REFUSED, USAGE, OUT_OF_REACH = 1, 2, 3


def do(
    lines: Annotated[list[str], typer.Argument(help="Commands as typed at a console, one each.")],
    config: Config,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Do what would be typed at a console: each line is said back, asked about once, and done.

    `@` and the last digits of an alarm's id name an alarm (tongpin watch shows them); `.` is what the line
    before was about. Whatever the centre refuses it says in a sentence. Lines after one that was not done are
    left.

    Exit code 0 done; 1 refused by a rule, or not agreed to; 2 not understood, or wrong settings; 3 no answer.

    Example: tongpin do "note 1034 the caller is at window 3" -c console.toml --yes
    """
    code = sit_down(config, lang, lambda seat: _each(seat, lines, sure=yes, as_json=as_json))
    if code:
        raise typer.Exit(code)


async def _each(seat: "Seat", lines: list[str], *, sure: bool, as_json: bool) -> int:
    from tui.plain.machine import json_line
    from tui.plain.talk import Talk

    talk = Talk(seat, say=_aside, tell=typer.echo, sure=sure)
    for line in lines:
        talk.last = None
        await talk.hear(line)
        while talk.pending:
            answer = sys.stdin.readline()
            if not answer:
                break
            await talk.hear(answer)
        code = _code(talk)
        if as_json:
            typer.echo(json_line(_result(line, talk)))
        if code:
            return code
    return 0


def _aside(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _code(talk: "Talk") -> int:
    if talk.puzzled:
        return USAGE
    if talk.pending:
        return REFUSED
    ending = talk.last.ending if talk.last else "done"
    return {"done": 0, "refused": REFUSED}.get(ending, OUT_OF_REACH)


def _result(line: str, talk: "Talk") -> dict[str, Any]:
    last = talk.last
    return {
        "line": line,
        "ending": "not understood" if talk.puzzled else last.ending if last else "not done",
        "says": last.command.says if last else "",
        "problems": [one.model_dump(mode="json") for one in last.problems] if last else [],
    }
