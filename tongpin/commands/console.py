"""`tongpin console`: the dispatcher's screen, or the same work as lines of text."""

import asyncio
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongpin.commands.seats import Config, Lang, console_settings, password_of, quiet, stop, who_sits

if TYPE_CHECKING:
    from tui.settings import ConsoleSettings


def console(
    config: Config,
    lang: Lang = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain", help="Lines of text in place of a screen: for screen readers and poor links."
        ),
    ] = False,
    tone_test: Annotated[
        bool, typer.Option("--tone-test", help="Sound each tone once, say what plays it, and end.")
    ] = False,
) -> None:
    """Work the queue: one screen with alarms, incidents, units, the radio channel and a command line.

    F1 on the screen lists every key and command, Ctrl+Q leaves. Nothing is lost by leaving: the centre keeps
    everything, and another console shows the same. With neither login nor password_file in the settings the
    console asks who you are.

    With --plain every change is a line on stdout (one that starts with ALARM waits to be claimed), the same
    commands are typed on stdin, and talk goes to stderr: what a line would do, then what came of it.

    --tone-test sounds each tone once, the most urgent first, and names it: is this workplace to be heard?

    Needs a terminal of 80x24 or more, but for --plain. Logs go to console.log_file, or nowhere. A commented
    example: deploy/examples/console.toml. Check the settings first: tongpin check-config FILE.

    Exit code 0; 2 for wrong settings or a wrong password; with --plain 3 when the centre is out of reach.
    """
    settings = console_settings(config, lang)
    if tone_test:
        _sound_all(settings)
        return
    if plain:
        _run_plain(settings)
        return
    _need_terminal()
    password_of(settings)
    _log_to(settings.console.log_file)
    from bus.collecting import loading, only_when_asked

    # Textual draws at most so often a second, and a key takes two drawings: at its 60 they are 33 ms.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    with loading():
        from tui.app import ConsoleApp

        app = ConsoleApp(settings)
    only_when_asked()

    # A closed terminal ends the console at once, also under nohup: what was typed is on the disk already.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_terminal, name="console.terminal", daemon=True).start()
    app.run()


def _end_with_the_terminal() -> None:
    """A terminal that goes without a hangup would leave a console that reads nothing as fast as it can."""
    waiting = select.poll()
    waiting.register(sys.stdin.fileno(), 0)  # no event but that the other end is gone
    waiting.poll()
    os.kill(os.getpid(), signal.SIGHUP)


def _sound_all(settings: "ConsoleSettings") -> None:
    """Whoever listens hears what it names; a player that fails is told of, and the bell rings."""
    from tui.ringing import Ringing
    from tui.tones import STROKES
    from tui.words import Words

    words = Words(settings.console.language)
    ringing = Ringing(settings.console, lambda: typer.echo("\a", nl=False))

    async def sound() -> None:
        for tone in STROKES:
            await ringing.sound(tone)
            by = ringing.player or words("devices.bell")
            typer.echo(f"{words(f'tone.{tone}')}: {by}{ringing.trouble and f' ({ringing.trouble})'}")

    asyncio.run(sound())
    ringing.clear()


def _run_plain(settings: "ConsoleSettings") -> None:
    from bus.clock import SystemClock
    from tui.plain.console import run_plain

    who = who_sits(settings)
    _log_to(settings.console.log_file)
    asyncio.run(run_plain(settings, who, SystemClock(), (sys.stdin, sys.stdout, sys.stderr)))


def _need_terminal() -> None:
    # Textual draws on stderr.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        stop("the console draws on a terminal; start it in one, or use --plain for lines of text")


def _log_to(path: Path | None) -> None:
    """Everything that logs, into the file; the terminal belongs to the screen."""
    import structlog

    from tongpin.process import best_effort

    if path is None:
        quiet()
        return
    try:
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        stop(f"console.log_file {path} cannot be written ({error.strerror})")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(best_effort(file)),
    )
