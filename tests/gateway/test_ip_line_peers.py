"""Other people's panels and receivers: what they sent, and what their programs say to ours.

`dc09-spt` asks for a crypto library that no longer builds; its test runs where it was installed without
(`pip install --no-deps dc09-spt pycryptodome`).
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.spool.spool import Spool
from hardware.panels.sia_dc09 import codec
from hardware.panels.sia_dc09.encode import ack_frame, message_frame
from hardware.panels.sia_dc09.message import Message
from hardware.panels.sia_dc09.reader import Reader, Reading
from hardware.simulators.dc09_dialler import Dc09Dialler
from tests.support.ip_panel import Network, network_with, understood
from tests.support.panel_port import spool_at

CAPTURES = Path(__file__).resolve().parents[2] / ".." / "shared" / "vectors" / "vectors-sia_dc09.jsonl"
PUBLISHED = {"12345": b"0123456789ABCDEF", "AAAB": b"A" * 16}
"""The keys their authors published with the captures."""


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """A spool of its own."""
    async with spool_at(tmp_path / "spool.db") as opened:
        yield opened


@pytest.fixture
async def network(spool: Spool) -> AsyncIterator[Network]:
    """A line that has the published keys."""
    async with network_with(spool, keys=PUBLISHED) as listening:
        yield listening


@pytest.mark.skipif(not CAPTURES.is_file(), reason="the shared vectors are not beside this clone")
async def test_every_capture_gets_its_answer(network: Network) -> None:
    """Sound frames are answered by their kind, those with a wrong CRC never."""
    wanted, answers = list[str](), list[str]()
    for line in CAPTURES.read_text("utf-8").splitlines():
        frame = _frame(line)
        wanted += [_answer_to(reading) for reading in Reader(PUBLISHED).feed(frame)]
        network.clock.ahead += 61
        async with network.connection() as panel:
            panel.writer.write(frame)
            panel.writer.write_eof()
            answers.append(_id(await asyncio.wait_for(panel.reader.read(), 3)))

    assert answers == wanted
    assert {"NAK", "ACK", "DUH", ""} == set(answers)


@pytest.mark.skipif(not CAPTURES.is_file(), reason="the shared vectors are not beside this clone")
def test_the_encrypted_captures_open_with_their_published_keys() -> None:
    """An event of a real panel, and a link test."""
    opened = [
        record
        for line in CAPTURES.read_text("utf-8").splitlines()
        if b'"*' in (frame := _frame(line))
        for run in codec(keys=PUBLISHED).feed(frame)
        for record in run.records
        if record.reply == "ack"
    ]
    assert {(one.kind, one.account, one.code) for one in opened} == {
        ("event", "12345", "UT"),
        ("heartbeat", "AAAB", None),
    }


@pytest.mark.slow
async def test_dc09_spt_is_served(network: Network) -> None:
    """A public dialler's poll, Contact ID and SIA messages are acknowledged as it wants them."""
    spt = pytest.importorskip("dc09_spt.dc09_spt", reason="dc09-spt is not installed")
    path = spt.TransPath("127.0.0.1", network.line.port, "4712", receiver=1, line=2)
    dialler = spt.dc09_spt("4712")
    burglary = spt.dc05_msg.dc05event("4712", {"code": "130", "area": "1", "zone": "15"})
    opening = spt.dc03_msg.dc03event("4712", {"code": "OP", "area": "1", "user": "7"})
    for number, kind, said in ((1, "NULL", "]"), (2, "ADM-CID", burglary), (3, "SIA-DCS", opening)):
        assert await asyncio.to_thread(dialler.transfer_msg, number, kind, said, path)

    events = [one.event for one in await network.signals() if one.event]
    assert [(one.account, one.code, one.receiver, one.line) for one in events] == [
        ("4712", "130", "1", "2"),
        ("4712", "OP", "1", "2"),
    ]


@pytest.mark.parametrize(
    "key", [None, b"0123456789ABCDEF", b"0123456789ABCDEF01234567", b"0123456789ABCDEF" * 2]
)
def test_pysiaalarm_understands_our_panels(key: bytes | None) -> None:
    """A public receiver reads the frames of our simulator, in clear and under every length of key."""
    event_of = pytest.importorskip("pysiaalarm.event", reason="pysiaalarm is not installed").SIAEvent
    frame = message_frame(
        "SIA-DCS", "Nri1/BA02", sequence=7, account="AAAB", address="R1L0", at=datetime.now(UTC), key=key
    )
    read = event_of.from_line(frame.decode().strip(), _accounts(key))
    assert (read.valid_message, read.valid_timestamp, read.code, read.ri) == (True, True, "BA", "1")


@pytest.mark.parametrize("key", [None, b"0123456789ABCDEF", b"0123456789ABCDEF" * 2])
def test_pysiaalarms_answers_are_ours(key: bytes | None) -> None:
    """Our ACK says what its ACK says, to the same message."""
    event_of = pytest.importorskip("pysiaalarm.event", reason="pysiaalarm is not installed").SIAEvent
    at = datetime.now(UTC)
    frame = message_frame("SIA-DCS", "Nri1/BA02", sequence=7, account="AAAB", address="R1L0", at=at, key=key)
    theirs = event_of.from_line(frame.decode().strip(), _accounts(key)).create_response()
    ours = ack_frame(_read(frame, key), at)
    told = [_told(answer, key) for answer in (theirs, ours)]
    assert told[0] == told[1]


@pytest.mark.slow
@pytest.mark.parametrize("key", [None, b"0123456789ABCDEF"])
async def test_our_dialler_reports_to_pysiaalarm(key: bytes | None) -> None:
    """A public receiver takes and answers what our simulator sends over a real connection."""
    server_of = pytest.importorskip("pysiaalarm.aio.server", reason="pysiaalarm is not installed")
    counter = pytest.importorskip("pysiaalarm.utils").Counter()
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def hear(event: Any) -> None:  # noqa: ANN401 (a class of theirs)
        heard.put_nowait(event.code)

    theirs = server_of.SIAServerTCP(_accounts(key), hear, counter)
    server = await asyncio.start_server(theirs.handle_line, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Dc09Dialler("127.0.0.1", port, "AAAB", address="R1L0", key=key) as panel:
        outcome = await panel.send("SIA-DCS", "Nri1/BA02")
        code = await asyncio.wait_for(heard.get(), 3)
    server.close()

    assert code == "BA"
    assert (outcome.result, outcome.naks, len(outcome.frames)) == ("ack", 0, 1)


def _accounts(key: bytes | None) -> dict[str, Any]:
    account_of = pytest.importorskip("pysiaalarm.account").SIAAccount
    return {"AAAB": account_of("AAAB", key.decode() if key else None)}


def _told(answer: bytes, key: bytes | None) -> tuple[str, str, str, bool, bool]:
    said = _read(answer, key)
    return (said.id, said.sequence, said.address, said.encrypted, said.stamp is not None)


def _read(frame: bytes, key: bytes | None) -> Message:
    return understood(frame, {"AAAB": key} if key else {})


def _frame(line: str) -> bytes:
    return bytes.fromhex(json.loads(line)["frame_hex"]).strip(b"\r\n").join((b"\n", b"\r"))


def _answer_to(reading: Reading) -> str:
    """All captures are years old: whatever carries its time is told ours."""
    if reading.record.reply == "ack":
        return "NAK" if reading.message and reading.message.stamp else "ACK"
    return "DUH" if reading.record.reply == "nak" else ""


def _id(answer: bytes) -> str:
    return answer.split(b'"')[1].decode().strip("*") if answer else ""
