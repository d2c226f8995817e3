"""Acceptance scenarios of panels, boxes and the units they lead to, at the running centre, by number."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.messages.board import AlarmRow, IncidentRow
from bus.messages.signal import PanelEvent
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in, fresh_site
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole, heard_of
from tui.view.queue import open_incidents
from tui.view.sight import Sight
from tui.words import Words

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet; the baggage office of its site is an institution."""
    file = fresh_site(tmp_path)
    text = file.read_text(encoding="utf-8")
    place = 'id = "baggage-office"\n'
    panel = '[[panel]]\naccount = "5555"\nplace = "baggage-office"\nzones = {}\n\n[[panel]]\naccount = "1234"'
    text = text.replace(place, place + "institution = true\n", 1)
    file.write_text(text.replace('[[panel]]\naccount = "1234"', panel, 1), encoding="utf-8")
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


@pytest.fixture
async def at_work(centre: CentreAtWork) -> AsyncIterator[tuple[SmallBox, SmallConsole]]:
    """It runs, with one box and one console."""
    async with centre.run():
        yield await centre.box(), await centre.console()


At = tuple[SmallBox, SmallConsole]


def burglary(account: str = "1234", zone: str = "002", qualifier: str = "new") -> PanelEvent:
    """Contact ID 130, of one zone."""
    return PanelEvent.model_validate(
        {"account": account, "qualifier": qualifier, "code_set": "contact_id", "code": "130", "zone": zone}
    )


async def alarm(box: SmallBox, console: SmallConsole, event: PanelEvent) -> AlarmRow:
    """A panel's alarm, as the board shows it."""
    sent = await box.send(box.signal(event=event))
    return (await console.shows(lambda shown: sent in shown.alarms)).alarms[sent]


async def incident(console: SmallConsole, id_: str) -> IncidentRow:
    """An incident as a fresh snapshot has it."""
    return next(row for row in (await console.snapshot()).tables.incidents if row.id == id_)


async def lines(console: SmallConsole, id_: str) -> list[str]:
    """What happened to it."""
    return [row["what"] for row in (await console.ask("timeline", object_id=id_))["rows"]]


async def test_a4_a_frame_sent_again_is_the_same_alarm(at_work: At) -> None:
    """The panel had no ACK and repeats: its box spooled the first, so the second only counts.

    That nothing is acknowledged before it is stored is shown in `tests/chaos/test_killed_before_commit.py`.
    """
    box, console = at_work
    first = box.signal(event=burglary())
    await box.receipted(await box.send(first))
    await box.receipted(await box.send(box.signal("repeat", event=burglary(), repeat_of=first.id)))
    await box.receipted(await box.send(first))
    shown = await console.shows(lambda shown: [row.count for row in heard_of(shown)] == [2])
    assert [row.id for row in heard_of(shown)] == [first.id]


async def test_a7_alarm_restore_alarm_is_two_alarms_and_one_incident(at_work: At) -> None:
    """The second shares the first's row, and goes where it goes."""
    box, console = at_work
    first = await alarm(box, console, burglary())
    await box.receipted(await box.send(box.signal(event=burglary(qualifier="restore"))))
    again = await alarm(box, console, burglary())
    assert again.behind == first.id
    made = (await console.ask("promote", alarm=first.id))["incident"]
    assert (await incident(console, made)).alarms == 2


async def test_a8_an_institution_is_no_reason_to_think_of_one_event(at_work: At) -> None:
    """Two rooms of one address, and somebody who calls from there: three matters."""
    box, console = at_work
    first = await alarm(box, console, burglary("5555", "001"))
    other = await alarm(box, console, burglary("5555", "002"))
    await console.ask(
        "report", alarm="01900000-0000-7000-8000-000000000001", text="a man", place="baggage-office"
    )
    shown = await console.shows(lambda shown: len(heard_of(shown)) == 3)
    assert [shown.alarms[one.id].proposals for one in (first, other)] == [(), ()]
    assert not any(row.proposals for row in heard_of(shown))


async def test_a14_a_wrong_clock_is_flagged_and_order_is_by_recording(at_work: At) -> None:
    """Five minutes ahead: the queue stands in the order in which the centre heard of them."""
    box, console = at_work
    await box.health(ahead_s=300)
    ahead = SystemClock().now() + timedelta(seconds=300)
    first = await box.send(box.signal(event=burglary(), said_at=ahead))
    second = await box.send(box.signal(event=burglary("4321", "010"), said_at=SystemClock().now()))
    shown = await console.shows(lambda shown: {first, second} <= set(shown.alarms))
    assert shown.alarms[first].clock_offset == pytest.approx(300, abs=2)
    assert shown.alarms[first].recorded_at <= shown.alarms[second].recorded_at
    assert shown.alarms[first].said_at > shown.alarms[second].said_at
    assert "clock-wrong" in [row.event_code for row in heard_of(shown)]


async def test_a16_a_unit_set_aside_leaves_the_incident_pending(at_work: At) -> None:
    """Nobody was called, so nobody is waited for."""
    _, console = at_work
    made = (await console.ask("new", type="theft", place="gate-4", summary=""))["incident"]
    await console.ask("reserve", incident=made, unit="P1")
    tables = (await console.snapshot()).tables
    (order,) = tables.assignments
    assert (order.state, order.timers) == ("RESERVED", ())
    assert (await incident(console, made)).state == "PENDING"


async def test_a17_the_last_unit_declines_and_the_incident_is_on_top_with_its_age(at_work: At) -> None:
    """It waits since its first alarm, not since it came back."""
    box, console = at_work
    earlier = (await console.ask("new", type="robbery", place="gate-4", summary=""))["incident"]
    first = await alarm(box, console, burglary())
    made = (await console.ask("promote", alarm=first.id))["incident"]
    await console.ask("dispatch", incident=made, units=["P1"])
    await console.ask("decline", unit="P1", reason="flat tyre")
    row = await incident(console, made)
    assert (row.state, row.first_alarm_at) == ("PENDING", first.recorded_at)
    assert console.mirror
    sight = Sight(console.mirror, SystemClock().now(), Words("en"), "zhang")
    assert [one.id for one in open_incidents(sight)] == [made, earlier]


async def test_a23_a_cancel_without_authority_is_a_note(at_work: At) -> None:
    """406 after a burglary: on the alarm and its incident's history, and nothing closes."""
    box, console = at_work
    first = await alarm(box, console, burglary())
    made = (await console.ask("promote", alarm=first.id))["incident"]
    before = await incident(console, made)
    cancel = PanelEvent(account="1234", qualifier="new", code_set="contact_id", code="406", zone="002")
    await box.receipted(await box.send(box.signal(event=cancel)))
    after = await incident(console, made)
    assert (after.state, after.priority) == (before.state, before.priority)
    assert "alarm.annotated" in await lines(console, made)


async def test_a24_a_lost_box_is_an_alarm_and_incidents_stay(at_work: At) -> None:
    """Its last will is the centre's to hear at once; two incidents go on."""
    box, console = at_work
    await box.say("ready")
    made = [
        (await console.ask("new", type="theft", place=place, summary=""))["incident"]
        for place in ("gate-4", "taxi-stand")
    ]
    for unit, one in zip(("P1", "P2"), made, strict=True):
        await console.ask("dispatch", incident=one, units=[unit])
    before = [await incident(console, one) for one in made]
    await box.say("lost")
    shown = await console.shows(lambda shown: bool(heard_of(shown)))
    (row,) = heard_of(shown)
    assert (row.source, row.event_code, row.priority) == ("system", "gateway-lost", 2)
    assert [await incident(console, one) for one in made] == before
