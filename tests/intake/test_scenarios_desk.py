"""Acceptance scenarios of the desk, through the running centre; each is named by its number."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bus.messages.board import IncidentRow
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_console import SmallConsole

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre at work."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        yield made


async def opened(console: SmallConsole, type_: str, place: str) -> str:
    """An incident opened by hand."""
    made: str = (await console.ask("new", type=type_, place=place, summary=""))["incident"]
    return made


async def row(console: SmallConsole, incident: str) -> IncidentRow | None:
    """An incident as a fresh snapshot has it."""
    return next((one for one in (await console.snapshot()).tables.incidents if one.id == incident), None)


async def test_a5_of_two_who_claim_one_wins_and_the_other_sees_who(centre: CentreAtWork) -> None:
    """Both at once: one claim, and a refusal that names the winner."""
    zhang, li = await centre.console("desk-1"), await centre.console("desk-2", login="li")
    box = await centre.box()
    alarm = await box.send(box.signal())
    await zhang.shows(lambda shown: alarm in shown.alarms)
    replies = await asyncio.gather(*(each.request("claim", each.asking(alarm=alarm)) for each in (zhang, li)))
    (lost,) = (reply.error for reply in replies if reply.error)
    winner = "li" if replies[0].error else "zhang"
    assert (lost.code, lost.by) == ("claimed", winner)


async def test_a19_priority_0_is_neither_held_nor_dismissed_by_one(centre: CentreAtWork) -> None:
    """Both are refused with the rule's name; the first wish to dismiss is kept for a second person."""
    zhang = await centre.console()
    fire = await opened(zhang, "fire", "platform-3")
    held = await zhang.refused("hold", incident=fire, minutes=10, reason="busy")
    assert held.code == "hold-priority-0"

    box = await centre.box()
    hold_up = await box.send(box.signal())
    await zhang.shows(lambda shown: hold_up in shown.alarms)
    await zhang.ask("dismiss", alarm=hold_up, reason="nuisance")
    shown = await zhang.shows(lambda shown: shown.alarms[hold_up].dismiss_wanted_by is not None)
    assert shown.alarms[hold_up].state == "QUEUED"
    again = await zhang.refused("dismiss", alarm=hold_up, reason="nuisance")
    assert again.code == "second-person"

    chief = await centre.console("desk-2", login="chief")
    await chief.ask("dismiss", alarm=hold_up, reason="nuisance")
    await zhang.shows(lambda shown: hold_up not in shown.alarms)


async def test_a20_a_merge_is_no_cycle_and_is_undone_whole(centre: CentreAtWork) -> None:
    """A into B, then B into A is refused; an undo within ten seconds restores both."""
    zhang, box = await centre.console(), await centre.box()
    alarm = await box.send(box.signal())
    await zhang.shows(lambda shown: alarm in shown.alarms)
    one = (await zhang.ask("promote", alarm=alarm))["incident"]
    await zhang.ask("dispatch", incident=one, units=["P1"])
    other = await opened(zhang, "fight", "taxi-stand")
    before = [await row(zhang, each) for each in (one, other)]

    await zhang.ask("merge", incident=one, into=other)
    merged = await zhang.shows(lambda shown: one not in shown.incidents)
    whole = merged.incidents[other]
    assert (whole.state, whole.alarms, list(whole.merged)) == ("ACTIVE", 1, [one])
    assert {each.incident for each in merged.assignments.values()} == {other}
    lines = (await zhang.ask("timeline", object_id=other))["rows"]
    assert {line["what"] for line in lines} >= {"alarm.queued", "assignment.dispatched", "incident.merged"}
    assert (await zhang.refused("merge", incident=other, into=one)).code == "merge-cycle"

    await zhang.ask("undo")
    await zhang.shows(lambda shown: one in shown.incidents)
    after = [await row(zhang, each) for each in (one, other)]
    assert [bare(each) for each in after] == [bare(each) for each in before]


def bare(row: IncidentRow | None) -> object:
    """A row but for its version, which only ever rises."""
    assert row is not None
    return row.model_copy(update={"version": 0})
