"""Every screen of the console, one after another, filled with an invented evening."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.segment import Segment
from textual.screen import Screen

from bus.messages.board import HandoverRow, NoteRow, Snapshot
from bus.messages.status import ChannelState
from tests.tui.desk_at_work import DeskAtWork, desk_at_work
from tests.tui.example_board import NOW, ago, snapshot
from tests.tui.test_devices_page import CENTRE, DEVICES, HEALTH
from tests.tui.test_operators_page import SEATS, SETTINGS
from tests.tui.test_statistics_page import told
from tui.widgets.bar import Bar
from tui.widgets.row_list import RowList
from tui.words import Language


class StandingClock:
    """It is always the example's moment."""

    def now(self) -> datetime:
        """The moment."""
        return NOW

    def monotonic(self) -> float:
        """No time passes."""
        return 100.0


@dataclass(frozen=True)
class Stop:
    """One screen, and how the keys of its rows begin once it is filled."""

    name: str
    filled: str


STOPS = (
    Stop("board", "alarm:"),
    Stop("help", "key:"),
    Stop("menu", "key:"),
    Stop("units", "unit:"),
    Stop("history", "over:"),
    Stop("statistics", "figure:"),
    Stop("devices", "health:"),
    Stop("handover", "brief:"),
    Stop("patrol", "point:"),
    Stop("radios", "radio:"),
    Stop("operators", "seat:"),
)


def evening() -> Snapshot:
    """The example board with devices and a handover that nobody has signed."""
    board = snapshot()
    note = NoteRow(id="n1", kind="important", text="keys of the lift are at window 3", by="li", at=ago(900))
    row = HandoverRow(
        id="h1",
        outgoing="zhang",
        incoming="li",
        opened_at=ago(300),
        notes=(note,),
        read=("units",),
        responsible=("zhang", "li"),
        version=1,
    )
    return board.model_copy(
        update={"tables": board.tables.model_copy(update={"devices": DEVICES, "handovers": (row,)})}
    )


def _point(place: str, state: str, visits: int) -> dict[str, Any]:
    since, until = ago(3600).isoformat(), ago(-600).isoformat()
    return {"place": place, "state": state, "visits": visits, "at_least": 2, "since": since, "until": until}


def answers() -> dict[str, dict[str, Any]]:
    """What the centre says to each question."""
    alarm = {
        "priority": 0,
        "type": "hold-up",
        "place": "ticket-office",
        "state": "QUEUED",
        "claimed_by": None,
    }
    note = {"text": "keys of the lift are at window 3", "by": "li", "at": ago(900).isoformat()}
    lines = [
        {"key": "a1", "kind": "alarm", "facts": alarm | {"at": ago(41).isoformat()}},
        {"key": "units", "kind": "units", "facts": {"units": ["P1", "P2", "P3"]}},
        {"key": "n1", "kind": "note", "facts": note},
    ]
    overs = [row.model_dump(mode="json") for row in snapshot().tables.overs]
    check = {"check": "c1", "units": ["P1", "P2"], "missing": ["P2"]}
    check |= {"drawn_at": ago(200).isoformat(), "due_at": ago(-100).isoformat()}
    line = {"line": "north", "points": ["platform-3", "taxi-stand"], "minutes": 30, "walks": 1}
    line |= {"last_unit": "P3", "ended": ago(700).isoformat()}
    return {
        "find": {"rows": overs, "more": False, "count": len(overs), "upto": 9},
        "statistics": told(),
        "brief": {"lines": lines},
        "patrol": {
            "points": [_point("platform-3", "overdue", 0), _point("south-exit", "done", 2)],
            "lines": [line],
            "checks": [check],
        },
        "operators": SEATS.model_dump(mode="json"),
    }


@asynccontextmanager
async def touring(
    port: int, language: Language, size: tuple[int, int], board: Snapshot | None = None
) -> AsyncIterator[DeskAtWork]:
    """A console at the beginning of the tour."""
    clock = StandingClock()
    async with desk_at_work(
        port, language=language, size=size, board=board or evening(), clock=clock, player="sh"
    ) as desk:
        desk.app._state = Path("/var/lib/tongpin/desk-1")
        for verb, answer in answers().items():
            desk.centre.answers[verb] = lambda _, said=answer: said  # type: ignore[misc]
        box = desk.centre.topics.gateway("box-1")
        busy = ChannelState(gateway="box-1", channel="main", rx="idle", since=ago(30))
        await desk.centre.publish(box.health, HEALTH.encode())
        await desk.centre.publish(box.channel_state("main"), busy.encode())
        await desk.centre.publish(desk.centre.topics.centre_status, CENTRE.encode())
        feed = desk.app.feed
        await desk.until(
            lambda: bool(feed.health and feed.channels and feed.centre) and not desk.app._pacing.is_due
        )
        desk.app.settings = SETTINGS
        yield desk


async def stop_at(desk: DeskAtWork, stop: Stop) -> Screen[Any]:
    """Opens a screen and waits until it is filled and drawn."""
    if stop.name == "board":
        desk.app.action_board()
    else:
        await desk.app.action_open(stop.name)
    await desk.until(lambda: _is_filled(desk.app.screen, stop))
    desk.app._paint()
    await desk.pilot.pause()
    return desk.app.screen


def _is_filled(screen: Screen[Any], stop: Stop) -> bool:
    lines = (line for rows in screen.query(RowList) for line in rows.lines)
    told = any(bar.pieces for bar in screen.query("#header").results(Bar))
    return told and any((line.key or "").startswith(stop.filled) for line in lines)


def drawn(desk: DeskAtWork) -> Iterator[list[Segment]]:
    """The screen line by line, as it goes to the terminal."""
    for strip in desk.app.screen._compositor.render_strips():
        yield [segment for segment in strip if segment.text]
