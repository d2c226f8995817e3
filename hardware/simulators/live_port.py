"""The far end of a port, alive: a thread that speaks when something is due and hears what the box writes.

Simulators bring the behaviour, as a value that takes times; the thread, the waking and the end are here.
"""

import os
import select
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hardware.simulators.pseudo_terminal import PseudoTerminal

CLOSE_TIMEOUT_S: Final = 2.0

_READ_BYTES = 1024


class LivePort(ABC):
    """Runs from `start` until closed; every public method may be called from any thread."""

    def __init__(self, what: str, link: Path | None) -> None:
        # Guards the behaviour; notified whenever something was said or heard.
        self._changed = threading.Condition()
        self._terminal = PseudoTerminal(link)
        self._woken, self._wake = os.pipe()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=f"{what}[{self.port.name}]", daemon=True)

    @property
    def port(self) -> Path:
        """What to put into a line's settings."""
        return self._terminal.path

    def start(self) -> None:
        """Begin to speak and to hear."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and unplug the line."""
        if self._closing:
            return
        self._closing = True
        self._nudge()
        self._thread.join(CLOSE_TIMEOUT_S)
        self._terminal.close()
        os.close(self._wake)
        os.close(self._woken)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def _speak(self) -> float | None:
        """Say what is due; return the seconds until more is, `None` if only the box can tell."""

    @abstractmethod
    def _hear(self, data: bytes) -> None:
        """Take what the box wrote."""

    def _nudge(self) -> None:
        """Something new is to be said: do not wait for what was due."""
        os.write(self._wake, b"x")

    def _wait_for(self, condition: Callable[[], bool], timeout_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, timeout_s)

    def _run(self) -> None:
        while not self._closing:
            readable, _, _ = select.select([self._terminal.fd, self._woken], [], [], self._speak())
            if self._woken in readable:
                os.read(self._woken, _READ_BYTES)
            if self._terminal.fd in readable:
                self._hear(os.read(self._terminal.fd, _READ_BYTES))
