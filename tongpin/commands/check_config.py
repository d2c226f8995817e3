"""`tongpin check-config`: is this settings file right, before a program is started with it?"""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


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

    Prints one line when it is right. When it is not, one sentence says which line and key, and what was
    probably meant; exit code 2.
    """
    found = kind or _guess(config)
    _READERS[found](config)
    sys.stdout.write(f"{config}: good settings for: {found}\n")


def _guess(config: Path) -> str:
    import tomllib

    from bus.errors import SettingsError

    try:
        tables = tomllib.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{config} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config}: {error}") from error
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

    read_toml(path, GatewaySettings)


def _intake(path: Path) -> None:
    from bus.settings_file import read_toml
    from intake.settings import IntakeSettings
    from intake.site import load_site

    load_site(read_toml(path, IntakeSettings).centre.site_file)


def _console(path: Path) -> None:
    from bus.settings_file import read_toml
    from tui.settings import ConsoleSettings

    read_toml(path, ConsoleSettings)


def _site(path: Path) -> None:
    from intake.site import load_site

    load_site(path)


_READERS = {"gateway": _gateway, "intake": _intake, "console": _console, "site": _site}
