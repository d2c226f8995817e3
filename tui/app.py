"""The console as a program: the feed, the operator, the language, the bell."""

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import ClassVar

import structlog
from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.notifications import SeverityLevel
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from bus.clock import Clock, SystemClock
from bus.collecting import loading, look_through
from bus.messages.verbs import Claim, Undo
from tui.advice import Advice
from tui.adviser import Adviser
from tui.cells import plain
from tui.command import sentence
from tui.command.model import Command, Question
from tui.command.parse import parse
from tui.feed import Feed
from tui.keys.actions import EVERYWHERE, Where
from tui.keys.in_order import in_order
from tui.keys.keymap import Keymap
from tui.keys.untangled import untangled
from tui.leaving import ended, failed, under_way
from tui.listening import listen
from tui.orders import Orders
from tui.palettes import MONO, PALETTES, after
from tui.player import found_player
from tui.recordings import Recordings
from tui.ringing import Ringing
from tui.screens.board import BoardScreen
from tui.screens.page import Opener, Page
from tui.screens.sign_in import SignInScreen
from tui.settings import ConsoleSettings
from tui.state.folder import StateFolder, state_path
from tui.state.memory import Memory
from tui.tones import Tones
from tui.view.header import Desk
from tui.view.queue import waiting_alarms
from tui.view.sight import Sight
from tui.widgets.taken_in import taken_in
from tui.words import Words

FEED = "console.feed"
LISTENING = "console.listen"

RESTART_S = 1.0

PAINT_S = 0.1
"""However many changes come, the screen is drawn at most ten times a second."""

PAINTS_APART = 10
"""Times as long as the last drawing took, until the next one at the soonest: keys find the console free."""

LONGEST_APART_S = 0.2
"""Two consoles show the same within half a second, however slow they draw."""

CALM_S, LOOK_EVERY_S = 3.0, 60.0
"""Memory is looked through when nobody has typed for so long, and not more often than that."""

REST_S = 0.3
"""A cursor that stays this long has found its row."""

TICK_S = 0.5
"""Ages grow even when nothing comes."""


ADVICE_S = 10.0
"""Whom to send is asked anew this often for the chosen row."""


def _pages() -> Mapping[str, Callable[[Opener, str], Page]]:
    """Read once the console is there, or a page is wanted sooner: the first picture needs none of them."""
    from tui.screens.pages import PAGES  # noqa: PLC0415

    return PAGES


