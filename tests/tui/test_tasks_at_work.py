"""The guides' everyday tasks at a real console of a real centre, each with exactly the keys written there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bus.ids import new_id
from bus.messages.board import AlarmRow, AssignmentRow
from tests.support.broker import Mosquitto
from tests.support.busy_day import stored
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.dispatch_board import Board
from tests.support.small_console import SmallConsole
from tests.support.tasks import TASKS, strokes_of
from tests.tui.sitting import At, sitting
from tui.mirror import Mirror

pytestmark = pytest.mark.slow

CLIP = b"fLaC, as good as any"
LAST_NIGHT = "theft at gate twelve, a grey suitcase"


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A running centre whose journal knows of last night."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        await asyncio.to_thread(_last_night, made)
        async with made.run():
            yield made


def _last_night(centre: CentreAtWork) -> None:
    """An over, and nothing that would still be at work."""
    midnight = datetime.now().astimezone().replace(hour=0, minute=0)
    board = Board(now=(midnight - timedelta(hours=1)).astimezone(UTC))
    board.say(LAST_NIGHT, intent="query", place="gate-12")
    board.events = [event for event in board.events if event.kind.startswith("over")]
    stored(board, centre.settings.centre.journal)


class Night:
    """What happens before each task, and what the centre has after it; each goes on where the last ended."""

    def __init__(self, centre: CentreAtWork, beside: SmallConsole, at: At, heard: Path) -> None:
        self.centre, self.beside, self.at, self.heard = centre, beside, at, heard

    async def before_best(self) -> None:
        """A fight, and P2 seen beside it; that nobody writes down what is said is known."""
        await self.at.until(lambda: bool(_waiting(self._shown)))
        await self._dismiss_all()
        await self.beside.ask("tick", unit="P2", place="point-2")
        await self._reported("fight", "waiting-hall-a")

    async def after_best(self) -> None:
        """One unit is sent."""
        await self.beside.shows(lambda shown: len(shown.assignments) == 1)

    async def before_two(self) -> None:
        """Something else."""
        await self._reported("dispute", "gate-1")

    async def after_two(self) -> None:
        """Two more are."""
        await self.beside.shows(lambda shown: len(shown.assignments) == 3)
        assert len(self._sent_to("dispute")) == 2

    async def before_close(self) -> None:
        """Both have done what was to do."""
        for unit in self._sent_to("dispute"):
            for step in ("onscene", "cleared"):
                await self.beside.ask("step", unit=unit, step=step, disposition="handled")
        await self.at.until(lambda: not self._busy("dispute"))

    async def after_close(self) -> None:
        """It is off the board."""
        await self.beside.shows(lambda shown: [one.type for one in shown.incidents.values()] == ["fight"])

    async def after_report(self) -> None:
        """Type and place were read out of the words."""
        shown = await self.beside.shows(lambda shown: bool(_waiting(shown)))
        (alarm,) = _waiting(shown)
        assert (alarm.source, alarm.type, alarm.place) == ("manual", "theft", "waiting-hall-a")
        await self._dismiss_all()

    async def before_clip(self) -> None:
        """An over nobody could read was put into the queue, with the wrong type."""
        box = await self.centre.box()
        over = await box.over(CLIP)
        await self.beside.shows(lambda shown: over in shown.overs)
        wrong = {"type": "lost-property", "place": "waiting-hall-b"}
        await self.beside.ask("pull", alarm=new_id(), over=over, **wrong)
        await self.at.until(lambda: any(one.type == "lost-property" for one in self._shown.alarms.values()))

    async def after_clip(self) -> None:
        """It was heard, and is what it is."""
        await self.at.until(self.heard.exists)
        assert self.heard.read_bytes() == CLIP
        await self.beside.shows(lambda shown: [one.type for one in shown.incidents.values()] == ["fight"] * 2)

    async def after_hold(self) -> None:
        """It waits."""
        await self.beside.shows(lambda shown: _states(shown) == {"ACTIVE", "HELD"})

    async def after_return(self) -> None:
        """It does no more."""
        await self.beside.shows(lambda shown: _states(shown) == {"ACTIVE", "PENDING"})

    async def before_send(self) -> None:
        """Who is best for it is shown."""
        await self.at.sees("1 P")

    async def after_send(self) -> None:
        """Somebody goes."""
        await self.beside.shows(lambda shown: _states(shown) == {"ACTIVE"})

    async def after_offer(self) -> None:
        """The local force is asked."""
        shown = await self.beside.shows(lambda shown: any(one.offer for one in shown.incidents.values()))
        (offer,) = (one.offer for one in shown.incidents.values() if one.offer)
        assert offer.to == "local"

    async def before_join(self) -> None:
        """Two people tell of one thing; the first has been believed."""
        await self.beside.ask("new", type="knife", place="bus-terminal", summary="man in a red jacket")
        await self._reported("knife", "bus-terminal", "somebody in a red jacket has a knife")

    async def after_join(self) -> None:
        """The second belongs to it."""
        shown = await self.beside.shows(lambda shown: not _waiting(shown))
        assert [one.alarms for one in shown.incidents.values() if one.type == "knife"] == [1]

    async def after_find(self) -> None:
        """There it is, and nothing else."""
        await self.at.sees("1 found")
        await self.at.sees(LAST_NIGHT)
        await self.at.pilot.press("escape")

    async def before_mute(self) -> None:
        """P6 was heard, and is to be heard again."""
        await self.beside.ask("tick", unit="P6", place="point-2")
        await self.at.sees("point 2")

    async def after_mute(self) -> None:
        """Nobody is told of its silence."""
        await self.beside.shows(lambda shown: any(one.muted_until for one in shown.units["P6"].timers))

    async def amid_sign_2(self) -> None:
        """The brief is there, for a person reads before signing."""
        await self.at.sees("responsible: zhang")

    async def after_sign(self) -> None:
        """Whoever goes has signed."""
        shown = await self.beside.shows(
            lambda shown: any(one.outgoing_signed_at for one in shown.handovers.values())
        )
        (handover,) = shown.handovers.values()
        assert handover.outgoing == "zhang"

    async def _dismiss_all(self) -> None:
        for alarm in _waiting(self._shown):
            await self.beside.ask("claim", alarm=alarm.id)
            await self.beside.ask("dismiss", alarm=alarm.id, reason="nuisance")
        await self.at.until(lambda: not _waiting(self._shown))

    def _sent_to(self, type_: str) -> list[str]:
        return [one.unit for one in self._orders(type_)]

    def _busy(self, type_: str) -> list[str]:
        return [one.unit for one in self._orders(type_) if one.state != "CLEARED"]

    def _orders(self, type_: str) -> list[AssignmentRow]:
        (incident,) = (one.id for one in self._shown.incidents.values() if one.type == type_)
        return [one for one in self._shown.assignments.values() if one.incident == incident]

    async def _reported(self, type_: str, place: str, text: str = "two men") -> None:
        alarm = new_id()
        await self.beside.ask("report", alarm=alarm, text=text, type=type_, place=place)
        await self.at.until(lambda: alarm in self._shown.alarms)

    @property
    def _shown(self) -> Mirror:
        assert self.at.app.feed.mirror is not None
        return self.at.app.feed.mirror


async def test_each_task_takes_the_keys_the_guides_say(centre: CentreAtWork, tmp_path: Path) -> None:
    """One console through all of them; the centre has what each is to bring."""
    beside, heard = await centre.console("desk-0", "chief"), tmp_path / "heard"
    async with sitting(centre, "zhang", size=(120, 24), player=f"""sh -c 'cp "$0" {heard}'""") as at:
        night = Night(centre, beside, at, heard)
        for task in TASKS:
            await getattr(night, f"before_{task.name}", _nothing)()
            for n, key in enumerate(task.keys):
                await getattr(night, f"amid_{task.name}_{n}", _nothing)()
                await at.pilot.press(*strokes_of(key))
            await getattr(night, f"after_{task.name}")()


def test_the_best_unit_is_sent_in_four_keys() -> None:
    """From the claim to the order; the table in the guides counts the same keys."""
    (best,) = (task for task in TASKS if task.name == "best")
    assert best.strokes() == ["f9", "r", "1", "enter"]


def _waiting(shown: Mirror) -> list[AlarmRow]:
    return [one for one in shown.alarms.values() if one.state in ("QUEUED", "CLAIMED")]


def _states(shown: Mirror) -> set[str]:
    return {one.state for one in shown.incidents.values()}


async def _nothing() -> None:
    """Some tasks need nothing to happen."""
