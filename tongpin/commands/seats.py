"""What every command that sits down at the centre needs: settings, and who sits there."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from pydantic import SecretStr

    from tui.plain.seat import Seat
    from tui.settings import ConsoleSettings

Config = Annotated[Path, typer.Option("--config", "-c", help="The console's settings (TOML).")]
Lang = Annotated[
    Literal["en", "zh"] | None, typer.Option("--lang", help="Language, in place of the settings'.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

_T = TypeVar("_T")


def console_settings(config: Path, lang: Literal["en", "zh"] | None) -> "ConsoleSettings":
    """The settings, in the wanted language. Raises `SettingsError`."""
    from bus.settings_file import read_toml
    from tui.settings import ConsoleSettings

    settings = read_toml(config, ConsoleSettings)
    if lang is None:
        return settings
    return settings.model_copy(update={"console": settings.console.model_copy(update={"language": lang})})


def who_sits(settings: "ConsoleSettings") -> "tuple[str, SecretStr]":
    """Login and password: the settings', or asked on the terminal; leaves with 2 when it cannot ask."""
    from pydantic import SecretStr

    login, secret = settings.operator.login, password_of(settings)
    if login and secret is not None:
        return login, secret
    if not sys.stdin.isatty():
        stop("nobody signs in: name [operator] login and password_file in the settings")
    login = login or typer.prompt("login", err=True)
    return login, SecretStr(typer.prompt("password", hide_input=True, err=True))


def password_of(settings: "ConsoleSettings") -> "SecretStr | None":
    """The settings' password, None when there is none; leaves with 2 when its file cannot be read."""
    try:
        return settings.operator.secret()
    except (OSError, UnicodeError) as error:
        stop(f"operator.password_file {settings.operator.password_file} cannot be read ({error})")


def sit_down(config: Path, lang: Literal["en", "zh"] | None, work: "Callable[[Seat], Awaitable[_T]]") -> _T:
    """Do `work` at a seat with a live board. Raises `NotConnected`, `NotSignedIn`."""
    from bus.clock import SystemClock
    from tui.plain.seat import seated

    settings = console_settings(config, lang)
    who = who_sits(settings)

    async def seat_and_work() -> _T:
        async with seated(settings, who, SystemClock()) as seat:
            return await work(seat)

    quiet()
    return asyncio.run(seat_and_work())


def quiet() -> None:
    """What the link and the feed log is for log files, not for a page of lines."""
    import structlog

    structlog.configure(processors=[_drop])


def _drop(*_: object) -> str:
    from structlog import DropEvent

    raise DropEvent


def stop(sentence: str) -> NoReturn:
    """Leave with one sentence and 2."""
    sys.stderr.write(f"tongpin: {sentence}.\n")
    raise typer.Exit(2)
