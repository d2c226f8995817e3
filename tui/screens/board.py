"""The main screen: what the operator sees, types and commits."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from bus.clock import Clock
from tui.bench import Bench
from tui.command.complete import beside, completed
from tui.command.model import Command
from tui.command.parse import advised
from tui.keys.keymap import Keymap
from tui.leaving import ORDERS
from tui.orders import Orders, Outcome
from tui.screens.page import page_key
from tui.state.memory import Memory
from tui.view import header
from tui.view.arrivals import Arrivals
from tui.view.clip import clip_of
from tui.view.footer import footer_pieces
from tui.view.in_full import in_full
from tui.view.says import under_the_line
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.command_line import CommandInput, CommandLine
from tui.widgets.detail import DetailPanel
from tui.widgets.panel import Panel
from tui.widgets.queue import QueuePanel
from tui.widgets.radio import RadioPanel
from tui.widgets.row_list import RowList
from tui.widgets.units import UnitPanel
from tui.words import Words


class BoardScreen(Screen[None]):
    """Header, queue, units, detail, channel, command line, keys. Intake never moves focus or cursor."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-normal"),
        (140, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("pageup", "page(-1)"),
        page_key("pagedown", "page(1)"),
    ]

    class Chosen(Message):
        """The cursor rests on a row: its key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Local(Message):
        """A command the console carries out itself: its name and argument."""

        def __init__(self, name: str, argument: str) -> None:
            super().__init__()
            self.command = name
            self.argument = argument

    class Advising(Message):
        """The line asks whom to send to the row of this key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Playing(Message):
        """The chosen recording is to be heard, or to stop."""

    def __init__(self, words: Words, keymap: Keymap, clock: Clock, orders: Orders, memory: Memory) -> None:
        super().__init__(id="board-screen")
        self.words = words
        self._keymap = keymap
        self.bench = Bench()
        self._arrivals = Arrivals()
        self.sight: Sight | None = None
        self._clock = clock
        self._orders = orders
        self._memory = memory
        self._draft = memory.draft()
        self._outcome: Outcome | None = None
        self._unanswered: list[str] = []
        """Lines that were sent: as long as none is typed, the last of them is what the disk keeps."""
        self._trouble = ""
        self.advised: str | None = None
        """The row the line asks whom to send to; meanwhile the ranking must not move under its digits."""

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Bar(id="header")
        with Container(id="board"):
            yield QueuePanel(id="queue")
            yield UnitPanel(id="units")
        yield DetailPanel(id="detail")
        yield RadioPanel(id="radio")
        yield CommandLine(self._memory)
        yield Bar(id="footer")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An open detail is paged; else the list that has the keys."""
        return self.has_class("detail-open") if action == "page" else super().check_action(action, parameters)

    def action_page(self, step: int) -> None:
        """One window of the open detail."""
        self.query_one(DetailPanel).page(step)

    def on_mount(self) -> None:
        """The board has the keys until somebody types; a line from before the console ended is put back."""
        line = self.command_line.input
        if self._draft is not None:
            line.put(self._draft.line)
        self.watch(line, "value", self._keep, init=False)
        self.set_focus(self.rows if self._draft is None else line)

    def _keep(self, line: str) -> None:
        """On the disk before it is on the screen."""
        sent = self._unanswered[-1] if self._unanswered and not line else ""
        me = self.sight.me if self.sight else ""
        self._memory.keep(sent or line, me, self._clock.now(), sent=bool(sent))

    @property
    def rows(self) -> RowList:
        """The queue's list: its cursor is `.`."""
        return self.query_one("#queue-rows", RowList)

    @property
    def clip(self) -> str | None:
        """The recording of the chosen row: of the list that has the keys, else of the queue."""
        return clip_of(self.sight, self._key) if self.sight else None

    @property
    def in_full(self) -> list[str]:
        """The chosen row as text: of the list that has the keys, else of the queue."""
        return in_full(self.sight, self._key) if self.sight else []

    @property
    def _key(self) -> str | None:
        return self.focused.key if isinstance(self.focused, RowList) else self.rows.key

    @property
    def command_line(self) -> CommandLine:
        """Where the operator types."""
        return self.query_one(CommandLine)

    def paint(self, sight: Sight | None, fresh: header.Freshness, desk: header.Desk) -> None:
        """Draws the board as it is now; keeps focus, cursor, scroll and typed text."""
        first, self.sight = self.sight is None, sight
        self._trouble = "" if fresh.live else fresh.detail
        now = self._clock.now() if sight is None else sight.now
        pieces = header.header_pieces(sight, fresh, desk, self.words, now, self.size.width)
        self.query_one("#header", Bar).show(pieces)
        if sight is not None:
            typing = bool(self.command_line.input.value)
            self.query_one(QueuePanel).arrived = self._arrivals.look(sight, typing=typing)
            for panel in self.query(Panel):
                panel.show(sight)
            self.bench.look(sight, self.rows.key, self._clock.monotonic())
            if first:
                self._begin_reading(sight)
        self._say()

    def _begin_reading(self, sight: Sight) -> None:
        """What was typed, or put back, before there was a board to read it on."""
        typed, now = self.command_line.input.value, self._clock.monotonic()
        if self._draft is not None and typed == self._draft.line:
            self.bench.restore(typed, sight, self.rows.key, now, sent=self._draft.sent)
        else:
            self.bench.type(typed, sight, self.rows.key, now)

    def commit(self, command: Command, line: str = "") -> None:
        """Sends a command; the outcome appears under the line."""
        if command.local is not None:
            self.post_message(self.Local(*command.local))
            return
        self._outcome = Outcome("sending", command, line=line)
        self._unanswered.append(line)
        self._keep(self.command_line.input.value)
        self.app.run_worker(self._carry_out(command, line), group=ORDERS, exit_on_error=False)

    def begin(self, text: str) -> None:
        """Puts the operator into the command line, after `text`; what was typed before is remembered."""
        field = self.command_line.input
        if field.value.strip() and field.value != text:
            field.remember(field.value)
        field.put(text)
        self.set_focus(field)

    def retype(self) -> None:
        """Reads the line again, for example in another language."""
        self._typed(self.command_line.input.value)

    async def _carry_out(self, command: Command, line: str) -> bool:
        outcome = await self._orders.carry_out(command, line)
        self._outcome = outcome
        self._unanswered.remove(line)
        if outcome.ending == "done":
            self.bench.did(command, self._clock.monotonic())
        elif line and not self.command_line.input.value:
            self.command_line.input.put(line, to_replace=outcome.ending == "refused")
            self.bench.line = ""
        self._keep(self.command_line.input.value)
        self._say()
        return outcome.ending == "done"

    # Typing ---------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A letter on the board begins a command; a critical key never gets here.

        Keys typed in one burst were on their way to the queue before the line had the focus: they come by
        here too, and belong to the line.
        """
        typing = isinstance(self.focused, Input)
        if event.is_printable and event.character and (typing or event.character != " "):
            self._type(event.character, begins=not typing)
            event.stop()
        elif typing:
            return
        elif event.key == "space" or (event.key == "enter" and self.focused is not self.rows):
            self.post_message(self.Playing())
        elif event.key == "enter":
            self.toggle_class("detail-open")
        elif event.key == "escape":
            self.remove_class("detail-open")
            self.set_focus(self.rows)

    def _type(self, character: str, *, begins: bool) -> None:
        field = self.command_line.input
        self.set_focus(field)
        if begins:
            field.cursor_position = len(field.value)
        if character != ":" or not begins:
            field.insert_text_at_cursor(character)

    @on(Input.Changed, "#command-input")
    def _line_changed(self, event: Input.Changed) -> None:
        if event.value != self.bench.line:
            if self._outcome is not None and event.value not in ("", self._outcome.line):
                self._outcome = None
            self._typed(event.value)

    @on(Input.Submitted, "#command-input")
    def _line_entered(self, event: Input.Submitted) -> None:
        self._commit_or_say(self.bench.enter(), event.value)

    @on(CommandInput.Agreed)
    def _line_agreed(self) -> None:
        self._commit_or_say(self.bench.agree(), self.command_line.input.value)

    def _commit_or_say(self, command: Command | None, line: str) -> None:
        if command is None:
            self._say()
            return
        field = self.command_line.input
        field.remember(line)
        field.put("")
        self._typed("")
        self.commit(command, line)

    @on(CommandInput.Left)
    def _line_left(self) -> None:
        self.set_focus(self.rows)

    @on(CommandInput.Completing)
    def _line_completing(self) -> None:
        if self.sight is not None:
            self.command_line.input.put(completed(self.command_line.input.value, self.sight))

    @on(RowList.Moved, "#queue-rows")
    def _row_chosen(self, event: RowList.Moved) -> None:
        self.query_one(DetailPanel).choose(event.key)
        if event.key is not None:
            self.post_message(self.Chosen(event.key))
        if self.sight is None:
            return
        now = self._clock.monotonic()
        if event.by_hand:
            self.bench.type(self.bench.line, self.sight, event.key, now)
        else:
            self.bench.look(self.sight, event.key, now)
        self._say()

    def _typed(self, line: str) -> None:
        if self.sight is not None:
            self.bench.type(line, self.sight, self.rows.key, self._clock.monotonic())
            self._ask_whom_to_send(line, self.sight)
        self._say()

    def _ask_whom_to_send(self, line: str, sight: Sight) -> None:
        before, self.advised = self.advised, advised(line, sight, self.rows.key)
        if self.advised not in (None, before):
            self.post_message(self.Advising(self.advised or ""))

    def _say(self) -> None:
        bench, line = self.bench, self.command_line
        typed, undo = line.input.value, bench.undoable(self._clock.monotonic())
        line.input.asking = bench.armed
        rest = line.say(*under_the_line(bench, self._outcome, typed, self.words, self._trouble))
        keys = footer_pieces(self.words, self._keymap, self.size.width)
        self.query_one("#footer", Bar).show((rest,) if rest else keys)
        self.query_one("#footer", Bar).set_class(rest is not None, "said")
        follows = beside(typed, self.sight) if self.sight and line.input.has_focus else ""
        key = self._keymap.named("undo")
        line.show_beside(follows, self.words("line.undo", keys=key, seconds=undo[1]) if undo else "")
