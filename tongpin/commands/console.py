"""`tongpin console`: the dispatcher's screen."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from tui.settings import ConsoleSettings


def console(
    config: Annotated[Path, typer.Option("--config", "-c", help="The console's settings (TOML).")],
    lang: Annotated[
        Literal["en", "zh"] | None, typer.Option("--lang", help="Language, in place of the settings'.")
    ] = None,
) -> None:
    """Work the queue: one screen with alarms, incidents, units, the radio channel and a command line.

    F1 on the screen lists every key and command, Ctrl+Q leaves. Nothing is lost by leaving: the centre keeps
    everything, and another console shows the same. With neither login nor password_file in the settings the
    console asks who you are.

    Needs a terminal of 80x24 or more. Logs go to console.log_file, or nowhere. A commented example:
    deploy/examples/console.toml. Check the settings first: tongpin check-config FILE.
    """
    from bus.settings_file import read_toml
    from tui.settings import ConsoleSettings

    settings = read_toml(config, ConsoleSettings)
    if lang is not None:
        settings = settings.model_copy(
            update={"console": settings.console.model_copy(update={"language": lang})}
        )
    _need_terminal()
    _need_password(settings)
    _log_to(settings.console.log_file)
    from tui.app import ConsoleApp

    ConsoleApp(settings).run()


def _need_terminal() -> None:
    # Textual draws on stderr.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        _stop("the console draws on a terminal; start it in one, not through a pipe or into a file")


def _need_password(settings: "ConsoleSettings") -> None:
    try:
        settings.operator.secret()
    except (OSError, UnicodeError) as error:
        _stop(f"operator.password_file {settings.operator.password_file} cannot be read ({error})")


def _stop(sentence: str) -> None:
    sys.stderr.write(f"tongpin console: {sentence}.\n")
    raise typer.Exit(2)


def _log_to(path: Path | None) -> None:
    """Everything that logs, into the file; the terminal belongs to the screen."""
    import structlog

    from tongpin.process import best_effort

    if path is None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL + 1))
        return
    try:
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        _stop(f"console.log_file {path} cannot be written ({error.strerror})")
        return
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(best_effort(file)),
    )
