"""The page of devices, and the tones heard at a console."""

from dataclasses import replace
from pathlib import Path

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from bus.messages.board import DeviceRow, Tables
from bus.messages.status import CentreStatus, ChannelHealth, GatewayHealth, SpeechStatus
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, ago, alarm, snapshot
from tongpin.commands.console import console
from tui.mirror import from_snapshot
from tui.tones import STROKES
from tui.view.devices import STALE_S, device_lines
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words

DEVICES = (
    DeviceRow(id="box-1", kind="gateway", state="ready", since=ago(7200)),
    DeviceRow(id="box-2", kind="gateway", state="lost", since=ago(40), detail="no heartbeat"),
    DeviceRow(id="box-1/main", kind="channel", state="ok", since=ago(600)),
    DeviceRow(id="box-1/alarms-1", kind="line", state="silent", since=ago(95), detail="nothing for 90 s"),
)
HEALTH = GatewayHealth(
    gateway="box-1",
    boot="b",
    sent_at=ago(12),
    spool_rows=3,
    spool_oldest_s=8,
    disk_free_mb=41_000,
    channels=(
        ChannelHealth(channel="main", overs={"carrier": 41}, kerchunks=2, floor_dbfs=-71, peak_dbfs=-9),
    ),
)
CENTRE = CentreStatus(
    state="degraded",
    boot="boot-1",
    since=ago(3600),
    software="1.0",
    speech=SpeechStatus(engine="vosk", model="small-cn"),
    problems=("search",),
)
SIGHT = Sight(
    mirror=replace(from_snapshot(snapshot()), devices={row.id: row for row in DEVICES}),
    now=NOW,
    words=Words("en"),
    me="zhang",
    health={"box-1": HEALTH},
    centre=CENTRE,
)


def _lines(sight: Sight = SIGHT) -> list[str]:
    return [" ".join(line.text.split()) for line in device_lines(sight, 118, "aplay")]


def test_what_is_not_well_stands_first_with_a_mark_and_its_age() -> None:
    """Boxes, channels, lines and the centre itself."""
    lines = _lines()
    assert "! degraded 60m searching does not work, vosk small-cn, 1 without words" in lines[1]
    at = lines.index("boxes: 2")
    assert lines[at + 1 : at + 5] == [
        "box-2 ! LOST 40s no heartbeat",
        "box-1 well 2h",
        "12s clock right (+0.0 s)",
        "12s 3 waiting in the spool, 41000 MB free oldest 8s",
    ]
    assert "12s 41 overs, 2 kerchunks, sound lost 0 times floor -71 peak -9 dBFS" in lines
    assert "box-1/alarms-1 ! SILENT 95s nothing for 90 s" in lines


def test_a_health_nobody_has_renewed_is_marked() -> None:
    """It is told every half minute; what is older than three of these was so, and may be no more."""
    old = HEALTH.model_copy(update={"sent_at": ago(STALE_S + 1)})
    assert any("91s? 3 waiting" in line for line in _lines(replace(SIGHT, health={"box-1": old})))
    assert not any("? 3 waiting" in line for line in _lines())


def test_a_wrong_clock_is_said_in_words() -> None:
    """By how much, as of when; how old its last word is never depends on that clock."""
    fast = HEALTH.model_copy(update={"sent_at": ago(-95)})
    lines = _lines(replace(SIGHT, health={"box-1": fast}, health_at={"box-1": ago(5)}))
    assert "5s CLOCK WRONG by +100.0 s" in lines
    assert "5s 3 waiting in the spool, 41000 MB free oldest 8s" in lines


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [78, 98, 248])
def test_every_line_fills_its_width(language: Language, width: int) -> None:
    """In both languages."""
    sight = replace(SIGHT, words=Words(language))
    assert {cell_len(line.text) for line in device_lines(sight, width, "")} == {width}


def _heard(file: Path) -> list[str]:
    return [Path(line).stem for line in file.read_text().split()] if file.exists() else []


@pytest.mark.slow
async def test_the_page_lives_and_every_tone_can_be_tried(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """What changes shows; `t` sounds all tones in their order, Enter the one of the row."""
    heard = tmp_path / "heard"
    async with desk_at_work(mosquitto.port, player=f"""sh -c 'echo "$0" >> {heard}'""") as desk:
        await desk.pilot.press("f6")
        await desk.until(lambda: "tones, played by sh" in desk.picture)
        await desk.centre.change(Tables(devices=DEVICES))
        await desk.centre.publish(desk.centre.topics.gateway("box-1").health, HEALTH.encode())
        await desk.until(lambda: "41 overs" in desk.picture and "no heartbeat" in desk.picture)
        await desk.pilot.press("t")
        await desk.until(lambda: _heard(heard) == list(STROKES))
        await desk.pilot.press("end", "enter")
        await desk.until(lambda: _heard(heard) == [*STROKES, "drill"])
        await desk.pilot.press("escape")
        assert "tones, played by" not in desk.picture


@pytest.mark.slow
async def test_an_alarm_sounds_and_more_quiet_needs_a_reason(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """F8: a minute of quiet, tones again, and then only with a reason, which the header shows."""
    heard = tmp_path / "heard"
    player = f"""sh -c 'echo "$0" >> {heard}'"""
    async with desk_at_work(mosquitto.port, player=player, bell=True, size=(160, 40)) as desk:
        await desk.until(lambda: _heard(heard)[:1] == ["p0"])
        await desk.pilot.press("f8")
        await desk.until(lambda: "SILENCED 1:00" in desk.picture or "SILENCED 0:5" in desk.picture)
        await desk.pilot.press("f8")
        await desk.until(lambda: "SILENCED" not in desk.picture)
        await desk.pilot.press("f8")
        await desk.until(lambda: desk.app.board.command_line.input.value == "silence 10m ")
        await desk.pilot.press("enter")
        await desk.says("how long")
        await desk.type("phone")
        await desk.pilot.press("enter")
        await desk.until(lambda: "SILENCED 10:00 phone" in desk.picture or "9:5" in desk.picture)
        fresh = alarm("a9", priority=1, recorded_at=ago(0))
        await desk.centre.change(Tables(alarms=(fresh,)))
        await desk.until(lambda: "SILENCED" not in desk.picture and _heard(heard)[-1] == "p1")


def test_the_self_test_without_a_screen_names_what_sounds(tmp_path: Path) -> None:
    """`tongpin console --tone-test`: each tone by its player; where that fails the bell, and why."""
    app, heard, file = typer.Typer(), tmp_path / "heard", tmp_path / "console.toml"
    app.command()(console)
    told = []
    for player in (f"sh -c 'echo $0 >> {heard}'", "sh -c 'echo no card >&2; exit 1'", "bell"):
        table = f'[console]\nid = "desk-1"\nsite = "yiwu"\ntone_player = "{player}"\n'
        file.write_text(table, encoding="utf-8")
        done = CliRunner().invoke(app, ["--config", str(file), "--tone-test"])
        assert done.exit_code == 0, done.output
        told.append(done.output.splitlines())
    assert _heard(heard) == list(STROKES)
    assert (told[0][0], told[1][0]) == (
        "priority 0: sh",
        "\a\a\apriority 0: the terminal's bell (no card)",
    )
    assert told[2][0] == "\a\a\apriority 0: the terminal's bell"
