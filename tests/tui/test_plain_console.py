"""The console as lines: what is on the board, what changes, and what typed lines do, at a real centre."""

import asyncio
import contextlib
import io
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

import pytest
from pydantic import SecretStr

from bus.clock import SystemClock
from bus.errors import NotConnected
from bus.link import LinkSettings
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import PASSWORD
from tui.errors import NotSignedIn
from tui.plain.console import run_plain
from tui.plain.seat import seated
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable
from tui.words import Language

pytestmark = pytest.mark.slow

ZHANG = ("zhang", SecretStr(PASSWORD))
PATIENCE_S = 10


class Heard(io.StringIO):
    """What a plain console wrote, and the wait for more of it."""

    async def until(self, part: str) -> str:
        """The first line with `part` in it, when it has come."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                lines = [line for line in self.getvalue().splitlines() if part in line]
                if lines:
                    return lines[0]
                await asyncio.sleep(0.01)


class PlainDesk:
    """A plain console at work."""

    def __init__(self, keyboard: IO[str]) -> None:
        self._keyboard = keyboard
        self.data, self.aside = Heard(), Heard()

    def type(self, line: str) -> None:
        """One line, with Enter."""
        self._keyboard.write(f"{line}\n")
        self._keyboard.flush()


def settings_at(centre: CentreAtWork, language: Language = "en") -> ConsoleSettings:
    """Of a console of this centre."""
    return ConsoleSettings(
        console=ConsoleTable(id="desk-1", site=centre.topics.site, language=language, bell=False),
        broker=LinkSettings(port=centre.settings.broker.port),
        operator=OperatorTable(login="zhang", password=SecretStr(PASSWORD)),
    )


@contextlib.asynccontextmanager
async def plain_desk(centre: CentreAtWork, language: Language = "en") -> AsyncIterator[PlainDesk]:
    """One, signed in, until the block ends."""
    read, write = os.pipe()
    with open(read, encoding="utf-8") as stdin, open(write, "w", encoding="utf-8") as keyboard:  # noqa: ASYNC230, PTH123 - pipes
        desk = PlainDesk(keyboard)
        streams = (stdin, desk.data, desk.aside)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(run_plain(settings_at(centre, language), ZHANG, SystemClock(), streams))
            await desk.aside.until("zhang")
            yield desk
            desk.type("quit")


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A running centre."""
    async with centre_in(tmp_path, mosquitto.port) as made, made.run():
        yield made


@pytest.fixture
async def box(centre: CentreAtWork) -> SmallBox:
    """One box of it, once the centre is ready."""
    await centre.console("other")
    return await centre.box()


async def test_an_alarm_is_a_line_and_a_line_is_work(centre: CentreAtWork, box: SmallBox) -> None:
    """From the alarm to the unit on its way, without a screen; each line is said back before it is done."""
    async with plain_desk(centre) as desk:
        id_ = await box.send(box.signal())
        alarm = await desk.data.until(f"@{id_[-4:]}")
        assert alarm.startswith("ALARM")
        assert "P0" in alarm

        desk.type(f"claim @{id_[-4:]}")
        assert "claim panic" in await desk.aside.until("would")
        assert not any("claimed" in line for line in desk.data.getvalue().splitlines())
        desk.type("y")
        await desk.aside.until("done: claim")
        await desk.data.until("claimed zhang")

        desk.type("promote .")
        desk.type("")
        incident = await desk.data.until("INCIDENT")
        number = incident.split("INCIDENT ")[1].split()[0]

        desk.type("dispatch p1 .")
        await desk.aside.until(f"would send P1 to {number}")
        desk.type("y")
        await desk.data.until("units=P1:")


async def test_what_is_not_agreed_to_is_not_done(centre: CentreAtWork, box: SmallBox) -> None:
    """Any other line in place of the yes is a new command; the first is forgotten."""
    async with plain_desk(centre) as desk:
        id_ = await box.send(box.signal())
        await desk.data.until(f"@{id_[-4:]}")
        desk.type(f"claim @{id_[-4:]}")
        await desk.aside.until("would claim")
        desk.type("nonsense")
        await desk.aside.until("no command starts with nonsense")
        desk.type("y")
        desk.type("claim @ffffffff")
        await desk.aside.until("no alarm @ffffffff")
        assert "done" not in desk.aside.getvalue()


