"""Handing over: the brief line by line, a note for the next shift, two signatures."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from bus.messages.board import HandoverRow
from tui.brief import Brief, open_handover
from tui.half_note import HalfNote
from tui.orders import Answer
from tui.screens.page import Page, page_key
from tui.state.memory import LONGEST
from tui.view.handover import BriefLine, brief_lines, signatures, unsent
from tui.view.header import Desk, Freshness
from tui.view.line import Line, piece
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.words import Words


class HandoverScreen(Page):
    """`o` opens one, Enter reads the line under the cursor, `n` leaves a note, `s` signs."""

    where = "handover"

    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("escape", "leave"),
        page_key("o", "begin"),
        page_key("enter,space", "read"),
        page_key("n", "note"),
        page_key("s", "sign"),
    ]

    def __init__(self, words: Words, brief: Brief, note: HalfNote) -> None:
        super().__init__()
        self._words = words
        self._brief = brief
        self._note = note
        self._sight: Sight | None = None
        self._lines: Sequence[BriefLine] = ()
        self._of: tuple[str, int] | None = None
        """Which handover the lines are of, and the change of the board they were asked at."""
        self._said = ""

    def compose(self) -> ComposeResult:
        """Header, title, the signatures, the lines, a line to write a note in, and what was refused."""
        yield Bar(id="header")
        yield Bar(id="page-title")
        yield Bar(id="handover-signed", classes="page-bar")
        yield RowList(id="page-rows")
        yield Input(self._note.text, id="page-input", select_on_focus=False, max_length=LONGEST)
        yield Bar(id="handover-says", classes="page-bar")

    def on_mount(self) -> None:
        """The list has the keys."""
        field = self.query_one(Input)
        field.display = False
        self.watch(field, "value", self._typed, init=False)
        self.set_focus(self.query_one(RowList))

    def speak(self, words: Words) -> None:
        """Another language from now on."""
        self._words = words

    @property
    def row(self) -> HandoverRow | None:
        """The handover this screen works on."""
        return open_handover(self._sight.mirror, self._sight.me) if self._sight else None

    def paint(self, sight: Sight, fresh: Freshness, desk: Desk) -> None:
        """Draws it as it is now; asks for the brief again when the board has moved on."""
        super().paint(sight, fresh, desk)
        self._sight = sight
        row = self.row
        wanted = (row.id, sight.mirror.n) if row else None
        if wanted != self._of:
            self._of = wanted
            if row is not None:
                self.run_worker(self._fetch(row.id), group="handover.brief", exit_on_error=False)
        self._draw()

    def action_leave(self) -> None:
        """From the note, which stays as it is, to the list; from the list to the board."""
        if self.query_one(Input).display:
            self._end_note()
        else:
            self.dismiss(None)

    def action_begin(self) -> None:
        """Begin to hand one's own desk over."""
        self.order(self._brief.open(self._words))

    def action_read(self) -> None:
        """The line under the cursor was read; on to the next."""
        row, rows = self.row, self.query_one(RowList)
        kind, _, key = (rows.key or "").partition(":")
        if row is not None and kind == "brief":
            self.order(self._brief.read(row.id, key, self._words))
            self._go_on(key)

    def _go_on(self, key: str) -> None:
        """To the next line that was not read, from the top again after the last."""
        row = self.row
        keys = [one.key for one in self._lines]
        at = keys.index(key) + 1 if key in keys else 0
        left = (one for one in (*keys[at:], *keys[:at]) if row and one not in row.read and one != key)
        following = next(left, None)
        if following is not None:
            self.query_one(RowList).go_to(f"brief:{following}")

    def action_sign(self) -> None:
        """As the one who goes or the one who comes: the centre knows which."""
        if self.row is not None:
            self.order(self._brief.sign(self.row.id, self._words))

    def action_note(self) -> None:
        """Write a note, or go on with the one that is not left yet."""
        if self.row is not None:
            field = self.query_one(Input)
            field.display = True
            field.cursor_position = len(field.value)
            self.set_focus(field)

    def _typed(self, text: str) -> None:
        """On the disk before it is on the screen."""
        if self._sight is not None and text != self._note.text:
            self._note.type(text, self._sight.me, self._sight.now)

    @on(Input.Submitted)
    def _noted(self, event: Input.Submitted) -> None:
        if self.row is not None and event.value.strip():
            self.order(self._leave_note(self.row.id, self._note.send()))
        self._end_note()

    async def _leave_note(self, handover: str, text: str) -> Answer:
        answer = await self._brief.note(handover, text, self._words)
        self._note.answered(text, done=answer.done)
        return answer

    def _end_note(self) -> None:
        self.query_one(Input).display = False
        self.set_focus(self.query_one(RowList))
        self._draw()

    def tell(self, said: str) -> None:
        """Over the list."""
        self._said = said
        self._draw()

    async def _fetch(self, handover: str) -> None:
        lines = await self._brief.lines(handover)
        if lines is not None:
            self._lines = lines
            self._draw()

    def _draw(self) -> None:
        if self._sight is None or not self.is_mounted:
            return
        words, rows, row = self._words, self.query_one(RowList), self.row
        title = (piece(f" {words('brief.title')} ", "title"), piece(words("brief.keys"), "title dim"))
        self.query_one("#page-title", Bar).show(title)
        self._draw_note(self._sight)
        if row is None:
            self.query_one("#handover-signed", Bar).show(())
            rows.show([Line(None, (piece(f" {words('brief.none')}", "dim"),))])
            return
        self.query_one("#handover-signed", Bar).show(signatures(self._sight, row))
        rows.show(brief_lines(self._sight, row, self._lines, rows.size.width - GUTTER - 1))

    def _draw_note(self, sight: Sight) -> None:
        field, note, said = self.query_one(Input), self._note, piece(f" {self._said}", "bold red")
        if field.value != note.text:
            before = len(field.value)
            field.value = note.text
            field.cursor_position += len(note.text) - before
        draft = unsent(sight, note.draft) if note.draft and note.text and not field.display else ()
        self.query_one("#handover-says", Bar).show((said, *draft))
