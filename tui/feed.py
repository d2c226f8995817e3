"""Keeps the mirror true: signs in, fetches the board, follows its changes, and notices silence."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from pydantic import SecretStr, ValidationError

from bus.backoff import Backoff
from bus.clock import Clock
from bus.errors import LinkError, MessageError, MessageTooNew
from bus.link import Inbound, Link, LinkState
from bus.messages.board import Beat, BoardChange, LiveText, Snapshot, TimelineRow
from bus.messages.request import Problem
from bus.messages.status import CentreStatus, ChannelState, GatewayHealth
from bus.messages.verbs import AskSnapshot, AskTimeline
from bus.topics import Topics
from tui.desk import Desk
from tui.errors import NotAnswered
from tui.mirror import Mirror, NeedSnapshot, apply, catch_up, with_history
from tui.settings import ConsoleSettings
from tui.view.header import SILENT_S, Freshness, Trouble

WAITING_CHANGES = 2000
"""Changes kept while a snapshot is on its way; more mean the snapshot is too old anyway."""

SESSION_OVER = "session"
"""The centre's code for a session it does not know, for example after it restarted."""

NEWER_CONSOLE = "version"
"""The centre's code for a request it is too old to read; unlike a wrong password this may mend itself."""

LIVE_S = 15.0
"""Words of a running over that have not grown for this long are stale; the centre sends them for 10 s."""

RECONNECT_S = 5.0
"""A dispatcher waits for the picture: the longest pause before the broker is tried again."""


