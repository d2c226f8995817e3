"""What is typed, what it would do, and what was done last. No I/O."""

from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from tui.command.model import Command, Meaning, Nothing
from tui.command.parse import parse
from tui.view.sight import Sight

Restored = Literal["", "typed", "sent"]

UNDO_S = 10.0
"""The centre takes back an own action this long (console specification)."""


@dataclass(frozen=True)
class Done:
    """The last own action that can be taken back."""

    says: str
    at: float
    """Monotonic seconds."""


class Bench:
    """Between typing and committing: Enter commits exactly the sentence that was on the screen."""

    def __init__(self) -> None:
        self.line = ""
        self.meaning: Meaning = Nothing()
        self.changed = False
        """The world changed under the sentence: it must be read again before it can be committed."""
        self.armed = False
        """A command that cannot be undone was entered; only `agree` commits it."""
        self.restored: Restored = ""
        """The line is from before the console ended: it must be read before it can be committed."""
        self._done: Done | None = None

    def type(self, line: str, sight: Sight, cursor: str | None, now: float) -> None:
        """The operator changed the line, or moved the cursor its `.` means."""
        self.line = line
        self.meaning = self._read(line, sight, cursor, now)
        self.changed = self.armed = False
        self.restored = ""

    def restore(self, line: str, sight: Sight, cursor: str | None, now: float, *, sent: bool = False) -> None:
        """A line nobody committed, or one whose answer nobody saw, from before the console ended."""
        self.type(line, sight, cursor, now)
        self.restored = "sent" if sent else "typed"

    def look(self, sight: Sight, cursor: str | None, now: float) -> None:
        """The board changed; the line did not."""
        before = self.meaning
        self.meaning = self._read(self.line, sight, cursor, now)
        if isinstance(before, Command) and not _same(before, self.meaning):
            self.changed = isinstance(self.meaning, Command)
            self.armed = False

    def enter(self) -> Command | None:
        """The command to commit, None when there is none or it must be looked at once more."""
        if not isinstance(self.meaning, Command):
            return None
        if self.changed or self.restored:
            self.changed, self.restored = False, ""
            return None
        if self.meaning.confirm:
            self.armed = True
            return None
        return self.meaning

    def agree(self) -> Command | None:
        """The command that was asked about once more, None when none was."""
        return self.meaning if self.armed and isinstance(self.meaning, Command) else None

    def did(self, command: Command, now: float) -> None:
        """A command was carried out."""
        self._done = Done(command.says, now) if command.undoable and command.asks else None

    def undoable(self, now: float) -> tuple[str, int] | None:
        """What the last action said, and the whole seconds left to undo it."""
        if self._done is None or now - self._done.at >= UNDO_S:
            return None
        return self._done.says, ceil(UNDO_S - (now - self._done.at))

    def _read(self, line: str, sight: Sight, cursor: str | None, now: float) -> Meaning:
        meaning = parse(line, sight, cursor)
        last = self.undoable(now)
        if isinstance(meaning, Command) and meaning.verb == "undo" and last is not None:
            return replace(meaning, says=sight.words("say.undo", what=last[0]))
        return meaning


def _same(before: Command, after: Meaning) -> bool:
    """Whether the sentence still stands. That an undo ran out is the centre's to say."""
    if not isinstance(after, Command):
        return False
    return before.asks == after.asks and before.about == after.about