async def test_the_same_in_chinese(centre: CentreAtWork, box: SmallBox) -> None:
    """The words are the operator's, the commands are the same."""
    async with plain_desk(centre, "zh") as desk:
        id_ = await box.send(box.signal())
        await desk.data.until(f"@{id_[-4:]}")
        desk.type(f"claim @{id_[-4:]}")
        await desk.aside.until("将会")
        desk.type("是")
        await desk.aside.until("已完成")


async def test_a_wrong_password_and_a_silent_centre_are_told_apart(
    centre: CentreAtWork, box: SmallBox, unused_tcp_port: int
) -> None:
    """One is the operator's to mend, the other is not."""
    assert box
    with pytest.RaisesGroup(NotSignedIn):
        async with seated(settings_at(centre), ("zhang", SecretStr("wrong")), SystemClock()):
            pass
    nowhere = settings_at(centre).model_copy(update={"broker": LinkSettings(port=unused_tcp_port)})
    with pytest.RaisesGroup(NotConnected):
        async with seated(nowhere, ZHANG, SystemClock(), patience_s=0.1):
            pass


async def test_commands_of_the_shell_do_and_watch(
    centre: CentreAtWork, box: SmallBox, tmp_path: Path
) -> None:
    """`tongpin do`, `watch`, `show`, `paper` and `units` as programs: exit codes, one JSON object a line."""
    (tmp_path / "zhang.password").write_text(PASSWORD, encoding="utf-8")
    (tmp_path / "desk.toml").write_text(
        f'[console]\nid = "desk-1"\nsite = "{centre.topics.site}"\n'
        f"[broker]\nport = {centre.settings.broker.port}\n"
        f'[operator]\nlogin = "zhang"\npassword_file = "{tmp_path}/zhang.password"\n',
        encoding="utf-8",
    )
    id_ = await box.send(box.signal())
    await box.receipted(id_)

    done = await tongpin(tmp_path, "do", "--yes", f"claim @{id_[-6:]}", "promote .", "dispatch p1 .")
    assert done.code == 0, done.err
    refused = await tongpin(tmp_path, "do", "--yes", "--json", f"claim @{id_[-6:]}")
    assert (refused.code, json.loads(refused.out)["ending"]) == (1, "refused")
    unclear = await tongpin(tmp_path, "do", "frobnicate")
    assert (unclear.code, unclear.out) == (2, "")
    unasked = await tongpin(tmp_path, "do", "note 1001 nobody says yes")
    assert unasked.code == 1

    watched = await tongpin(tmp_path, "watch", "--json", "--since", "5", "--for", "0.1")
    kinds = [json.loads(line)["kind"] for line in watched.out.splitlines()]
    assert {"event", "alarm", "incident", "unit"} <= set(kinds)
    theirs = await tongpin(tmp_path, "watch", "--json", "--agency", "local", "--for", "0.1")
    assert "incident" not in {json.loads(line)["kind"] for line in theirs.out.splitlines()}
    whose = await tongpin(tmp_path, "watch", "--agency", "navy")
    assert (whose.code, "rail" in whose.err) == (2, True)
    shown = await tongpin(tmp_path, "show", "1001")
    assert "INCIDENT 1001" in shown.out.splitlines()[0]
    assert any("zhang" in line and "P1" in line for line in shown.out.splitlines()[1:])
    form = await tongpin(tmp_path, "paper")
    assert "1001" in form.out
    nobody = await tongpin(tmp_path, "show", "9999")
    assert nobody.code == 1
    units = await tongpin(tmp_path, "units", "--json")
    p1 = next(one for one in map(json.loads, units.out.splitlines()) if one["id"] == "P1")
    assert p1["row"]["step"] == "SENT"


class Ran:
    """What a program left."""

    def __init__(self, code: int | None, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out.decode(), err.decode()


async def tongpin(folder: Path, *arguments: str) -> Ran:
    """`tongpin ... -c desk.toml`, with nothing to read on stdin."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tongpin", *arguments, "-c", str(folder / "desk.toml")),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(4 * PATIENCE_S):
        out, err = await program.communicate()
    return Ran(program.returncode, out, err)