class Feed:
    """One console's picture of the board. `on_change` is called whenever something of it changed."""

    def __init__(
        self,
        settings: ConsoleSettings,
        clock: Clock,
        on_change: Callable[[], None],
        *,
        beside: str | None = None,
    ) -> None:
        """With `beside`, a second link under the same console's id: the broker ends neither of the two."""
        name = settings.console.id
        self._clock = clock
        self._on_change = on_change
        self._topics = topics = Topics(settings.console.site)
        self._boxes = f"{topics.root}/gw/"
        self._link = Link(
            settings.broker,
            client_id="-".join(("console", name, *filter(None, (beside,)))),
            subscriptions=_subscriptions(topics, name),
            clock=clock,
            on_state=self._linked,
            backoff=Backoff(cap_s=RECONNECT_S),
        )
        self.desk = Desk(self._link, topics, name)
        self.mirror: Mirror | None = None
        self.channels: dict[str, ChannelState] = {}
        self.health: dict[str, GatewayHealth] = {}
        self.health_at: dict[str, datetime] = {}
        """When each box's health came, by the centre's clock."""
        self.live: dict[str, LiveText] = {}
        self._live_at: dict[str, float] = {}
        """When each channel's running words were last heard, in monotonic seconds."""
        self.link_state: LinkState = self._link.state
        self.problem: Problem | None = None
        """Why the last sign-in failed."""
        self._credentials: tuple[str, SecretStr] | None = None
        self._may_sign_in = asyncio.Event()
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._waiting: list[BoardChange] = []
        self._heard = clock.monotonic()
        self._centre_down = False
        self._versions: Trouble | None = None
        """Which of console and centre is too old to read the other."""
        self.centre: CentreStatus | None = None
        """How the centre last said it is."""
        self._log = structlog.get_logger("feed")

    async def run(self) -> None:
        """For ever; cancel to stop."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._link.run(), name="console.link")
            tasks.create_task(self._read(), name="console.read")
            tasks.create_task(self._fetch(), name="console.fetch")
            tasks.create_task(self._watch(), name="console.watch")

    def sign_in_as(self, login: str, password: SecretStr) -> None:
        """Whoever sits here from now on; signed in as soon as the centre is in reach."""
        self._credentials = (login, password)
        self.problem = None
        self._may_sign_in.set()
        self._wanted.set()

    def session_over(self) -> None:
        """The centre no longer knows us: sign in again, and fetch what we may have missed."""
        self.desk.session = None
        self._wanted.set()

    async def recall(self, object_id: str) -> None:
        """Fetches the whole history of one object. Without an answer the board's own lines must do."""
        if self.desk.session is None or self.mirror is None:
            return
        try:
            reply = await self.desk.ask(AskTimeline(object_id=object_id))
            rows = [TimelineRow.model_validate(row) for row in (reply.result or {}).get("rows", ())]
        except (LinkError, NotAnswered, ValidationError) as error:
            self._log.warning("no history", of=object_id, why=str(error))
            return
        self.mirror = with_history(self.mirror, rows)
        self._on_change()

    def freshness(self) -> Freshness:
        """How old the picture is, and what is wrong with it."""
        age = self._clock.monotonic() - self._heard
        problems = self.centre.problems if self.centre else ()
        return Freshness(age, self._trouble(age), self.link_state.reason or "", problems)

    def centre_now(self) -> datetime:
        """The centre's clock, as far as we can tell."""
        if self.mirror is None:
            return self._clock.now()
        return self.mirror.at + timedelta(seconds=self._clock.monotonic() - self._heard)

    def _trouble(self, age: float) -> Trouble | None:
        if not self._link.connected:
            return "refused" if self.link_state.refused else "link"
        if self._centre_down:
            return "centre"
        if self._versions is not None:
            return self._versions
        if self.desk.session is None:
            return "sign-in"
        if self._wanted.is_set() or self.mirror is None:
            return "snapshot"
        return "silent" if age >= SILENT_S else None

    def _linked(self, state: LinkState) -> None:
        self.link_state = state
        if state.connected:
            self._wanted.set()
        self._on_change()

    async def _read(self) -> None:
        async for inbound in self._link.messages():
            try:
                self._take(inbound)
            except MessageError as error:
                # Newer or broken: the board itself is asked for again, so nothing stays unseen.
                self._log.warning("unreadable", topic=inbound.topic, why=str(error))
                if isinstance(error, MessageTooNew) and not inbound.topic.startswith(self._boxes):
                    self._versions = "old-console"
                    self._on_change()
                if inbound.topic == self._topics.board:
                    self._wanted.set()
            self._link.ack(inbound)

    def _take(self, inbound: Inbound) -> None:
        levels = self._topics.levels(inbound.topic)
        match levels:
            case ["centre", "board", "change"]:
                self._follow(BoardChange.decode(inbound.payload))
            case ["centre", "board", "beat"]:
                self._follow(Beat.decode(inbound.payload))
            case ["console", _, "reply"]:
                self.desk.settle(inbound)
            case ["centre", "live", _]:
                self._hear(LiveText.decode(inbound.payload))
            case ["gw", _, "ch", channel, "state"]:
                self._tune(channel, ChannelState.decode(inbound.payload))
            case ["gw", box, "health"]:
                self.health = {**self.health, box: GatewayHealth.decode(inbound.payload)}
                self.health_at = {**self.health_at, box: self.centre_now()}
            case ["centre", "status"]:
                self._attend(CentreStatus.decode(inbound.payload))
        self._on_change()

    def _attend(self, status: CentreStatus) -> None:
        """A centre that started anew tells so before its first beat; it knows neither us nor our picture."""
        self.centre = status
        self._centre_down = status.state in ("lost", "stopped")
        if not self._centre_down and self.mirror is not None and self.mirror.boot != status.boot:
            self._wanted.set()

    def _follow(self, message: BoardChange | Beat) -> None:
        self._centre_down = False
        if self._versions == "old-console":
            self._versions = None
        if isinstance(message, BoardChange) and self._wanted.is_set():
            self._waiting = [*self._waiting[-WAITING_CHANGES:], message]
        following = apply(self.mirror, message)
        if isinstance(following, Mirror):
            # What cannot be followed makes the picture no younger.
            self._heard = self._clock.monotonic()
        self._settle(following)

    def _settle(self, following: Mirror | NeedSnapshot) -> None:
        if isinstance(following, Mirror):
            self.mirror = following
            self._live_until_heard()
            return
        if not self._wanted.is_set():
            self._log.info("asking for a snapshot", why=following.why)
            self._wanted.set()

    def _live_until_heard(self) -> None:
        """Words of a running over make way for the over itself."""
        if not self.live:
            return
        overs = self.mirror.overs if self.mirror else {}
        heard = {over for over, row in overs.items() if row.text is not None or row.gated is not None}
        self.live = {channel: text for channel, text in self.live.items() if text.over not in heard}

    def _hear(self, text: LiveText) -> None:
        self.live = {**self.live, text.channel: text}
        self._live_at[text.channel] = self._clock.monotonic()
        self._live_until_heard()

    def _forget_old_live(self) -> None:
        """An over nobody speaks of any more: its box or its recording did not come through."""
        oldest = self._clock.monotonic() - LIVE_S
        kept = {channel: text for channel, text in self.live.items() if self._live_at[channel] >= oldest}
        if kept != self.live:
            self.live = kept
            self._on_change()

    def _tune(self, channel: str, state: ChannelState) -> None:
        self.channels = {**self.channels, channel: state}
        if state.rx == "idle" and channel in self.live and not self.live[channel].text:
            self.live = {key: text for key, text in self.live.items() if key != channel}

    async def _fetch(self) -> None:
        """A snapshot whenever one is wanted, after signing in if that is needed."""
        backoff = Backoff(base_s=0.5, cap_s=5.0)
        while True:
            await self._wanted.wait()
            await self._link.wait_connected()
            try:
                done = await self._signed_in() and await self._fetched()
            except (LinkError, NotAnswered, MessageError) as error:
                self._log.info("no board", why=str(error))
                done = False
            self._on_change()
            if not done:
                await asyncio.sleep(backoff.next_s())
            else:
                backoff.reset()

    async def _signed_in(self) -> bool:
        if self.desk.session is not None:
            return True
        await self._may_sign_in.wait()
        if self._credentials is None:
            return False
        problem = await self.desk.sign_in(*self._credentials)
        self._versions = "old-centre" if problem is not None and problem.code == NEWER_CONSOLE else None
        if self._versions is not None:
            return False
        self.problem = problem
        if problem is not None:
            # Tried once: a wrong password does not mend itself.
            self._may_sign_in.clear()
        return problem is None

    async def _fetched(self) -> bool:
        self._waiting = []
        reply = await self.desk.ask(AskSnapshot())
        if reply.error is not None:
            if reply.error.code == SESSION_OVER:
                self.desk.session = None
            self._log.warning("no snapshot", code=reply.error.code)
            return False
        snapshot = Snapshot.decode(json.dumps(reply.result).encode())
        following = catch_up(snapshot, self._waiting)
        if isinstance(following, NeedSnapshot):
            return False
        self._heard = self._clock.monotonic()
        self._settle(following)
        self._wanted.clear()
        return True

    async def _watch(self) -> None:
        """Ten silent seconds: ask for the whole board, in case it is only we who miss something."""
        while True:
            await asyncio.sleep(1.0)
            self._forget_old_live()
            silent = self._clock.monotonic() - self._heard >= SILENT_S
            if silent and self._link.connected and not self._wanted.is_set():
                self._log.warning("silence")
                self._wanted.set()


def _subscriptions(topics: Topics, console: str) -> list[tuple[str, int]]:
    return [
        (topics.board, 1),
        (topics.beat, 0),
        (topics.reply(console), 1),
        (topics.live("+"), 0),
        (topics.gateway("+").channel_state("+"), 1),
        (topics.gateway("+").health, 0),
        (topics.centre_status, 1),
    ]
