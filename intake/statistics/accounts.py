"""How often a panel account's alarms were false: a figure that orders equal priorities, never suppresses."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.statistics.marks import AlarmMarks

FALSE = frozenset({"nuisance", "abort-code", "harassment"})
"""Reasons of dismissal that say nothing had happened; a test is none, nor what other forces deal with."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account's alarms; `decided` are those somebody dismissed or made an incident of."""

    account: str
    alarms: int
    decided: int
    false: int
    tests: int

    @property
    def rate(self) -> float | None:
        """Percent false of the alarms decided on, tests left out; None before there are any."""
        real = self.decided - self.tests
        return 100 * self.false / real if real else None


def accounts(alarms: Iterable[AlarmMarks]) -> tuple[Account, ...]:
    """One line an account, the most false alarms first."""
    found: dict[str, list[AlarmMarks]] = {}
    for one in alarms:
        if one.account is not None:
            found.setdefault(one.account, []).append(one)
    lines = (_account(name, of) for name, of in found.items())
    return tuple(sorted(lines, key=lambda line: (-line.false, -line.alarms, line.account)))


def _account(name: str, alarms: list[AlarmMarks]) -> Account:
    decided = [one for one in alarms if one.dismissed or one.incident]
    return Account(
        account=name,
        alarms=len(alarms),
        decided=len(decided),
        false=sum(one.dismissed in FALSE for one in decided),
        tests=sum(one.dismissed == "test" for one in decided),
    )
