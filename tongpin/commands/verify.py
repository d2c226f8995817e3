"""`tongpin verify`: walk a journal's hash chain."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def verify(
    journal: Annotated[Path, typer.Argument(help="The centre's journal.db, or a copy of it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Walk the journal's hash chain from its first entry to its last.

    Read only; the centre may be running. Says whether every entry follows from the one before it, and if not,
    which entry is the first that does not. Exit code 0 when the chain holds, 1 when it is broken, 4 when the
    file is no journal or was written by a later version.
    """
    from rich.console import Console
    from rich.status import Status

    from intake.verify import verify as walk

    with Status("reading …", console=Console(stderr=True)) as status:
        verdict = walk(journal, lambda done: status.update(f"{done} entries hold"))
    if as_json:
        import json

        line = {
            "ok": verdict.ok,
            "entries": verdict.entries,
            "broken_at": verdict.broken_at,
            "reason": verdict.reason,
        }
        sys.stdout.write(json.dumps(line) + "\n")
    elif verdict.ok:
        sys.stdout.write(f"{journal}: all {verdict.entries} entries hold\n")
    else:
        sys.stdout.write(f"{journal}: {verdict.reason}; the {verdict.entries} before it hold\n")
    if not verdict.ok:
        raise typer.Exit(1)
