"""Acceptance scenarios of two agencies and of a team's desk, at the running centre; by their number."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bus.messages.board import IncidentRow
from intake.settings import OperatorSettings
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import SmallConsole
from tests.support.turned_clock import TurnedClock

pytestmark = pytest.mark.slow


@pytest.fixture
def clock() -> TurnedClock:
    """Of the centre."""
    return TurnedClock()


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto, clock: TurnedClock) -> AsyncIterator[CentreAtWork]:
    """A centre at work; li sits at the local police, guest is replaced by the hall team's desk."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        desks = {"li": {"agency": "local"}, "guest": {"agency": "rail", "team": "hall", "role": "dispatcher"}}
        operators = tuple(
            OperatorSettings.model_validate(one.model_dump() | desks.get(one.login, {}))
            for one in made.settings.operator
        )
        made.settings = made.settings.model_copy(update={"operator": operators})
        made.clock = clock
        async with made.run():
            yield made


async def a_theft(console: SmallConsole) -> str:
    """On railway ground."""
    made: str = (await console.ask("new", type="theft", place="gate-4", summary=""))["incident"]
    return made


async def row(console: SmallConsole, incident: str) -> IncidentRow:
    """An incident as a fresh snapshot has it."""
    return next(one for one in (await console.snapshot()).tables.incidents if one.id == incident)


async def whats(console: SmallConsole, incident: str) -> list[str]:
    """What happened to it."""
    return [line["what"] for line in (await console.ask("timeline", object_id=incident))["rows"]]


async def test_a9_a_hand_off_refused_and_one_timed_out_are_back_on_top(
    centre: CentreAtWork, clock: TurnedClock
) -> None:
    """Their age is kept, and whoever offered leads as before."""
    zhang, li = await centre.console("desk-1"), await centre.console("desk-2", login="li")
    refused, unheard = await a_theft(zhang), await a_theft(zhang)
    before = [(await row(zhang, one)).first_alarm_at for one in (refused, unheard)]
    for one in (refused, unheard):
        await zhang.ask("offer", incident=one, to="local", reason="their ground")
    await li.shows(lambda shown: all(shown.incidents[one].offer for one in (refused, unheard)))
    assert (await zhang.refused("offer", incident=refused, to="local", reason="again")).code == "offer-open"

    await li.ask("answer-offer", incident=refused, accept=False, reason="nobody free")
    clock.turn(61)
    await zhang.shows(lambda shown: not shown.incidents[unheard].offer)
    after = [await row(zhang, one) for one in (refused, unheard)]
    assert [one.first_alarm_at for one in after] == before
    assert [(one.lead, one.offer, one.state) for one in after] == [("rail", None, "PENDING")] * 2
    assert all(one.returned_at for one in after)
    assert (await whats(zhang, unheard))[-2:] == ["timer.reached", "incident.offer-ended"]


async def test_a21_the_centre_reaches_through_a_desk_that_names_nobody(
    centre: CentreAtWork, clock: TurnedClock
) -> None:
    """A minute after it signed; the timeline says that it was over its head."""
    zhang, hall = await centre.console("desk-1"), await centre.console("desk-2", login="guest")
    incident = await a_theft(zhang)
    await zhang.ask("order-team", incident=incident, team="hall")
    await hall.ask("sign-team", incident=incident, team="hall")
    early = await zhang.refused("name-units", incident=incident, team="hall", units=["P1"])
    assert early.code == "team-has-time"
    clock.turn(61)
    await zhang.ask("name-units", incident=incident, team="hall", units=["P1"])
    (team,) = (await row(zhang, incident)).teams
    assert (team.state, team.over_the_head) == ("DELEGATED", True)
    lines = (await zhang.ask("timeline", object_id=incident))["rows"]
    (told,) = (line for line in lines if line["what"] == "incident.team-delegated")
    assert (told["params"]["over_the_head"], told["params"]["units"]) == (True, ["P1"])
    assert [one.unit for one in (await zhang.snapshot()).tables.assignments] == ["P1"]


async def kept_out(console: SmallConsole, incident: str, unit: str) -> dict[str, str] | None:
    """Why a unit is not recommended to this desk."""
    advice = await console.ask("advise", incident=incident)
    bar: dict[str, str] | None = next(one["bar"] for one in advice["units"] if one["unit"] == unit)
    return bar


async def test_a22_no_grant_no_order_and_a_revoked_one_names_what_runs(centre: CentreAtWork) -> None:
    """The local police order a railway unit: refused; granted; revoked while it runs."""
    chief, li = await centre.console("desk-1", login="chief"), await centre.console("desk-2", login="li")
    incident, other = await a_theft(li), await a_theft(li)
    assert (await li.refused("dispatch", incident=incident, units=["P1"])).code == "no-grant"
    assert await kept_out(li, incident, "P1") == {"code": "no-grant", "value": "rail"}
    asked = await li.ask("ask-grant", giver="rail", taker="local", types=["theft"], reason="fair")
    assert (await li.refused("sign-grant", grant=asked["grant"])).code == "second-side"
    await chief.ask("sign-grant", grant=asked["grant"])
    assert await kept_out(li, incident, "P1") is None
    await li.ask("dispatch", incident=incident, units=["P1"])
    (order,) = (await li.snapshot()).tables.assignments
    assert order.grant == str(asked["no"])
    revoked = await chief.ask("revoke-grant", grant=asked["grant"], reason="own need")
    assert revoked["running"] == ["P1"]
    assert (await li.refused("dispatch", incident=other, units=["P2"])).code == "no-grant"
    (order,) = (await li.snapshot()).tables.assignments
    assert order.state == "DISPATCHED"
