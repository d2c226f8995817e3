"""The console as a program: its parts put together, and what each key means to which of them."""

import os
from collections.abc import Mapping

from textual import on
from textual.notifications import SeverityLevel
from textual.widgets import Input
from textual.worker import Worker

from bus.clock import Clock, SystemClock
from bus.collecting import loading
from bus.messages.board import AlarmRow
from tui.cells import plain
from tui.chosen_row import ChosenRow
from tui.copying import copy_chosen
from tui.feed import Feed
from tui.feeding import Feeding
from tui.freeing import Freeing
from tui.half_note import HalfNote
from tui.keys.actions import Where
from tui.keys.keyed_app import KeyedApp
from tui.leaving import Leaving
from tui.listening import Listening
from tui.look import look
from tui.one_key import OneKey
from tui.orders import Orders
from tui.pacing import LOOK_S, Pacing
from tui.palettes import MONO, PALETTES, after
from tui.paper_form import write_form
from tui.player import found_player
from tui.recordings import Recordings
from tui.ringing import Ringing
from tui.screens.board import BoardScreen
from tui.screens.over import Over, pages
from tui.screens.page import Page
from tui.screens.sign_in import SignInScreen
from tui.settings import ConsoleSettings
from tui.signing_in import SigningIn
from tui.sounding import Sounding
from tui.state.folder import StateFolder, state_path
from tui.state.memory import Memory
from tui.view.header import Desk
from tui.view.queue import waiting_alarms
from tui.view.sight import Sight
from tui.words import Words

TICK_S = 0.5
"""Ages grow even when nothing comes."""


