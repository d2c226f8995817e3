"""`tongpin speech`: how well the channels are heard, from the centre's journal."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongpin.comparing import Compared

speech = typer.Typer(help="How well the channels are heard.", no_args_is_help=True)


@speech.callback()
def _speech() -> None:
    """How well the channels are heard."""


@speech.command()
def compare(
    journal: Annotated[Path, typer.Argument(help="The centre's journal.db, or a copy of it.")],
    worst: Annotated[
        int, typer.Option(min=0, max=1000, help="Also so many overs in which the engines differ most.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")] = False,
) -> None:
    """Tell how far two speech engines agree on the overs both have heard.

    The centre lets a second engine hear a share of the overs (second_engine and second_share in [speech]).
    Prints for each pair of engines how many overs and words they share, how many words differ, and that as a
    share. No figure is a failure. Exit code 4 when the file is no journal.

    Example: tongpin speech compare journal.db --worst 10
    """
    from tongpin.comparing import compared_in, figures_of, furthest_apart

    compared = compared_in(journal)
    rows, apart = figures_of(compared), furthest_apart(compared, worst)
    if as_json:
        for line in (*rows, *map(_as_json, apart)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        _show(rows, apart)


def _as_json(each: "Compared") -> dict[str, Any]:
    return {
        "over": each.over,
        "first_text": each.first.text,
        "second_text": each.second.text,
        "words": each.second.words,
        "differing": each.second.differing,
    }


def _show(rows: "Sequence[dict[str, Any]]", apart: "Sequence[Compared]") -> None:
    if not rows:
        sys.stdout.write("no over in this journal was heard by two engines\n")
    for row in rows:
        sys.stdout.write(
            f"{row['first']} and {row['second']}: {row['overs']} overs, {row['words']} words, "
            f"{row['differing']} differ ({row['disagreement']})\n"
        )
    for each in apart:
        sys.stdout.write(f"{each.over}: {each.second.differing} of {each.second.words} words differ\n")
        sys.stdout.write(f"  {each.first.engine}: {each.first.text}\n")
        sys.stdout.write(f"  {each.second.engine}: {each.second.text}\n")