class ConsoleApp(App[None]):
    """The dispatcher's console. It holds no truth: close one, open another, nothing is lost."""

    CSS_PATH = "app.tcss"
    TITLE = "tongpin"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(action.key, action.does, id=action.name, priority=True, show=False) for action in EVERYWHERE
    ]

    def __init__(self, settings: ConsoleSettings, *, clock: Clock | None = None) -> None:
        no_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=no_color)
        self.settings = settings
        self._clock = clock or SystemClock()
        for palette in PALETTES.values():
            self.register_theme(palette.theme)
        self.theme = MONO.name if no_color else settings.console.theme
        self.keymap = Keymap(settings.keys)
        self.set_keymap(self.keymap.own)
        self.words = Words(settings.console.language)
        self.feed = Feed(settings, self._clock, self._mark_dirty)
        self._state = state_path(settings.console.id, settings.console.state)
        self._memory = Memory(StateFolder(self._state))
        self.board = BoardScreen(self.words, self.keymap, self._clock, Orders(self.feed), self._memory)
        self._program = found_player(settings.console.player)
        self._recordings = Recordings(self.feed.desk.ask)
        self._tones = Tones()
        self.ringing = Ringing(settings.console, self.bell)
        self._adviser = Adviser(self.feed)
        self._advice: Advice | None = None
        self._advised_at = 0.0
        self._view: str | None = None
        self._dirty = True
        self._paint_again_at = 0.0
        self._typed_at = self._looked_at = self._clock.monotonic()
        self._page = ""
        self._leaving = False
        """Asked to leave, and something that was ordered is not answered yet."""
        self._log_fault = structlog.get_logger("console")

    async def on_mount(self) -> None:
        """The feed belongs to the app and outlives every screen."""
        with loading():
            await self.push_screen(self.board)
        self.call_after_refresh(self.run_worker, _pages, thread=True, exit_on_error=False)
        self._start_feed()
        await self._sign_in()
        self.set_interval(PAINT_S, self._paint_if_dirty)
        self.set_interval(TICK_S, self._tick)

    @property
    def sight(self) -> Sight | None:
        """The board as of now, None before the first snapshot."""
        if self.feed.mirror is None:
            return None
        return Sight(
            mirror=self.feed.mirror,
            now=self.feed.centre_now(),
            words=self.words,
            me=self._login,
            channels=self.feed.channels,
            live=self.feed.live,
            health=self.feed.health,
            health_at=self.feed.health_at,
            centre=self.feed.centre,
            view=self._view,
            advice=self._advice,
        )

    @property
    def as_now(self) -> Mapping[str, str]:
        """Settings that were changed or found while running, by `table.name`."""
        player = self._program.name if self._program else self.words("seats.nobody")
        return {
            "console.language": self.words.language,
            "console.theme": self.theme,
            "console.player": player,
            "console.tone_player": self.ringing.player or self.words("devices.bell"),
            "console.state": str(self._state),
        }

    async def on_event(self, event: events.Event) -> None:
        """Keys as they were meant; everything else as it came."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed_at = self._clock.monotonic()
        for key in untangled(event, typing=isinstance(self.focused, Input)):
            await in_order(self, key, super().on_event)

    # Keys that work wherever the focus is ---------------------------------------------------------

    @property
    def where(self) -> Where:
        """Where the operator is, for help."""
        if isinstance(self.screen, Page):
            return self.screen.where
        return "line" if isinstance(self.focused, Input) else "board"

    async def action_open(self, name: str, argument: str = "") -> None:
        """Opens a page in place of any other; asked for again, it closes. Keys wait until it is there."""
        if isinstance(self.screen, SignInScreen):
            return
        page, before = _pages()[name](self, argument), self._page
        self._close_page()
        if before == name:
            return
        self._page = name
        await self.push_screen(page, self._page_left)
        self._mark_dirty()

    def _page_left(self, line: str | None) -> None:
        self._page = ""
        self._paint()
        if line is not None:
            self.board.begin(line)

    def _close_page(self) -> None:
        if isinstance(self.screen, Page):
            self._page = ""
            self.pop_screen()
            self._paint()

    def action_board(self) -> None:
        """Back to the queue, whatever is open."""
        self._close_page()
        self.board.remove_class("detail-open")
        self.board.set_focus(self.board.rows)

    def action_report(self) -> None:
        """Somebody is at the desk or on the phone."""
        self._close_page()
        self.board.begin("report ")

    def action_play(self) -> None:
        """The recording of the chosen row, or silence when one sounds."""
        sounding = [one for one in self.workers if one.group == LISTENING and one.is_running]
        for one in sounding:
            one.cancel()
        if sounding:
            return
        clip = self.screen.clip if isinstance(self.screen, BoardScreen | Page) else None
        if clip is None:
            self.notify(self.words("listen.nothing"), markup=False)
            return
        self.notify(self.words("listen.playing"), markup=False)
        self.run_worker(self._listen(clip), group=LISTENING, exit_on_error=False)

    async def _listen(self, clip: str) -> None:
        trouble = await listen(clip, self._recordings, self._program, self.words)
        if trouble is not None:
            self.notify(plain(trouble), severity="warning", timeout=20, markup=False)

    def on_unmount(self) -> None:
        """No recording and no tone stays behind when the console is left."""
        self._recordings.clear()
        self.ringing.clear()

    def action_silence(self) -> None:
        """A minute without tones for what waits, or tones again; longer needs a reason."""
        waiting, now = waiting_alarms(self.sight) if self.sight else [], self._clock.monotonic()
        if self._tones.quiet(waiting, now) is not None:
            self._tones.ring_again()
        elif not self._tones.hush(waiting, now):
            self._close_page()
            self.board.begin("silence 10m ")
        self._mark_dirty()

    def _hush_for(self, minutes: str, why: str) -> None:
        waiting = waiting_alarms(self.sight) if self.sight else []
        self._tones.hush_for(waiting, self._clock.monotonic(), int(minutes), why)
        self._mark_dirty()

    def action_claim(self) -> None:
        """Claims the alarm to take first."""
        sight = self.sight
        waiting = waiting_alarms(sight) if sight else []
        if sight is None or not waiting:
            self.notify(self.words("line.nothing"), markup=False)
            return
        top = waiting[0]
        self._close_page()
        says = self.words("say.claim", alarm=sentence.alarm(sight, top))
        self._paint()  # an alarm of this very moment has no row to go to yet
        self.board.rows.go_to(f"alarm:{top.id}")
        self._ask_whom_to_send(f"alarm:{top.id}")
        self.board.commit(Command("claim", says, (Claim(alarm=top.id, version=top.version),)))

    def action_accept(self) -> None:
        """Does what is proposed: joins the alarm under the cursor, or makes the incident surer or not."""
        at_incident = (self.board.rows.key or "").startswith("incident:")
        self._commit_line("certainty" if at_incident else "link")

    def action_keep_apart(self) -> None:
        """Says no to what is proposed: two matters, or as certain as before."""
        self._commit_line("apart")

    def _commit_line(self, line: str) -> None:
        """Does at once what this line would mean under the cursor."""
        sight = self.sight
        meaning = parse(line, sight, self.board.rows.key) if sight is not None else None
        if isinstance(meaning, Command):
            self.board.commit(meaning)
        elif isinstance(meaning, Question):
            self.notify(self.words("ask.proposal"), markup=False)

    def action_undo(self) -> None:
        """Takes the last own action back."""
        last = self.board.bench.undoable(self._clock.monotonic())
        says = self.words("say.undo", what=last[0]) if last else self.words("say.undo_nothing")
        self.board.commit(Command("undo", says, (Undo(),), undoable=False))

    def action_language(self) -> None:
        """The other language."""
        self._speak("zh" if self.words.language == "en" else "en")

    def action_theme(self) -> None:
        """The next theme."""
        self.theme = after(self.theme)

    async def action_quit(self) -> None:
        """Leaves once what was ordered is done, and stays where it is not; asked again, leaves at once."""
        if self._leaving:
            self.exit()
            return
        self._leaving = True
        self.run_worker(self._leave(), exit_on_error=False)

    async def _leave(self) -> None:
        orders = under_way(self.workers)
        if orders:
            self._tell_of_leaving("leave.waits", "information")
        await ended(orders)
        await taken_in(self)
        if self._leaving:
            self.exit()

    def _tell_of_leaving(self, key: str, severity: SeverityLevel) -> None:
        self.clear_notifications()
        told = self.words(key, keys=self.keymap.named("quit"))
        self.notify(told, severity=severity, timeout=20, markup=False)

    def action_help_quit(self) -> None:
        """Ctrl+C does not leave; it says what does."""
        self.notify(f"{self.keymap.named('quit')}: {self.words('key.quit')}", markup=False)

    def _start_feed(self) -> None:
        self.run_worker(self.feed.run(), name=FEED, exit_on_error=False)

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        """A fault of ours must not leave a dead picture: it is logged, and the feed starts afresh."""
        if self._leaving and failed(event.worker):
            self._leaving = False
            self._tell_of_leaving("leave.stays", "warning")
        if event.state is not WorkerState.ERROR:
            return
        self._log_fault.error("fault", worker=event.worker.name, why=repr(event.worker.error))
        if event.worker.name == FEED:
            self.set_timer(RESTART_S, self._start_feed)

    @on(BoardScreen.Chosen)
    def _chosen(self, event: BoardScreen.Chosen) -> None:
        self.run_worker(self._recall(event.key), group="console.recall", exit_on_error=False)

    async def _recall(self, key: str) -> None:
        """The row's whole history, once the cursor rests: whoever runs down the queue asks nothing.

        A worker replaced before it began would leave its coroutine unawaited, so each looks for itself
        whether it is still wanted.
        """
        await asyncio.sleep(REST_S)
        if self.board.rows.key == key:
            await self.feed.recall(key.partition(":")[2])
            await self._advise(key)

    @on(BoardScreen.Advising)
    def _advising(self, event: BoardScreen.Advising) -> None:
        self._ask_whom_to_send(event.key)

    def _ask_whom_to_send(self, key: str) -> None:
        self.run_worker(self._advise(key), group="console.advise", exit_on_error=False)

    async def _advise(self, key: str) -> None:
        """An answer for another row than the line is about comes too late."""
        advice = await self._adviser.ask(key)
        if advice is not None and self.board.advised in (None, key):
            self._advice, self._advised_at = advice, self._clock.monotonic()
            self._paint()

    def _refresh_advice(self) -> None:
        """Units move: what stands beside the chosen row is asked anew, unless its digits are being typed."""
        about = self._advice.about if self._advice else None
        old = self._clock.monotonic() - self._advised_at >= ADVICE_S
        if about and old and self.board.rows.key == about and self.board.advised is None:
            self._ask_whom_to_send(about)

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
                self._hush_for(*event.argument.split(" ", 1))
            case "find":
                await self.action_open("history", event.argument)
            case "quit":
                await self.action_quit()
            case page:
                await self.action_open(page)

    @on(BoardScreen.Playing)
    @on(Page.Playing)
    def _playing(self) -> None:
        self.action_play()

    # Painting -------------------------------------------------------------------------------------

    def _mark_dirty(self) -> None:
        self._dirty = True

    def _tick(self) -> None:
        self._dirty = True
        self._tell_memory_trouble()
        self._ring()
        self._refresh_advice()
        self._look_through_memory()

    def _look_through_memory(self) -> None:
        now = self._clock.monotonic()
        if now - self._typed_at >= CALM_S and now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now
            look_through()

    def _tell_memory_trouble(self) -> None:
        if self._memory.trouble and self.is_running:
            self.notify(
                plain(self.words("line.not_kept", why=self._memory.trouble)), severity="warning", markup=False
            )
            self._memory.trouble = ""

    def _paint_if_dirty(self) -> None:
        began = self._clock.monotonic()
        if self._dirty and began >= self._paint_again_at and self.is_running and self.board.is_mounted:
            self._dirty = False
            self._paint()
            took = self._clock.monotonic() - began
            self._paint_again_at = began + min(PAINTS_APART * took, LONGEST_APART_S)
            self._look_who_is_here()

    def _paint(self) -> None:
        sight = self.sight
        waiting = waiting_alarms(sight) if sight is not None else []
        silenced = self._tones.quiet(waiting, self._clock.monotonic())
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

    def _ring(self) -> None:
        waiting = waiting_alarms(self.sight) if self.sight else []
        tone = self._tones.due(waiting, self._clock.monotonic())
        if tone is not None and self.ringing.on:
            self.run_worker(self.ringing.sound(tone), group="console.tone", exit_on_error=False)

    # Signing in -----------------------------------------------------------------------------------

    @property
    def _login(self) -> str:
        session = self.feed.desk.session
        return session.login if session else ""

    async def _sign_in(self) -> None:
        """With the settings' password, or by asking: no key is for the board before the form is there."""
        operator = self.settings.operator
        secret = operator.secret()
        if operator.login and secret is not None:
            self.feed.sign_in_as(operator.login, secret)
        else:
            await self.push_screen(self._form())

    def _form(self) -> SignInScreen:
        return SignInScreen(self.words, self.feed.sign_in_as, login=self.settings.operator.login or "")

    def _look_who_is_here(self) -> None:
        """The form is there whenever the centre has refused, and until it lets somebody in."""
        form, feed = self.screen, self.feed
        if isinstance(form, SignInScreen):
            form.look(self._login, feed.problem, feed.freshness().trouble)
        elif feed.problem is not None:
            self.push_screen(self._form())
            self._mark_dirty()
