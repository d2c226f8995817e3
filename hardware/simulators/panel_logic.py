"""How panels behave that are asked instead of waiting, without clock or wire: bytes and times in, bytes out.

They say what happens once and keep nothing of it; but they know the state they are in, and tell it to whoever
asks. Only an NX module wants its messages acknowledged, and says them until they are.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hardware.panels.alarmdecoder import encode as alarmdecoder
from hardware.panels.asking import asking_of
from hardware.panels.dsc_it100 import encode as it100
from hardware.panels.frame import Codec, PanelRecord, Run
from hardware.panels.nx584 import encode as nx584
from hardware.panels.paradox_prt3 import encode as prt3
from hardware.panels.registry import codec
from hardware.simulators.receiver_logic import Delivery

Answer = Callable[[PanelRecord, tuple[bytes, ...]], bytes]
"""What a question is answered with, given the frames that tell the panel's state."""

REPEAT_S: Final = 3.0
"""After this an NX module says an unacknowledged message again. Ours."""

_NX_ACK: Final = f"{nx584.POSITIVE_ACK[0]:02x}"
_NX_QUESTION: Final = f"{nx584.SYSTEM_STATUS_REQUEST[0]:02x}"


class PanelLogic:
    """One panel. Every method takes the time `now`, which must not run backwards."""

    def __init__(self, protocol: str, now: float, *, repeat_s: float | None = None) -> None:
        """`repeat_s`: frames are said until acknowledged; `None` says them once, as all but NX do."""
        self.deliveries: list[Delivery] = []
        self.questions: list[PanelRecord] = []
        self._answer = _ANSWERS[protocol]
        self._ears = _ears(protocol)
        self._mirror = codec(protocol)
        self._repeat_s = repeat_s
        self._waiting: deque[int] = deque()
        self._due = now
        self._states: dict[str, bytes] = {}

    @property
    def idle(self) -> bool:
        """Whether everything offered was said, and acknowledged if that is wanted."""
        return not self._waiting

    def offer(self, frame: bytes, now: float) -> int:
        """Let something happen at the panel and return its number; the frame ends with its terminator."""
        self._note(frame)
        self.deliveries.append(Delivery(frame, offered_at=now))
        self._waiting.append(len(self.deliveries) - 1)
        return self._waiting[-1]

    def hear(self, data: bytes, now: float) -> bytes:
        """Take bytes from the box, in portions of any size, and return what they are answered with."""
        answers = b""
        for run in self._ears.feed(data):
            for record in run.records:
                if record.code == _NX_ACK and self._waiting:
                    self._acknowledged(now)
                else:
                    self.questions.append(record)
                    answers += self._answer(record, tuple(self._states.values()))
        return answers

    def step(self, now: float) -> bytes | None:
        """Return the frame to say now, if any."""
        if not self._waiting or (now < self._due and self.deliveries[self._waiting[0]].sent_at):
            return None
        number = self._waiting[0]
        delivery = self.deliveries[number]
        self.deliveries[number] = replace(delivery, sent_at=(*delivery.sent_at, now))
        if self._repeat_s is None:
            self._waiting.popleft()
        else:
            self._due = now + self._repeat_s
        return delivery.frame

    def next_step_at(self, now: float) -> float | None:
        """Return when `step` has something to do; `None` while nothing happens."""
        if not self._waiting:
            return None
        return self._due if self.deliveries[self._waiting[0]].sent_at else now

    def _acknowledged(self, now: float) -> None:
        number = self._waiting.popleft()
        self.deliveries[number] = replace(self.deliveries[number], acked_at=now)

    def _note(self, frame: bytes) -> None:
        """Keep the state that a frame of ours speaks of, to tell it when asked."""
        records = (record for run in self._mirror.feed(frame) for record in run.records)
        for state in map(asking_of(self._mirror).state, records):
            if state and state.value:
                self._states[state.of] = frame
            elif state:
                self._states.pop(state.of, None)


class _ConfigEars:
    """Hears an AlarmDecoder's commands: a letter and a CR, which no codec of its lines reads."""

    name = "alarmdecoder"

    def __init__(self) -> None:
        self._heard = b""

    def feed(self, data: bytes) -> list[Run]:
        """Return a record for each command."""
        *commands, self._heard = (self._heard + data).split(b"\r")
        return [Run((PanelRecord(self.name, "text", text=one.decode("latin-1")),)) for one in commands]

    def flush(self) -> list[Run]:
        """Forget half a command."""
        self._heard = b""
        return []


def _ears(protocol: str) -> Codec:
    """Return what hears the box's questions; our NX module is set to ASCII and reads nothing else."""
    if protocol == "alarmdecoder":
        return _ConfigEars()
    return codec(protocol, form="ascii") if protocol == "nx584" else codec(protocol)


def _it100(question: PanelRecord, states: tuple[bytes, ...]) -> bytes:
    """000 is acknowledged; so is 001, and then the whole state is told. A wrong checksum is 501."""
    if question.check != "ok":
        return it100.line("501")
    if question.code == "001":
        return it100.line("500", "001") + it100.line("610", "001") + b"".join(states)
    return it100.line("500", question.code or "")


def _alarmdecoder(question: PanelRecord, _: tuple[bytes, ...]) -> bytes:
    return alarmdecoder.note("CONFIG>MODE=A&CONFIGBITS=ff05&ADDRESS=18") if question.text == "C" else b""


def _prt3(question: PanelRecord, _: tuple[bytes, ...]) -> bytes:
    area = (question.text or "").removeprefix("RA")
    return prt3.area_status(int(area)) if area.isdecimal() else b""


def _nx584(question: PanelRecord, _: tuple[bytes, ...]) -> bytes:
    return nx584.frame(nx584.system_status()) if question.code == _NX_QUESTION else b""


_ANSWERS: Final[dict[str, Answer]] = {
    "dsc_it100": _it100,
    "alarmdecoder": _alarmdecoder,
    "paradox_prt3": _prt3,
    "nx584": _nx584,
}

PROTOCOLS: Final = tuple(_ANSWERS)
