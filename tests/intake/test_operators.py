"""Who sits at a console: passwords are checked, sessions belong to one person and do not pile up."""

from datetime import timedelta

import pytest

from intake.operators import SESSIONS, Operator, Operators, hash_password
from intake.settings import OperatorSettings
from tests.support.dispatch_board import START

PASSWORD = "right"  # noqa: S105 - the tests' own


@pytest.fixture(scope="module")
def zhang() -> OperatorSettings:
    """One dispatcher; hashing takes its time on purpose."""
    return OperatorSettings(
        login="zhang", name="Zhang", role="dispatcher", password_hash=hash_password(PASSWORD)
    )


def signed(
    operators: Operators, login: str = "zhang", password: str = PASSWORD, console: str = "desk-1"
) -> tuple[str, Operator] | None:
    """Somebody signs in."""
    return operators.sign_in(login, password, console=console, at=START)


def test_the_right_password_gives_a_session_of_that_person(zhang: OperatorSettings) -> None:
    """Two sign-ins are two sessions of the same person."""
    operators = Operators([zhang])
    first, second = signed(operators), signed(operators)

    assert first is not None
    assert second is not None
    assert first[0] != second[0]
    assert operators.of(first[0], START) == operators.of(second[0], START) == first[1]
    assert (first[1].login, first[1].role) == ("zhang", "dispatcher")


@pytest.mark.parametrize(
    ("login", "password"), [("zhang", "wrong"), ("nobody", PASSWORD), ("", ""), ("zhang", "")]
)
def test_anything_else_gives_none(zhang: OperatorSettings, login: str, password: str) -> None:
    """A wrong password and an unknown login look the same."""
    operators = Operators([zhang])

    assert signed(operators, login, password) is None
    assert operators.of(None, START) is operators.of("", START) is operators.of("made-up", START) is None


def test_sessions_of_a_long_run_do_not_pile_up(zhang: OperatorSettings) -> None:
    """When there are too many the oldest ends; its console signs in again by itself."""
    operators = Operators([zhang])
    oldest = signed(operators)
    assert oldest is not None
    seat = operators._sessions[oldest[0]]
    operators._sessions.update({f"session-{n}": seat for n in range(SESSIONS - 1)})
    newest = signed(operators)

    assert newest is not None
    assert len(operators._sessions) == SESSIONS
    assert operators.of(oldest[0], START) is None
    assert operators.of(newest[0], START) is not None


def test_a_console_shows_who_signed_in_there_last_and_when_it_was_heard(zhang: OperatorSettings) -> None:
    """Whoever sat there before is not shown any more; asking anything is being heard."""
    operators = Operators([zhang])
    signed(operators, console="desk-2")
    signed(operators)
    again = signed(operators)
    assert again is not None
    operators.of(again[0], START + timedelta(minutes=3))

    first, second = operators.seats()
    assert (first.console, second.console) == ("desk-1", "desk-2")
    assert (first.heard_at - first.since, second.heard_at - second.since) == (
        timedelta(minutes=3),
        timedelta(0),
    )
