"""Who sits at a console: passwords are checked, sessions belong to one person and do not pile up."""

import pytest

from intake.operators import SESSIONS, Operators, hash_password
from intake.settings import OperatorSettings

PASSWORD = "right"  # noqa: S105 - the tests' own


@pytest.fixture(scope="module")
def zhang() -> OperatorSettings:
    """One dispatcher; hashing takes its time on purpose."""
    return OperatorSettings(
        login="zhang", name="Zhang", role="dispatcher", password_hash=hash_password(PASSWORD)
    )


def test_the_right_password_gives_a_session_of_that_person(zhang: OperatorSettings) -> None:
    """Two sign-ins are two sessions of the same person."""
    operators = Operators([zhang])
    first, second = operators.sign_in("zhang", PASSWORD), operators.sign_in("zhang", PASSWORD)

    assert first is not None
    assert second is not None
    assert first[0] != second[0]
    assert operators.of(first[0]) == operators.of(second[0]) == first[1]
    assert (first[1].login, first[1].role) == ("zhang", "dispatcher")


@pytest.mark.parametrize(
    ("login", "password"), [("zhang", "wrong"), ("nobody", PASSWORD), ("", ""), ("zhang", "")]
)
def test_anything_else_gives_none(zhang: OperatorSettings, login: str, password: str) -> None:
    """A wrong password and an unknown login look the same."""
    operators = Operators([zhang])

    assert operators.sign_in(login, password) is None
    assert operators.of(None) is operators.of("") is operators.of("made-up") is None


def test_sessions_of_a_long_run_do_not_pile_up(zhang: OperatorSettings) -> None:
    """When there are too many the oldest ends; its console signs in again by itself."""
    operators = Operators([zhang])
    oldest = operators.sign_in("zhang", PASSWORD)
    assert oldest is not None
    operators._sessions.update({f"session-{n}": oldest[1] for n in range(SESSIONS - 1)})
    newest = operators.sign_in("zhang", PASSWORD)

    assert newest is not None
    assert len(operators._sessions) == SESSIONS
    assert operators.of(oldest[0]) is None
    assert operators.of(newest[0]) is not None
