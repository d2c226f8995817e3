"""Orders of one key and no line: for the alarm to take first, the row under the cursor, the last order."""

from collections.abc import Callable

from bus.clock import Clock
from bus.messages.verbs import Undo
from tui.chosen_row import ChosenRow
from tui.command.model import Command, Question
from tui.command.parse import parse
from tui.screens.board import BoardScreen
from tui.view.queue import waiting_alarms
from tui.view.sight import Sight


class OneKey:
    """`sight` is the board as of now. What comes of an order appears under the board's line."""

    def __init__(
        self, board: BoardScreen, chosen_row: ChosenRow, sight: Callable[[], Sight | None], clock: Clock
    ) -> None:
        self._board = board
        self._chosen_row = chosen_row
        self._sight = sight
        self._clock = clock

    def claim(self) -> None:
        """The alarm to take first, which is drawn; the cursor goes there."""
        sight = self._sight()
        waiting = waiting_alarms(sight) if sight else []
        if not waiting:
            self._board.notify(self._board.words("line.nothing"), markup=False)
            return
        key = f"alarm:{waiting[0].id}"
        self._board.rows.go_to(key)
        self._chosen_row.ask_whom_to_send(key)
        self._commit("claim", key)

    def accept(self) -> None:
        """Does what is proposed: joins the alarm under the cursor, or makes the incident surer or not."""
        key = self._board.rows.key or ""
        self._commit("certainty" if key.startswith("incident:") else "link", key)

    def keep_apart(self) -> None:
        """Says no to what is proposed: two matters, or as certain as before."""
        self._commit("apart", self._board.rows.key)

    def undo(self) -> None:
        """Takes the last own action back."""
        words, last = self._board.words, self._board.bench.undoable(self._clock.monotonic())
        says = words("say.undo", what=last[0]) if last else words("say.undo_nothing")
        self._board.commit(Command("undo", says, (Undo(),), undoable=False))

    def _commit(self, line: str, key: str | None) -> None:
        """At once what this line would mean with the cursor on the row of `key`."""
        sight = self._sight()
        meaning = parse(line, sight, key) if sight else None
        if isinstance(meaning, Command):
            self._board.commit(meaning)
        elif isinstance(meaning, Question):
            self._board.notify(self._board.words("ask.proposal"), markup=False)
