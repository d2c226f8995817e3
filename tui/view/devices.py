"""Every box, line, channel and ear: how it is, since when, how old that is; and the tones. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bus.messages.board import DeviceRow
from bus.messages.status import ChannelHealth, GatewayHealth
from tui.ages import short_age
from tui.tones import STROKES
from tui.view.line import Line, column, heading
from tui.view.queue import CLOCK_S
from tui.view.radio import WELL, gated
from tui.view.sight import Sight

STALE_S = 90.0
"""A box tells its health every 30 s; older than three of these it is only what was."""

_NAME, _STATE, _AGE = 24, 14, 6


def device_lines(sight: Sight, width: int, player: str) -> Iterator[Line]:
    """What is not well first within each part; `player` is what sounds the tones."""
    yield from _centre(sight, width)
    for kind in ("gateway", "channel", "line", "speech"):
        rows = [row for row in sight.mirror.devices.values() if row.kind == kind]
        if rows or kind == "gateway":
            yield heading(sight.words(f"devices.{kind}", n=len(rows)), width)
        for row in sorted(rows, key=lambda row: (row.state in WELL, row.id)):
            yield _row(sight, row, width)
            yield from _more(sight, row, width)
    yield from _tones(sight, width, player)


def _centre(sight: Sight, width: int) -> Iterator[Line]:
    """The centre itself: its engine, what it cannot do, how much had no words."""
    words, centre = sight.words, sight.centre
    yield heading(words("devices.centre"), width)
    if centre is None:
        return
    ear = centre.speech.problem or " ".join(filter(None, (centre.speech.engine, centre.speech.model)))
    told = (*(_trouble(sight, code) for code in centre.problems), ear or words("devices.deaf"), gated(sight))
    row = DeviceRow(
        id=f"tongpin {centre.software}",
        kind="speech",
        state=centre.state,
        since=centre.since,
        detail=", ".join(filter(None, told)),
    )
    yield _row(sight, row, width, key="centre")


def _trouble(sight: Sight, code: str) -> str:
    key = f"centre.{code}"
    return sight.words(key) if key in sight.words else code


def _row(sight: Sight, row: DeviceRow, width: int, key: str | None = None) -> Line:
    well = row.state in WELL
    return Line(
        f"device:{key or row.id}",
        (
            column(f" {row.id}", _NAME, "bold ink"),
            column(
                f"{'' if well else '! '}{_state(sight, row.state)}", _STATE, "green" if well else "bold red"
            ),
            column(short_age(sight.age(row.since)), _AGE, "dim", right=True),
            column(f"  {row.detail}", width - _NAME - _STATE - _AGE, "ink" if well else "yellow"),
        ),
    )


def _state(sight: Sight, state: str) -> str:
    key = f"devices.state_{state}"
    return sight.words(key) if key in sight.words else sight.words.state(state)


def _more(sight: Sight, row: DeviceRow, width: int) -> Iterable[Line]:
    """The health of a box or channel, where its box has told it."""
    box, _, name = row.id.partition("/")
    health = sight.health.get(box)
    if health is None:
        return
    channel = next((one for one in health.channels if one.channel == name), None)
    if row.kind == "gateway":
        yield _clock(sight, row, health, width)
        yield _health(sight, row, health, _box(sight, health), width)
    elif row.kind == "channel" and channel is not None:
        yield _health(sight, row, health, _channel(sight, channel), width)


def _clock(sight: Sight, row: DeviceRow, health: GatewayHealth, width: int) -> Line:
    """How far the box's clock is ahead of the centre's, as of its last word."""
    ahead_s = (health.sent_at - _came_at(sight, health)).total_seconds()
    wrong = abs(ahead_s) > CLOCK_S
    told = sight.words("devices.clock_wrong" if wrong else "devices.clock", seconds=f"{ahead_s:+.1f}")
    return _told(sight, f"clock:{row.id}", health, told, width, "bold yellow" if wrong else "dim")


def _health(sight: Sight, row: DeviceRow, health: GatewayHealth, told: str, width: int) -> Line:
    return _told(sight, f"health:{row.id}", health, told, width, "dim")


def _told(sight: Sight, key: str, health: GatewayHealth, told: str, width: int, role: str) -> Line:
    age = sight.age(_came_at(sight, health))
    stale = age > STALE_S
    said = f"{short_age(age)}{'?' if stale else ''}"
    return Line(
        key,
        (
            column("", _NAME + _STATE, "dim"),
            column(said, _AGE, "bold yellow" if stale else "dim", right=True),
            column(f"  {told}", width - _NAME - _STATE - _AGE, role),
        ),
    )


def _came_at(sight: Sight, health: GatewayHealth) -> datetime:
    return sight.health_at.get(health.gateway, health.sent_at)


def _box(sight: Sight, health: GatewayHealth) -> str:
    said = sight.words("devices.box", rows=health.spool_rows, disk=health.disk_free_mb)
    if health.spool_rows:
        said += " " + sight.words("devices.oldest", age=short_age(health.spool_oldest_s))
    return said


def _channel(sight: Sight, health: ChannelHealth) -> str:
    said = sight.words(
        "devices.channel_health",
        overs=sum(health.overs.values()),
        kerchunks=health.kerchunks,
        lost=health.overruns,
    )
    if health.floor_dbfs is not None and health.peak_dbfs is not None:
        levels = {"floor": f"{health.floor_dbfs:.0f}", "peak": f"{health.peak_dbfs:.0f}"}
        said += " " + sight.words("devices.levels", **levels)
    return said


def _tones(sight: Sight, width: int, player: str) -> Iterator[Line]:
    """Enter on one sounds it."""
    words = sight.words
    yield heading(words("devices.tones", player=player or words("devices.bell")), width)
    for tone, strokes in STROKES.items():
        yield Line(
            f"tone:{tone}",
            (
                column(f" {words(f'tone.{tone}')}", _NAME + _STATE, "ink"),
                column(words("devices.strokes", n=strokes), width - _NAME - _STATE, "dim"),
            ),
        )
