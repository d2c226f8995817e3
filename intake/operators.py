"""Who sits at a console: passwords, roles, sessions."""

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from intake.settings import OperatorSettings, Role

SESSIONS = 1_000
"""Sessions held at once; a new one beyond that ends the oldest, and its console signs in again."""

_HASHER = PasswordHasher()
# Checked when the login is unknown, so that a stranger cannot tell logins from the time an answer takes.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


@dataclass(frozen=True)
class Operator:
    """A person, signed in."""

    login: str
    name: str
    role: Role
    agency: str | None = None
    team: str | None = None


@dataclass
class Seat:
    """Somebody at a console. Nobody signs out: an old `heard_at` tells that nobody sits there now."""

    console: str
    operator: Operator
    since: datetime
    heard_at: datetime

    def told(self) -> dict[str, str | None]:
        """For the consoles."""
        who = self.operator
        return {
            "console": self.console,
            "login": who.login,
            "name": who.name,
            "role": who.role,
            "agency": who.agency,
            "team": who.team,
            "since": self.since.isoformat(),
            "heard_at": self.heard_at.isoformat(),
        }


class Operators:
    """Sessions live in memory: after a restart of the centre consoles sign in again by themselves."""

    def __init__(self, known: Iterable[OperatorSettings]) -> None:
        self._known = {operator.login: operator for operator in known}
        self._sessions: OrderedDict[str, Seat] = OrderedDict()

    def sign_in(
        self, login: str, password: str, *, console: str, at: datetime
    ) -> tuple[str, Operator] | None:
        """A session token and who it is for; None for a wrong login or password. Takes about 50 ms."""
        found = self._known.get(login)
        if not _matches(found.password_hash if found else _NOBODY, password) or found is None:
            return None
        operator = Operator(found.login, found.name, found.role, found.agency, found.team)
        session = secrets.token_urlsafe(24)
        self._sessions[session] = Seat(console, operator, since=at, heard_at=at)
        if len(self._sessions) > SESSIONS:
            self._sessions.popitem(last=False)
        return session, operator

    def of(self, session: str | None, at: datetime) -> Operator | None:
        """Who holds `session`, and is heard of now."""
        seat = self._sessions.get(session or "")
        if seat is None:
            return None
        seat.heard_at = at
        return seat.operator

    def seats(self) -> list[Seat]:
        """Every console somebody signed in at, with the last who did, in the order of their names."""
        last = {seat.console: seat for seat in self._sessions.values()}
        return [last[console] for console in sorted(last)]


def hash_password(password: str) -> str:
    """What stands in the settings file for `password`."""
    return _HASHER.hash(password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False
