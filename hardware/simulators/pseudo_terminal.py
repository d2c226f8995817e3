"""A serial port made of a pseudo-terminal: what the box opens, held from the panel's side."""

import os
import pty
import tty
from pathlib import Path
from types import TracebackType
from typing import Self


class PseudoTerminal:
    """The panel's end of a line whose other end is a port the box can open.

    `path` is that port; `link`, when given, is a symlink that points to it for as long as this object
    lives, so that a port keeps its name over a replug. The port is raw, and bytes nobody reads are lost
    when the kernel's buffer is full, as on a wire.
    """

    def __init__(self, link: Path | None = None) -> None:
        self.fd, self._slave = pty.openpty()
        # Kept open: else the panel's end reads EIO whenever no box has the port open.
        tty.setraw(self._slave)
        os.set_blocking(self.fd, False)
        self._device = Path(os.ttyname(self._slave))
        self._link = link
        if link is not None:
            _point(link, self._device)

    @property
    def path(self) -> Path:
        """What to put into a line's settings."""
        return self._link or self._device

    def write(self, data: bytes) -> None:
        """Put bytes on the wire; what does not fit is lost."""
        try:
            os.write(self.fd, data)
        except BlockingIOError:
            return

    def close(self) -> None:
        """Unplug: the box's end reads an error from now on, and the link is gone if still this port's."""
        os.close(self.fd)
        os.close(self._slave)
        if self._link is not None and self._link.is_symlink() and self._link.readlink() == self._device:
            self._link.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _point(link: Path, device: Path) -> None:
    """Let `link` point to `device` in one step: a box opening it meanwhile finds the old or the new."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(device)
    fresh.replace(link)
