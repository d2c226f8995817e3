"""An emergency key and the callers of overs, from the box to the console's board."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bus.clock import SystemClock
from bus.ids import new_id
from bus.messages.over import Caller, RadioCall
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole

pytestmark = pytest.mark.slow

STRANGER = Caller(kind="mdc1200", id="1A2B", meaning="ptt-id", at_ms=40)


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


async def press(box: SmallBox, **fields: Any) -> RadioCall:  # noqa: ANN401 - a message's fields are of any type
    """P2's radio sends its emergency."""
    usual = {
        "id": new_id(),
        "gateway": box.name,
        "channel": "ch-1",
        "seq": 1,
        "boot": box.boot,
        "said_at": SystemClock().now(),
        "clock": "synced",
        "caller": Caller(kind="mdc1200", id="1002", meaning="emergency", at_ms=80),
    }
    call = RadioCall.model_validate(usual | fields)
    await box.publish(box.own.radio_call("ch-1"), call.encode())
    return call


async def test_an_emergency_is_on_the_board_and_receipted_before_any_words(centre: CentreAtWork) -> None:
    """Sent twice it is one alarm; its over brings the clip, and no speech engine is needed for any of it."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        over = new_id()
        call = await press(box, over=over)
        await box.publish(box.own.radio_call("ch-1"), call.encode())
        await box.receipted(call.id)
        shown = await console.shows(lambda board: call.id in board.alarms)
        row = shown.alarms[call.id]
        assert (row.type, row.priority, row.caller_unit, row.count) == ("officer-emergency", 0, "P2", 1)

        await box.over(id=over, callers=[call.caller.model_dump(mode="json")])
        shown = await console.shows(lambda board: board.alarms[call.id].clip is not None)
        assert over in (shown.alarms[call.id].clip or "")
        assert shown.overs[over].alarm == call.id
        history = (await console.ask("timeline", object_id=call.id))["rows"]
        assert [line["what"] for line in history] == ["alarm.queued", "over.accepted"]


async def test_an_emergency_nobody_can_read_is_an_alarm_with_its_receipt(centre: CentreAtWork) -> None:
    """The box need not send it for ever, and somebody looks at it."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        await box.publish(box.own.radio_call("ch-1"), b'{"v": 1, "id": "e-1"}')
        await box.receipted("e-1")
        (row,) = await console.alarms(1)
        assert (row.type, row.event_code) == ("system", "unreadable")


async def test_a_name_given_at_a_console_outlives_the_centre(centre: CentreAtWork) -> None:
    """An id nobody knows is shown as it is; named, it is the unit's on every board, after a restart too."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        over = await box.over(callers=[STRANGER.model_dump(mode="json")])
        shown = await console.shows(lambda board: over in board.overs)
        assert shown.overs[over].callers == ("mdc1200:1a2b",)
        assert shown.radios["mdc1200:1a2b"].unit is None
        await console.ask("radio", radio="mdc1200:1a2b", unit="P5")
        await console.shows(lambda board: board.radios["mdc1200:1a2b"].unit == "P5")
        await console.shows(lambda board: board.units["P5"].radios == ("1005", "mdc1200:1a2b"))
    async with centre.run():
        again = await (await centre.console("desk-2")).shows(lambda board: bool(board.radios))
        row = again.radios["mdc1200:1a2b"]
        assert (row.unit, row.named_by, row.heard) == ("P5", "zhang", 1)
        guest: SmallConsole = await centre.console("wall", login="guest")
        assert (await guest.refused("radio", radio="mdc1200:1a2b", unit=None)).code == "role"
