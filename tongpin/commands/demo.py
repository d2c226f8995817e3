"""`tongpin demo`: a whole site on one machine."""

from pathlib import Path
from typing import Annotated, Literal

import typer

HEADLESS_RATE = 12.0
CONSOLE_RATE = 2.0


def demo(
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Console, and channel if it can.")] = "en",
    seed: Annotated[int, typer.Option(help="The same seed tells the same story.")] = 1,
    rate: Annotated[
        float | None,
        typer.Option(min=0.1, max=120, help="Station seconds in a real second (2; headless 12)."),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="No console: a scripted dispatcher works.")
    ] = False,
    for_: Annotated[float | None, typer.Option("--for", min=1, help="Seconds to play; headless 60.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --headless: the figures as one JSON object.")
    ] = False,
    keep: Annotated[
        Path | None, typer.Option(help="Leave journal, spool, recordings and logs in this folder.")
    ] = None,
) -> None:
    """Show tongpin at work: a station, its panels, its officers, and you at the desk.

    Starts an embedded broker on a free loopback port, two simulated alarm receivers, a simulated radio
    channel with officers who answer when they are sent, a box, the centre, and a console in front: F1 helps,
    Ctrl-Q leaves. Nothing is installed and nothing is left behind.

    With --headless a scripted dispatcher works through the same requests, and the last line on stdout tells
    what was sent and what the journal holds; exit code 1 when anything was lost, doubled or unverifiable.
    """
    from tongpin.demo.plan import Plan, channel_language
    from tongpin.demo.show import show_console, show_headless
    from tongpin.process import hang_up_is_an_end

    channel_lang, why = channel_language(lang)
    if why:
        typer.echo(why, err=True)
    seconds = for_ if for_ is not None else (60.0 if headless else None)
    plan = Plan(
        lang, channel_lang, seed, rate or (HEADLESS_RATE if headless else CONSOLE_RATE), seconds, keep
    )
    with hang_up_is_an_end():
        if headless:
            raise typer.Exit(show_headless(plan, as_json=as_json))
        show_console(plan)
