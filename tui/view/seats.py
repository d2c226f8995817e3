"""Who is signed in where, and what this console is set to and why. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from tui.ages import short_age
from tui.seats import Seats, SeatState
from tui.settings import ConsoleSettings
from tui.view.line import Line, column, heading
from tui.view.sight import Sight

QUIET_S = 600.0
"""A console that asked nothing for so long has perhaps nobody at it."""

From = Literal["file", "default", "now"]


@dataclass(frozen=True)
class Setting:
    """One setting as it works now, and where that comes from."""

    name: str
    value: str
    source: From


def settings_of(settings: ConsoleSettings, *, now: dict[str, str]) -> Iterator[Setting]:
    """Every setting but secrets; `now` is what was changed or found while running."""
    tables: tuple[tuple[str, BaseModel], ...] = (
        ("console", settings.console),
        ("broker", settings.broker),
        ("operator", settings.operator),
    )
    for table, of in tables:
        for name in type(of).model_fields:
            key = f"{table}.{name}"
            if name != "password":
                given, set_ = getattr(of, name), name in of.model_fields_set
                yield Setting(key, _shown(given), "file" if set_ else "default")
            if key in now and now[key] != _shown(getattr(of, name)):
                yield Setting(key, now[key], "now")
    yield from (Setting(f"keys.{action}", key, "file") for action, key in settings.keys.items())


def _shown(value: object) -> str:
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def seat_lines(
    sight: Sight, seats: Seats | None, settings: Iterable[Setting], own: str, width: int
) -> Iterator[Line]:
    """People, then settings; every line can be scrolled to."""
    known = seats.seats if seats else ()
    yield heading(sight.words("seats.people", n=len(known)), width)
    yield from (_seat(sight, one, own, width) for one in known)
    yield heading(sight.words("seats.settings", console=own), width)
    for number, one in enumerate(settings):
        yield Line(
            f"setting:{number}",
            (
                column(f" {one.name}", 28, "ink"),
                column(one.value, width - 28 - 20, "bold ink" if one.source == "now" else "ink"),
                column(f" {sight.words(f'seats.{one.source}')}", 20, "dim"),
            ),
        )


def _seat(sight: Sight, one: SeatState, own: str, width: int) -> Line:
    words = sight.words
    role = words(f"role.{one.role}") if f"role.{one.role}" in words else one.role
    quiet = sight.age(one.heard_at) > QUIET_S
    where = " ".join(
        filter(None, (one.agency and sight.agency(one.agency), one.team and sight.team(one.team)))
    )
    since = words("seats.since", age=short_age(sight.age(one.since)))
    heard = words("seats.heard", age=f"{short_age(sight.age(one.heard_at))}{'?' if quiet else ''}")
    return Line(
        f"seat:{one.console}",
        (
            column(f"{'*' if one.console == own else ' '}{one.console}", 13, "bold ink"),
            column(f"{one.login}  {one.name}", 18, "ink"),
            column(role, 12, "cyan"),
            column(since, 11, "dim"),
            column(heard, 14, "yellow" if quiet else "dim"),
            column(where, max(width - 68, 0), "dim"),
        ),
    )
