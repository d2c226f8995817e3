"""A panel that is not there reports over IP, and each answer is told."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Final, Literal

from hardware.panels.sia_dc09.encode import contact_id_data
from hardware.simulators.dc09_dialler import Dc09Dialler, Outcome
from tongpin.line.example_traffic import happening
from tongpin.line.watch import readable

PROTOCOL: Final = "sia_dc09"
ACCOUNT: Final = "1234"
LOOPBACK: Final = "127.0.0.1"

_FATES: Final = {
    "ack": "  answered ACK",
    "duh": "  answered DUH: not understood, or a wrong key",
    "unanswered": "  nobody answered",
}


def address(text: str) -> tuple[str, int]:
    """Host and port of `HOST:PORT`, `:PORT` or `PORT`; raises `ValueError`."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise ValueError(f"{text}: give the box's address as HOST:PORT, such as {LOOPBACK}:10500")
    return host or LOOPBACK, int(port)


async def dial(
    host: str,
    port: int,
    say: Callable[[str], None],
    *,
    key: bytes | None = None,
    transport: Literal["tcp", "udp"] = "tcp",
    every_s: float,
    seconds: float | None = None,
) -> None:
    """Send a link test, then an event of the story every `every_s` seconds; `seconds` None is for ever."""
    with suppress(TimeoutError):
        async with (
            asyncio.timeout(seconds),
            Dc09Dialler(host, port, ACCOUNT, key=key, transport=transport) as panel,
        ):
            _tell(await panel.link_test(), say)
            for n in count():
                _, qualifier, code, partition, number = happening(n).contact_id
                data = contact_id_data(qualifier, code, partition, number)
                _tell(await panel.send("ADM-CID", data), say)
                await asyncio.sleep(every_s)


def _tell(outcome: Outcome, say: Callable[[str], None]) -> None:
    for frame in outcome.frames:
        say(f"said {readable(frame)}")
    if outcome.naks:
        say("  answered NAK: clock set")
    say(_FATES[outcome.result])
