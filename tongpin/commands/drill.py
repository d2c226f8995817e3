"""`tongpin drill`: a scripted or recorded hour to train with."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def drill(
    script: Annotated[
        Path | None,
        typer.Argument(metavar="SCRIPT.toml|JOURNAL", help="What is to happen; the example without."),
    ] = None,
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Console, and channel if it can.")] = "en",
    speed: Annotated[
        float, typer.Option(min=0.1, max=60, help="Seconds of the script in a real second.")
    ] = 1.0,
    for_: Annotated[
        float | None, typer.Option("--for", min=0.1, help="Minutes; then the console closes by itself.")
    ] = None,
    site: Annotated[Path | None, typer.Option(help="The site file; the example site without.")] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="No console: a scripted dispatcher works.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The times as one JSON object.")] = False,
    keep: Annotated[
        Path | None, typer.Option(help="Leave journal, recordings and logs in this folder.")
    ] = None,
) -> None:
    """Train: an hour happens in a sandbox, you sit at the desk, your times come at the end.

    Everything runs on this machine, apart from any real centre: a broker on a free loopback port, a box, a
    centre in a temporary folder. Every alarm is marked as an exercise. You are signed in at once; Ctrl-Q ends
    the drill, or --for does. Officers answer orders by voice. What a JOURNAL holds of panels, speech and
    typed reports happens again, as far apart as it did.

    At the end: from alarm to claim, claim to order, order to signing and arrival, against the first rung of
    the site's timers, and each that was late; and each alarm nobody took.

    Exit codes: 0 everything was done and in time; 1 something was late or left; 2 the script is wrong, or
    nothing in the journal can be repeated; 4 the sandbox does not come up, or the file is no journal.

    Example: tongpin drill --speed 2 --for 10
    """
    from intake.site import example_site_path
    from tongpin.demo.plan import Plan, channel_language
    from tongpin.drill.run import SCRIPTS, Drill, run
    from tongpin.process import hang_up_is_an_end

    channel_lang, why = channel_language(lang)
    if why:
        typer.echo(why, err=True)
    plan = Plan(lang, channel_lang, 1, speed, None, keep, site or example_site_path())
    source = script or SCRIPTS / "yiwu.toml"
    with hang_up_is_an_end():
        raise typer.Exit(run(Drill(source, plan, for_, headless, as_json)))
