"""A bar on stderr while lines of data appear on stdout, neither in the other's way."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID


class Bar:
    """Shown only where somebody sees it."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def at(self, share: float) -> None:
        """So much is done, 0 to 1."""
        self._progress.update(self._task, completed=min(share, 1.0))

    def say(self, what: str) -> None:
        """What is being done."""
        self._progress.update(self._task, description=what)

    def write(self, line: str) -> None:
        """A line of data."""
        shared = self._progress.console.is_terminal and sys.stdout.isatty()
        if shared:  # the bar must make room first
            self._progress.print(line, markup=False, highlight=False, soft_wrap=True)
            return
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


@contextmanager
def progress_bar(what: str) -> Iterator[Bar]:
    """Gone at the end of the block."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, progress.add_task(what, total=1.0))
