"""`tongpin simulate policy`: the same calls against two organisations."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.report import Lang

if TYPE_CHECKING:
    from intake.simulation.model import Assumptions, Call
    from intake.simulation.run import Outcome
    from intake.site import Site

STEPS = ("answer", "dispatch", "arrival")


def policy(
    journal: Annotated[Path | None, typer.Option(help="Incidents of this journal.db.")] = None,
    calls: Annotated[Path | None, typer.Option(help="Recorded calls, CSV without a head.")] = None,
    hourly: Annotated[
        float | None, typer.Option(min=0.1, max=1000, help="Calls by chance, so many an hour for a day.")
    ] = None,
    site: Annotated[Path | None, typer.Option(help="The site file; the example site without.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 0,
    desks: Annotated[int, typer.Option(min=1, help="Desks in all; each separate room has at least one.")] = 2,
    misdialled: Annotated[
        float, typer.Option(min=0, max=1, help="Share of calls that reach the other room first.")
    ] = 0.2,
    lang: Annotated[Lang, typer.Option(help="Language of the tables.")] = Lang.EN,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Run calls against separate rooms with a boundary, and against one centre with all teams.

    Both have the same desks and units and meet the same calls, talks and roads. Prints how long after
    the call it was answered, sent to and arrived at, side by side, and everything that was assumed.

    Exit codes: 0 done, 2 for a wrong file or site or not exactly one source of calls, 4 when the file is no
    journal.

    Example: tongpin simulate policy --hourly 12 --seed 1
    """
    from intake.simulation.model import Assumptions, joint, separate
    from intake.simulation.run import simulate
    from intake.site import example_site_path, load_site

    known = load_site(site or example_site_path())
    found = _calls(journal, calls, hourly, known, seed)
    in_all = sum(room.desks for room in joint(known, desks).rooms.values())
    assumed = Assumptions(desks=in_all, misdialled=misdialled)
    outcomes = {
        each.name: simulate(found, each, assumed, seed)
        for each in (separate(known, desks), joint(known, desks))
    }
    if as_json:
        sys.stdout.write(json.dumps(_json(found, outcomes, assumed, seed)) + "\n")
    else:
        _show(found, outcomes, assumed, seed, lang)


def _calls(
    journal: Path | None, calls: Path | None, hourly: float | None, site: "Site", seed: int
) -> "list[Call]":
    from intake.journal_reader import JournalReader
    from intake.rebuild import event_of
    from intake.simulation.calls import calls_by_chance, calls_of_file, calls_of_journal

    if sum(each is not None for each in (journal, calls, hourly)) != 1:
        raise typer.BadParameter("name one of --journal, --calls and --hourly")
    if journal is not None:
        with JournalReader(journal) as reader:
            opened = reader.entries(0, reader.newest().seq, ("incident.opened",))
            return calls_of_journal(map(event_of, opened), site)
    if calls is not None:
        try:
            return calls_of_file(calls.read_text(encoding="utf-8").splitlines(), site)
        except (OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(f"{calls} cannot be read ({error}): name another file") from None
    return calls_by_chance(hourly or 0, 24, site, seed)


def _json(
    calls: "list[Call]", outcomes: "dict[str, Outcome]", assumed: "Assumptions", seed: int
) -> dict[str, object]:
    from intake.statistics.percentiles import spread

    figures = {
        name: {step: asdict(spread(getattr(of, step))) for step in STEPS} | {"passed_on": of.passed_on}
        for name, of in outcomes.items()
    }
    return {"calls": len(calls), "seed": seed, "assumptions": asdict(assumed), "organisations": figures}


def _show(
    calls: "list[Call]", outcomes: "dict[str, Outcome]", assumed: "Assumptions", seed: int, lang: Lang
) -> None:
    from intake.statistics.percentiles import spread
    from tongpin.report.lines import counted
    from tongpin.report.spans import span
    from tongpin.report.text import report_console, table_of
    from tongpin.words import Words

    words = Words(lang.value)
    rows = []
    for step in STEPS:
        for name, outcome in outcomes.items():
            of = spread(getattr(outcome, step))
            times = (span(each) for each in (of.p50, of.p75, of.p90, of.p95, of.p99))
            rows.append((words(f"policy.{step}"), words(f"policy.{name}"), counted(of), *times))
    console = report_console()
    title = words("policy.title", n=len(calls), seed=seed)
    head = ("", "", words("head.n"), "p50", "p75", "p90", "p95", "p99")
    console.print(table_of(title, head, rows, right=2))
    passed = outcomes["separate"].passed_on
    console.print(words("policy.passed_on", n=passed))
    facts = ((words(f"assumed.{name}"), f"{value}") for name, value in asdict(assumed).items())
    console.print(table_of(words("policy.assumed"), ("", ""), facts, right=1))
    console.print(words("policy.note"), style="dim")