class ConsoleApp(KeyedApp):
    """The dispatcher's console. It holds no truth: close one, open another, nothing is lost."""

    CSS_PATH = "app.tcss"
    TITLE = "tongpin"

    def __init__(self, settings: ConsoleSettings, *, clock: Clock | None = None) -> None:
        no_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(settings.keys, clock or SystemClock(), ansi_color=no_color)
        self.settings = settings
        for palette in PALETTES.values():
            self.register_theme(palette.theme)
        self.theme = MONO.name if no_color else settings.console.theme
        self.words = Words(settings.console.language)
        self._pacing = Pacing(self._clock)
        self.feed = Feed(settings, self._clock, self._pacing.changed)
        self._state = state_path(settings.console.id, settings.console.state)
        self._memory = Memory(StateFolder(self._state))
        self.half_note = HalfNote(self._memory)
        self.board = BoardScreen(self.words, self.keymap, self._clock, Orders(self.feed), self._memory)
        self.ringing = Ringing(settings.console, self.bell)
        self._sounding = Sounding(self, self.ringing, self._clock)
        recordings = Recordings(self.feed.desk.ask)
        self._listening = Listening(self, recordings, found_player(settings.console.player))
        self._chosen_row = ChosenRow(self, self.board, self.feed, self._clock, self._paint)
        self._one_key = OneKey(self.board, self._chosen_row, lambda: self.sight, self._clock)
        self._over = Over(self, self._paint, self.board.begin)
        self._feeding = Feeding(self, self.feed)
        self._signing_in = SigningIn(self, self.feed, settings.operator)
        self._leaving = Leaving(self, self._tell_of_leaving)
        self._freeing = Freeing(self._clock)
        self._view: str | None = None

    async def on_mount(self) -> None:
        """The feed belongs to the app and outlives every screen."""
        with loading():
            await self.push_screen(self.board)
        self.call_after_refresh(self.run_worker, pages, thread=True, exit_on_error=False)
        self._feeding.start()
        await self._signing_in.begin(self.words)
        self.set_interval(LOOK_S, self._paint_if_due)
        self.set_interval(TICK_S, self._tick)

    @property
    def sight(self) -> Sight | None:
        """The board as of now, None before the first snapshot."""
        return look(self.feed, self.words, view=self._view, advice=self._chosen_row.advice)

    @property
    def _waiting(self) -> list[AlarmRow]:
        """What nobody has claimed, the one to take first at the top."""
        sight = self.sight
        return waiting_alarms(sight) if sight else []

    @property
    def as_now(self) -> Mapping[str, str]:
        """Settings that were changed or found while running, by `table.name`."""
        program = self._listening.program
        return {
            "console.language": self.words.language,
            "console.theme": self.theme,
            "console.player": program.name if program else self.words("seats.nobody"),
            "console.tone_player": self.ringing.player or self.words("devices.bell"),
            "console.state": str(self._state),
        }

    # Keys that work wherever the focus is ---------------------------------------------------------

    @property
    def where(self) -> Where:
        """Where the operator is, for help."""
        if isinstance(self.screen, Page):
            return self.screen.where
        return "line" if isinstance(self.focused, Input) else "board"

    async def action_open(self, name: str, argument: str = "") -> None:
        """Opens a page in place of any other; asked for again, it closes. Keys wait until it is there."""
        if await self._over.open(self, name, argument):
            self._pacing.changed()

    def action_board(self) -> None:
        """Back to the queue, whatever is open."""
        self._over.close()
        self.board.remove_class("detail-open")
        self.board.set_focus(self.board.rows)

    def action_report(self) -> None:
        """Somebody is at the desk or on the phone."""
        self._over.close()
        self.board.begin("report ")

    def action_play(self) -> None:
        """The recording of the chosen row, or silence when one sounds."""
        clip = self.screen.clip if isinstance(self.screen, BoardScreen | Page) else None
        self._listening.play_or_stop(clip, self.words)

    def on_unmount(self) -> None:
        """No recording and no tone stays behind when the console is left."""
        self._listening.clear()
        self.ringing.clear()

    def action_silence(self) -> None:
        """A minute without tones for what waits, or tones again; longer needs a reason."""
        if not self._sounding.hush_or_ring(self._waiting):
            self._over.close()
            self.board.begin("silence 10m ")
        self._pacing.changed()

    def action_claim(self) -> None:
        """Claims the alarm to take first."""
        if self._waiting:
            self._over.close()
            self._paint()  # an alarm of this very moment has no row to go to yet
        self._one_key.claim()

    def action_accept(self) -> None:
        """Does what is proposed for the row under the cursor."""
        self._one_key.accept()

    def action_keep_apart(self) -> None:
        """Says no to it."""
        self._one_key.keep_apart()

    def action_undo(self) -> None:
        """Takes the last own action back."""
        self._one_key.undo()

    def action_language(self) -> None:
        """The other language."""
        self._speak("zh" if self.words.language == "en" else "en")

    def action_theme(self) -> None:
        """The next theme."""
        self.theme = after(self.theme)

    async def action_quit(self) -> None:
        """Leaves once what was ordered is done, and stays where it is not; asked again, leaves at once."""
        self._leaving.ask()

    def _tell_of_leaving(self, key: str, severity: SeverityLevel) -> None:
        self.clear_notifications()
        told = self.words(key, keys=self.keymap.named("quit"))
        self.notify(told, severity=severity, timeout=20, markup=False)

    def action_copy(self) -> None:
        """Sends what is chosen to the terminal to copy."""
        copy_chosen(self, self.words, self.keymap.named("quit"))

    def action_help_quit(self) -> None:
        """Ctrl+C does not leave; it says what does."""
        self.notify(f"{self.keymap.named('quit')}: {self.words('key.quit')}", markup=False)

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        self._leaving.look_at(event)
        self._feeding.look_at(event)

    @on(BoardScreen.Chosen)
    def _chosen(self, event: BoardScreen.Chosen) -> None:
        self._chosen_row.chosen(event.key)

    @on(BoardScreen.Advising)
    def _advising(self, event: BoardScreen.Advising) -> None:
        self._chosen_row.ask_whom_to_send(event.key)

    @on(BoardScreen.Local)
    async def _local(self, event: BoardScreen.Local) -> None:
        match event.command:
            case "lang":
                self._speak(event.argument)
            case "theme":
                self.theme = event.argument
            case "view":
                self._view = event.argument or None
                self._paint()
            case "silence":
                minutes, why = event.argument.split(" ", 1)
                self._sounding.hush_for(self._waiting, int(minutes), why)
                self._pacing.changed()
            case "find":
                await self.action_open("history", event.argument)
            case "paper":
                self._write_form()
            case "quit":
                await self.action_quit()
            case page:
                await self.action_open(page)

    def _write_form(self) -> None:
        if self.sight is not None:
            self.notify(write_form(self.sight, StateFolder(self._state)), timeout=20, markup=False)

    @on(BoardScreen.Playing)
    @on(Page.Playing)
    def _playing(self) -> None:
        self.action_play()

    # Painting -------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self._pacing.changed()
        self._tell_memory_trouble()
        self._sounding.sound(self._waiting)
        self._chosen_row.refresh_advice()
        self._freeing.look(self.typed_at)

    def _tell_memory_trouble(self) -> None:
        if self._memory.trouble and self.is_running:
            self.notify(
                plain(self.words("line.not_kept", why=self._memory.trouble)), severity="warning", markup=False
            )
            self._memory.trouble = ""

    def _paint_if_due(self) -> None:
        there = self.is_running and self.board.is_mounted
        if there and self._pacing.draw_if_due(self._paint) and self._signing_in.look(self.words):
            self._pacing.changed()

    def _paint(self) -> None:
        sight = self.sight
        silenced = self._sounding.silenced(self._waiting)
        session = self.feed.desk.session
        desk = Desk(self.settings.console.id, session.name if session else "", silenced=silenced)
        if not isinstance(self.screen, Page):
            self.board.paint(sight, self.feed.freshness(), desk)
        elif sight is not None:
            # Nobody sees the board below, and Textual would draw the whole page again with it.
            self.screen.paint(sight, self.feed.freshness(), desk)

    def _speak(self, language: str) -> None:
        self.words = Words("zh" if language == "zh" else "en")
        self.board.words = self.words
        if isinstance(self.screen, Page | SignInScreen):
            self.screen.speak(self.words)
        self._paint()
        self.board.retype()
