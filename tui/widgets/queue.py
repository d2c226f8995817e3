"""The queue with its title and the names of its columns."""

from textual.app import ComposeResult

from tui.view.line import Piece, piece, spread
from tui.view.queue import claimed_alarms, open_incidents, queue_lines, titles, waiting_alarms
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel
from tui.widgets.row_list import GUTTER, RowList


class QueuePanel(Panel):
    """Alarms and incidents; owns the cursor the command line's `.` means."""

    arrived = 0
    """Alarms that came while the operator types."""

    def compose(self) -> ComposeResult:
        """Two title lines over the rows."""
        yield Bar(id="queue-title", classes="title")
        yield Bar(id="queue-columns", classes="title")
        yield RowList(id="queue-rows")

    @property
    def rows(self) -> RowList:
        """The list itself."""
        return self.query_one("#queue-rows", RowList)

    def paint(self, sight: Sight) -> None:
        """Rows first: the title tells how many of them are out of sight."""
        width = self.size.width
        self._follow(sight)
        self.rows.show(queue_lines(sight, width - GUTTER))
        self.query_one("#queue-columns", Bar).show((Piece(" "), *titles(sight, width - GUTTER)))
        self.query_one("#queue-title", Bar).show(self._title(sight, width))

    def _follow(self, sight: Sight) -> None:
        """An alarm that became part of an incident takes the cursor with it: the same thing, further on."""
        kind, _, id_ = (self.rows.key or "").partition(":")
        alarm = sight.mirror.alarms.get(id_) if kind == "alarm" else None
        if alarm is not None and alarm.incident in sight.mirror.incidents:
            self.rows.take(f"incident:{alarm.incident}")

    def _title(self, sight: Sight, width: int) -> tuple[Piece, ...]:
        words = sight.words
        summary = words(
            "queue.summary",
            waiting=len(waiting_alarms(sight)),
            claimed=len(claimed_alarms(sight)),
            incidents=len(open_incidents(sight)),
        )
        above, below = self.rows.hidden()
        hidden = [words("queue.above", n=above)] * bool(above) + [words("queue.below", n=below)] * bool(below)
        left = (piece(f" {words('queue.title')} ", "title"), piece(f" {summary}", "title dim"))
        fresh = (piece(f" {words('queue.arrived', n=self.arrived)} ", "urgent"),) * bool(self.arrived)
        return spread(left, (*fresh, piece(f"{'  '.join(hidden)} ", "title")), width)
