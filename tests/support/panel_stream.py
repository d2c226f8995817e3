"""A steady stream of distinct frames, and receivers that miss an answer now and then."""

import random
import threading
from collections.abc import Iterator
from itertools import count
from types import TracebackType
from typing import Self

from hardware.errors import ReceiverBufferFullError
from hardware.panels.surgard.encode import contact_id_frame
from hardware.simulators.surgard_receiver import SurgardReceiver

_RESTORE_EVERY = 5


class HardOfHearing(SurgardReceiver):
    """A receiver on a bad line: a `deafness` share of what it reads is lost, so it says frames again."""

    def __init__(self, *, header: str, time_scale: float, seed: int, deafness: float) -> None:
        self._draw = random.Random(f"{seed} {header}")
        self._deafness = deafness
        super().__init__(header=header, time_scale=time_scale)

    def _hear(self, answers: bytes) -> None:
        if self._draw.random() >= self._deafness:
            super()._hear(answers)


class PanelStream:
    """Offers a frame a turn to each receiver, `per_second` in all, from entering until leaving the block.

    A receiver whose buffer is full takes none, as a real one would not.
    """

    def __init__(self, receivers: dict[str, SurgardReceiver], per_second: float) -> None:
        """`receivers` by the header of their frames."""
        self._turns = [(receiver, distinct_frames(header)) for header, receiver in receivers.items()]
        self._pause_s = len(receivers) / per_second
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="panel stream")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._pause_s):
            for receiver, frames in self._turns:
                try:
                    receiver.offer(next(frames))
                except ReceiverBufferFullError:
                    continue


def distinct_frames(header: str) -> Iterator[bytes]:
    """Burglaries in ever other zones; now and then one is over again."""
    for n in count():
        account, zone = f"{1 + n // 900:04d}", f"{n % 900 + 1:03d}"
        yield contact_id_frame(account, "new", "130", "01", zone, header=header)
        if n % _RESTORE_EVERY == 0:
            yield contact_id_frame(account, "restore", "130", "01", zone, header=header)
