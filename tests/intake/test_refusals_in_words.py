"""A refusal names states, roles and fields as people say them, in either language."""

import re

import pytest

from intake.dispatch.base import Role
from intake.dispatch.in_words import WORDS
from intake.dispatch.objects import AlarmState, AssignmentState, IncidentState, UnitState
from intake.dispatch.refusals import Refusal, refuse


def test_every_state_and_role_has_words() -> None:
    """A new one must bring its own; nobody is told that the system may not."""
    states = {*AlarmState, *IncidentState, *AssignmentState, *UnitState, *Role} - {Role.SYSTEM}
    assert {str(one) for one in states} - WORDS.keys() == set()


@pytest.mark.parametrize(
    "refusal",
    [
        refuse("missing", field="place"),
        refuse("role", role=Role.OBSERVER, needs=Role.SUPERVISOR),
        refuse("exercise-mixed", one="actual", other="exercise"),
        refuse("unit-unavailable", unit="1", state=UnitState.OUT_OF_SERVICE),
    ],
    ids=lambda refusal: refusal.code,
)
def test_chinese_has_no_english_word_and_english_no_code(refusal: Refusal) -> None:
    """`请填写 place。` told nobody what to do."""
    assert re.search("[A-Za-z]", refusal.zh) is None
    assert re.search("[A-Z]{2}|_", refusal.en) is None
