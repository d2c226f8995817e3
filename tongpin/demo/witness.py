"""Notes when each alarm and each over's words first stood on a console's board."""

import time
from dataclasses import dataclass, field

from bus.messages.board import AlarmRow, OverRow
from tui.mirror import Mirror


@dataclass
class Witness:
    """Looks at the board after every change; times are monotonic seconds."""

    alarms: dict[str, tuple[float, AlarmRow]] = field(default_factory=dict)
    overs: dict[str, tuple[float, OverRow]] = field(default_factory=dict)

    def look(self, board: Mirror | None) -> None:
        """Note what is new."""
        if board is None:
            return
        now = time.monotonic()
        for alarm in board.alarms.values():
            self.alarms.setdefault(alarm.id, (now, alarm))
        for over in board.overs.values():
            if over.text is not None or over.gated:
                self.overs.setdefault(over.id, (now, over))
