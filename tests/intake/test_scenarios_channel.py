"""Acceptance scenarios of the channel, spoken to the running centre; each is named by its number.

A synthetic voice says each sentence, the bundled engine writes it down, and the board shows what came of it.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.messages.board import AssignmentRow, OverRow
from intake.settings import SpeechSettings
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole
from tests.support.spoken import spoken

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("speech")]

HEARD_S = 30.0
"""An engine is loaded for the first over, on a busy machine."""


class Channel:
    """A radio channel at a running centre, and a console that watches."""

    def __init__(self, box: SmallBox, console: SmallConsole) -> None:
        self.box, self.console = box, console

    async def say(self, text: str, *, ago_s: float = 0) -> OverRow:
        """Somebody says it; the over once it is written down."""
        said_at = SystemClock().now() - timedelta(seconds=ago_s)
        over = await self.box.over(spoken(text), said_at=said_at)
        await self.console.until(lambda: over in self._written(), HEARD_S)
        return self._written()[over]

    def _written(self) -> dict[str, OverRow]:
        rows = (row for change in self.console.changes for row in change.rows.overs)
        return {row.id: row for row in rows if row.text is not None or row.gated}

    async def incident(self, *units: str, place: str = "gate-4", how: str | None = None) -> str:
        """A theft somewhere, and units on it."""
        made: str = (await self.console.ask("new", type="theft", place=place, summary=""))["incident"]
        if units:
            await self.console.ask("dispatch", incident=made, units=units, how=how)
        return made

    async def order(self, unit: str, incident: str) -> AssignmentRow:
        """Where a unit stands with an incident."""
        rows = (await self.console.snapshot()).tables.assignments
        return next(row for row in rows if (row.unit, row.incident) == (unit, incident))

    async def lines(self, incident: str) -> list[str]:
        """What happened, in order."""
        rows = (await self.console.ask("timeline", object_id=incident))["rows"]
        return [row["what"] for row in rows]


@pytest.fixture
async def channel(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[Channel]:
    """Heard by a centre that writes English down."""
    pytest.importorskip("moonshine_voice", reason="moonshine is not installed")
    async with centre_in(tmp_path, mosquitto.port) as made:
        speech = SpeechSettings(language="en", engine="moonshine", models=tmp_path / "models")
        made.settings = made.settings.model_copy(update={"speech": speech})
        async with made.run():
            yield Channel(await made.box(), await made.console())


async def test_a1_of_two_incidents_only_the_named_one_moves(channel: Channel) -> None:
    """P1 is sent to gate 4 and, after that, to the ticket office, and says where it is."""
    gate = await channel.incident("P1")
    office = await channel.incident("P1", place="ticket-office", how="stack")
    await channel.say("patrol one is on scene at the ticket office")
    assert (await channel.order("P1", office)).state == "ONSCENE"
    assert (await channel.order("P1", gate)).state == "DISPATCHED"


async def test_a2_reading_back_confirms_and_is_no_second_step(channel: Channel) -> None:
    """The dispatcher repeats what P1 said: its over is attached to the step."""
    incident = await channel.incident("P1")
    await channel.say("patrol one is on scene at gate four")
    before = await channel.order("P1", incident)
    assert before.state == "ONSCENE"
    await channel.say("patrol one, you are on scene")
    after = await channel.order("P1", incident)
    assert (after.state, after.stamps) == (before.state, before.stamps)
    lines = await channel.lines(incident)
    assert lines.count("assignment.stepped") == 1
    assert lines.count("assignment.confirmed") == 1


async def test_a3_a_report_from_before_the_present_step_is_a_line_only(channel: Channel) -> None:
    """En route, said 40 s ago, arrives after the desk was told that P1 is there."""
    incident = await channel.incident("P1")
    await channel.console.ask("step", unit="P1", step="onscene")
    before = await channel.order("P1", incident)
    over = await channel.say("patrol one en route", ago_s=40)
    assert over.units == ("P1",)
    assert await channel.order("P1", incident) == before


async def test_a11_no_caller_on_scene_changes_nothing(channel: Channel) -> None:
    """Words of a step, and no unit that takes it."""
    incident = await channel.incident("P1")
    before = await channel.order("P1", incident)
    over = await channel.say("there is no caller on the scene")
    assert "on the scene" in (over.text or "").lower()
    assert await channel.order("P1", incident) == before


async def test_nothing_showing_makes_an_incident_less_certain_when_somebody_says_so(channel: Channel) -> None:
    """P1 on scene of what is likely: its words are proposed with who and why, and applied by a person."""
    incident = await channel.incident("P1")
    await channel.console.ask("certainty", incident=incident, certainty="likely")
    await channel.console.ask("step", unit="P1", step="onscene")
    await channel.say("patrol one, nothing showing")
    (row,) = (await channel.console.snapshot()).tables.incidents
    assert (row.certainty, row.priority) == ("likely", 2)
    assert row.sighting is not None
    assert (row.sighting.certainty, row.sighting.unit) == ("possible", "P1")
    assert row.sighting.why == "nothing-showing"
    await channel.console.ask("certainty", incident=incident, certainty="possible")
    (row,) = (await channel.console.snapshot()).tables.incidents
    assert (row.certainty, row.priority, row.sighting) == ("possible", 2, None)
    assert (await channel.lines(incident))[-2:] == ["incident.certainty-proposed", "incident.certainty"]


async def test_a12_an_invented_phrase_is_no_alarm_and_listed(channel: Channel) -> None:
    """What recognisers make of noise stays out of the queue and can be found."""
    over = await channel.say("Thank you for watching")
    assert (over.gated, over.alarm) == ("phrase", None)
    kept = await channel.console.ask("find", gated=True)
    assert [row["id"] for row in kept["rows"]] == [over.id]
    assert not [row for row in (await channel.console.snapshot()).tables.alarms if row.source == "radio"]


async def test_a18_steps_that_were_never_said_are_marked_as_inferred(channel: Channel) -> None:
    """On scene without a word before: signed and en route stand with a mark, out of every percentile."""
    incident = await channel.incident("P1")
    await channel.say("patrol one is on scene at gate four")
    order = await channel.order("P1", incident)
    assert set(order.stamps) == {"DISPATCHED", "SIGNED", "ENROUTE", "ONSCENE"}
    assert set(order.inferred) == {"SIGNED", "ENROUTE"}


async def test_a25_two_clear_and_the_third_remains(channel: Channel) -> None:
    """One breath, two units; the incident goes on."""
    incident = await channel.incident("P1", "P2", "P3")
    for unit in ("P1", "P2", "P3"):
        await channel.console.ask("step", unit=unit, step="onscene")
    await channel.say("patrol one and patrol two are clear, patrol three remains")
    states = [(await channel.order(unit, incident)).state for unit in ("P1", "P2", "P3")]
    assert states == ["CLEARED", "CLEARED", "ONSCENE"]
    rows = (await channel.console.snapshot()).tables.incidents
    assert [row.state for row in rows if row.id == incident] == ["ACTIVE"]
