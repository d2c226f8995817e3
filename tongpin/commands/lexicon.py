"""`tongpin lexicon`: a site's own words, tried and learnt."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from tongpin.lexicon.judgements import Judgement
    from tongpin.lexicon.suggest import Suggestion

lexicon = typer.Typer(help="Try a site's own words, and learn from its desk.", no_args_is_help=True)

SITE = typer.Option(help="The site file.")
WORDS = typer.Option(help="Folder with the site's own words, en.toml and zh.toml.")
JOURNAL = typer.Option(help="The centre's journal.db, or a copy of it.")
JSON = typer.Option("--json", help="One JSON object a line.")


@lexicon.command("test")
def try_examples(
    site: Annotated[Path, SITE],
    words: Annotated[Path | None, WORDS] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Hold the site's own example sentences against what is understood.

    Prints every sentence of the site file's [[example]] tables that is understood otherwise, and how; then
    how many are right. Run it before and after words are changed. Exit code: 1 a sentence is understood
    otherwise.

    Example: tongpin lexicon test --site site.toml --words words
    """
    from intake.comprehension import Comprehension
    from intake.site import load_site
    from tongpin.lexicon.examples import try_examples

    read = load_site(site)
    tried = list(try_examples(read, Comprehension(read, words)))
    wrong = [one for one in tried if one.differences]
    for one in tried if as_json else wrong:
        row = {"text": one.text, "right": not one.differences, "differences": list(one.differences)}
        sys.stdout.write(_line(row) if as_json else f"{one.text}\n    {'; '.join(one.differences)}\n")
    if not as_json:
        sys.stdout.write(
            f"{len(tried) - len(wrong)} of {len(tried)} sentences are understood as they must be\n"
        )
    if wrong:
        raise typer.Exit(1)


@lexicon.command()
def corrections(
    journal: Annotated[Path, JOURNAL],
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List what the desk corrected: what was heard, what it was, the words and their recording.

    An alarm of another type or place than was heard, one dismissed as nothing, one that nobody heard and a
    dispatcher pulled into the queue, a spoken step taken back and given to another unit. Oldest first.

    Example: tongpin lexicon corrections --journal journal.db --json
    """
    from tongpin.lexicon.desk import judged_in

    for one in judged_in(journal):
        if not one.is_right:
            sys.stdout.write(_line(_row(one)) if as_json else _plain(one))


@lexicon.command()
def suggest(
    site: Annotated[Path, SITE],
    journal: Annotated[Path, JOURNAL],
    words: Annotated[Path | None, WORDS] = None,
    least: Annotated[int, typer.Option(min=1, help="Corrections that must share a phrase.")] = 2,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Propose words for the vocabulary, from what the desk corrected.

    Prints phrases that corrected alarms of one type or place share and other texts do not, with how many
    corrections hold them and how many other texts do. Nothing is changed: put what makes sense into the
    site's own words and run tongpin lexicon test.

    Example: tongpin lexicon suggest --site site.toml --journal journal.db
    """
    from intake.comprehension import Comprehension
    from intake.site import load_site
    from tongpin.lexicon.desk import judged_in
    from tongpin.lexicon.suggest import suggestions

    known = Comprehension(load_site(site), words)
    for one in suggestions(judged_in(journal), known.lexicons, least):
        sys.stdout.write(_line(_suggested(one)) if as_json else _proposal(one))


@lexicon.command()
def report(
    journal: Annotated[Path, JOURNAL],
    by: Annotated[Literal["day", "week", "month"], typer.Option(help="Length of a row's period.")] = "week",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show how often what was understood stood up at the desk, period by period.

    A row a period: of alarms, types, places and units how many people judged, and per cent that were right.
    An alarm is wrong when it was dismissed as nothing, or pulled into the queue by hand.

    Example: tongpin lexicon report --journal journal.db --by month
    """
    from tongpin.lexicon.desk import judged_in
    from tongpin.lexicon.report import FIELDS, report

    rows = report(judged_in(journal), by)
    for row in rows if as_json else ():
        sys.stdout.write(_line(row))
    if not as_json:
        _show(rows, FIELDS)


def _show(rows: list[dict[str, Any]], fields: tuple[str, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("period", *(f"{name} right (judged)" for name in fields))
    for row in rows:
        cells = ((row[name]["right"], row[name]["judged"]) for name in fields)
        table.add_row(row["period"], *("-" if right is None else f"{right} % ({n})" for right, n in cells))
    Console().print(table)


def _row(one: "Judgement") -> dict[str, Any]:
    return {
        "at": one.at.isoformat(timespec="seconds"),
        "field": one.field,
        "heard": one.heard,
        "right": one.right,
        "text": one.text,
        "clip": one.clip,
    }


def _plain(one: "Judgement") -> str:
    at = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
    heard, right = one.heard or "none", one.right or "none"
    return f'{at}  {one.field}: {heard}, was {right}  "{one.text}"  {one.clip or "-"}\n'


def _suggested(one: "Suggestion") -> dict[str, Any]:
    return {
        "field": one.field,
        "right": one.right,
        "lang": one.lang,
        "phrase": one.phrase,
        "corrections": one.corrections,
        "elsewhere": one.elsewhere,
    }


def _proposal(one: "Suggestion") -> str:
    where = f"[event.say] {one.right}" if one.field == "type" else f"place {one.right}, say.{one.lang}"
    return f'{one.lang}  {where}: "{one.phrase}"  {one.corrections} corrections, {one.elsewhere} elsewhere\n'


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
