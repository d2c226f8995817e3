"""`tongpin check-config`: is this settings file right, before a program is started with it?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

    from intake.site import Site


def check_config(
    config: Annotated[
        Path, typer.Argument(help="A settings file of a box, the centre, a console, or a site file.")
    ],
    kind: Annotated[
        Literal["gateway", "intake", "console", "site"] | None,
        typer.Option("--for", help="Whose settings; found out from the file's tables when not given."),
    ] = None,
) -> None:
    """Check a settings file: every key, every value, every file it names.

    Prints one line when it is right, and says on stderr when its site is a sandbox. When it is not right, one
    sentence says which line and key, and what was probably meant; exit code 2.
    """
    found = kind or _guess(config)
    _READERS[found](config)
    sys.stdout.write(f"{config}: good settings for: {found}\n")


def _guess(config: Path) -> str:
    from pydantic import BaseModel, ConfigDict

    from bus.errors import SettingsError
    from bus.settings_file import read_toml

    class AnyTables(BaseModel):
        model_config = ConfigDict(extra="allow")

    tables = read_toml(config, AnyTables).model_extra or {}
    for table, kind in (
        ("gateway", "gateway"),
        ("centre", "intake"),
        ("console", "console"),
        ("site", "site"),
    ):
        if table in tables:
            return kind
    raise SettingsError(
        f"{config}: no table [gateway], [centre], [console] or [site]; say what it is with --for"
    )


def _gateway(path: Path) -> None:
    from bus.settings_file import read_toml
    from gateway.settings import GatewaySettings

    settings = read_toml(path, GatewaySettings)
    _all_there(path, settings.broker)
    for channel in settings.channel:
        _all_there(path, channel.source)
    for line in settings.ip_line:
        _keys_usable(line.keys_file)


def _intake(path: Path) -> None:
    from bus.settings_file import read_toml
    from intake.comprehension import Comprehension
    from intake.settings import IntakeSettings
    from intake.site import load_site

    settings = read_toml(path, IntakeSettings)
    _all_there(path, settings.broker)
    site = load_site(settings.centre.site_file)
    Comprehension(site, settings.centre.words)
    _tell_of_sandbox(site)


def _console(path: Path) -> None:
    from bus.settings_file import read_toml
    from tui.settings import ConsoleSettings

    settings = read_toml(path, ConsoleSettings)
    _all_there(path, settings.broker)
    _all_there(path, settings.operator)


def _site(path: Path) -> None:
    from intake.comprehension import Comprehension
    from intake.site import load_site

    site = load_site(path)
    Comprehension(site)
    _tell_of_sandbox(site)


def _tell_of_sandbox(site: "Site") -> None:
    """Real alarms would ring as exercises do: whoever takes a sandbox for a real site hears of it here."""
    if site.exercise:
        sys.stderr.write(
            f"{site.id} is a sandbox (exercise = true): every alarm is marked as an exercise, real ones too\n"
        )


def _all_there(config: Path, table: "BaseModel") -> None:
    """Every file a table names is there to be read. Raises `SettingsError`."""
    from bus.errors import SettingsError

    for key, value in table:
        if not isinstance(value, Path):
            continue
        try:
            value.open("rb").close()
        except OSError as error:
            raise SettingsError(
                f"{config}: {key}: {value} cannot be read ({error.strerror}); "
                "paths start from the folder the program is started in"
            ) from error


def _keys_usable(keys_file: Path | None) -> None:
    """The panels' keys are as the box wants them at its start. Raises `SettingsError`."""
    from bus.errors import SettingsError
    from gateway.errors import CannotStart
    from gateway.ip.keys import read_keys

    try:
        read_keys(keys_file)
    except CannotStart as error:
        raise SettingsError(str(error)) from error


_READERS = {"gateway": _gateway, "intake": _intake, "console": _console, "site": _site}
