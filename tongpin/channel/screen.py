"""A channel live on a terminal: one small table, redrawn a few times a second."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.live import Live
from rich.table import Table

from tongpin.channel.tune import Reading

_REDRAWS: Final = 8
_LOWEST_DBFS: Final = -80.0
_WIDTH: Final = 40
_COLOURS: Final = {"open": "green", "closed": "dim", "noise": "red"}


@contextmanager
def on_screen(console: Console) -> Iterator[Callable[[Reading], None]]:
    """Gives what shows a reading; without a terminal nothing is shown."""
    if not console.is_terminal:
        yield lambda _reading: None
        return
    with Live(console=console, refresh_per_second=_REDRAWS, transient=True) as live:
        yield lambda reading: live.update(table_of(reading))


def table_of(reading: Reading) -> Table:
    """The reading as a table."""
    moment, table = reading.moment, Table(box=None, show_header=False, padding=(0, 1))
    colour = _COLOURS[moment.state]
    table.add_row("level", f"{moment.level_dbfs:6.1f} dBFS", bar(moment.level_dbfs, moment.floor_dbfs))
    table.add_row("floor", f"{moment.floor_dbfs:6.1f} dBFS", "")
    table.add_row("squelch", f"[{colour}]{moment.state}[/]", moment.why)
    table.add_row("flatness", f"{moment.flatness:6.2f}", "speech 0.2 to 0.8, an open squelch above 0.9")
    table.add_row("peak", f"{moment.peak_dbfs:6.1f} dBFS", f"{reading.clipped} samples clipped so far")
    speech = "–" if reading.speech is None else f"{reading.speech:6.2f}"
    table.add_row("speech", speech, "" if reading.speech is not None else "Silero is not installed here")
    if reading.carrier is not None:
        table.add_row("carrier", "up" if reading.carrier else "down", f"{reading.changes} changes")
    counts = f"{reading.kerchunks} kerchunks, {reading.bursts} bursts of noise, {reading.overruns} overruns"
    table.add_row("overs", f"{reading.overs:6d}", counts)
    table.add_row("", f"{moment.seconds:6.1f} s", "Ctrl+C ends, and proposes settings")
    return table


def bar(level_dbfs: float, floor_dbfs: float) -> str:
    """The level from -80 to 0 dBFS as a bar, with the floor as a mark in it."""
    length, mark = _column(level_dbfs), _column(floor_dbfs)
    cells = ["█" if n < length else "·" for n in range(_WIDTH)]
    if mark < _WIDTH:
        cells[mark] = "│"
    return "".join(cells)


def _column(dbfs: float) -> int:
    return round(_WIDTH * min(max(1 - dbfs / _LOWEST_DBFS, 0.0), 1.0))
