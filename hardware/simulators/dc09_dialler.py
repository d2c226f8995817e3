"""A panel that reports over IP as SIA DC-09 has it, for tests, the demo, and a technician without a panel.

It sends one message at a time and keeps it until it is answered: the same sequence again when nothing comes,
its clock set and a fresh time stamp after a NAK, no more after a DUH. An answer counts only if it repeats
sequence and address, and is encrypted where the message was.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Literal, Self

from hardware.panels.sia_dc09.encode import message_frame
from hardware.panels.sia_dc09.framing import Frame, Framer
from hardware.panels.sia_dc09.message import Message, read
from hardware.panels.sia_dc09.stamp import parse
from hardware.simulators.dc09_wire import TcpWire, UdpWire, Wire

_SEQUENCES: Final = 10_000
_FIRST: Final = 1
"""Sequence 0000 stands for messages of no number; 9999 is followed by 0001."""

Result = Literal["ack", "duh", "unanswered"]


@dataclass(frozen=True, slots=True)
class DiallerTiming:
    """Seconds and counts. Panels in the field wait 2 to 20 s for an answer; ours are chosen."""

    answer_s: float = 5.0
    pause_s: float = 1.0
    """Before it dials again."""
    attempts: int = 4
    naks: int = 3
    """After this many the panel believes that its message is not wanted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message; `frames` are all that were sent for it."""

    result: Result
    frames: tuple[bytes, ...]
    naks: int = 0


def utc_now() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


class Dc09Dialler:
    """One panel. An async context manager: it connects when it has something to say, and hangs up at the end.

    `address` is receiver and line with their letters; `now` is the panel's clock, right or wrong; with `key`
    (16, 24 or 32 bytes) all is encrypted.
    """

    def __init__(
        self,
        host: str,
        port: int,
        account: str,
        *,
        address: str = "L0",
        key: bytes | None = None,
        transport: Literal["tcp", "udp"] = "tcp",
        timing: DiallerTiming | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.account = account
        self.clock_set_by = timedelta()
        self._address = address
        self._key = key
        self._keys = {account: key} if key else {}
        self._timing = timing or DiallerTiming()
        self._now = now
        self._sequence = _FIRST - 1
        self._wire: Wire = TcpWire(host, port) if transport == "tcp" else UdpWire(host, port)

    async def send(self, message_id: str, data: str) -> Outcome:
        """Send one event, such as `ADM-CID` with `1130 01 015`, and wait for its fate. One at a time."""
        self._sequence = self._sequence % (_SEQUENCES - 1) + 1
        return await self._deliver(message_id, data, self._sequence)

    async def link_test(self) -> Outcome:
        """Ask whether anybody is there."""
        return await self._deliver("NULL", "", 0)

    async def close(self) -> None:
        """Hang up."""
        await self._wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _deliver(self, message_id: str, data: str, sequence: int) -> Outcome:
        frames: list[bytes] = []
        naks = 0
        frame = self._frame(message_id, data, sequence)
        for _ in range(self._timing.attempts):
            frames.append(frame)
            answer = await self._ask(frame, f"{sequence:04d}")
            if answer is None:
                await self._wire.close()
                await asyncio.sleep(self._timing.pause_s)
            elif answer.id == "NAK" and naks < self._timing.naks:
                naks += 1
                self._set_clock(answer.stamp)
                frame = self._frame(message_id, data, sequence)
            elif answer.id in {"ACK", "DUH"}:
                return Outcome("ack" if answer.id == "ACK" else "duh", tuple(frames), naks)
        return Outcome("unanswered", tuple(frames), naks)

    def _frame(self, message_id: str, data: str, sequence: int) -> bytes:
        return message_frame(
            message_id,
            data,
            sequence=sequence,
            account=self.account,
            address=self._address,
            at=self._now() + self.clock_set_by,
            key=self._key,
        )

    async def _ask(self, frame: bytes, sequence: str) -> Message | None:
        """Send; the answer to it, `None` when there is none in time or the line is gone."""
        framer = Framer()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._timing.answer_s):
                await self._wire.send(frame)
                while data := await self._wire.receive():
                    for piece in framer.feed(data):
                        answer = (
                            read(piece.body, self._keys) if isinstance(piece, Frame) and piece.sound else None
                        )
                        if answer and self._is_for(answer, sequence):
                            return answer
        return None

    def _is_for(self, answer: Message, sequence: str) -> bool:
        if answer.id == "NAK":
            return True
        ours = (answer.sequence, answer.address) == (sequence, f"{self._address}#{self.account}")
        return ours and (
            answer.id == "DUH" or (answer.encrypted == bool(self._key) and answer.content is not None)
        )

    def _set_clock(self, stamp: str | None) -> None:
        told = parse(stamp) if stamp else None
        if told is not None:
            self.clock_set_by = told - self._now()
