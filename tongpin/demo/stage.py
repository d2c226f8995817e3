"""The demo's machinery: everything a site has, wired up, from the first frame to the last word.

receivers ─┐
           ├→ box (this process) → embedded broker → centre (its own process) → console or dispatcher
channel ───┘
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from pydantic import SecretStr

from bus.clock import SystemClock
from bus.link import LinkSettings
from bus.messages.status import SpeechStatus
from gateway.channel.settings import ChannelTable, Injected
from gateway.service import Gateway
from gateway.settings import BoxTable, GatewaySettings, LineTable
from hardware.simulators.radio_channel import Aired, RadioChannel
from hardware.simulators.receiver_logic import ReceiverTiming
from hardware.simulators.surgard_receiver import SurgardReceiver
from tongpin.broker import EmbeddedBroker
from tongpin.demo.cast import Cast
from tongpin.demo.centre_process import LOGIN, CentreProcess
from tongpin.demo.counter import Counter
from tongpin.demo.dispatcher import Dispatcher
from tongpin.demo.hour import station_hour
from tongpin.demo.plan import Plan, voices_of
from tongpin.demo.story import Storyteller
from tongpin.demo.tally import Sent
from tongpin.demo.witness import Witness
from tongpin.errors import CannotShow
from tui.feed import Feed
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

RECEIVERS = 2
DRAIN_S = 60.0
"""After the last happening, so long at most until all is acknowledged, transcribed and told."""

FOREVER_S = 7 * 24 * 3600.0
"""A demo nobody leaves for a week has been forgotten."""

_LOOK_S = 0.2


class Stage:
    """Enter it and the site stands; `play` brings it to life."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.site = plan.site
        self.witness = Witness()
        self.aired: list[Aired] = []
        self.speech: SpeechStatus | None = None
        self._parts = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as parts:
            folder = self.plan.keep or Path(
                parts.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-demo-"))
            )
            folder.mkdir(parents=True, exist_ok=True)
            self.port = parts.enter_context(EmbeddedBroker()).port
            self.centre = parts.enter_context(
                CentreProcess(folder, self.port, self.plan.channel_lang, site=self.plan.site_file)
            )
            self.receivers = tuple(
                parts.enter_context(
                    SurgardReceiver(header=f"0{n}{n}", timing=ReceiverTiming(heartbeat_s=5.0))
                )
                for n in range(1, RECEIVERS + 1)
            )
            self.channel = RadioChannel(seed=self.plan.seed, on_aired=self.aired.append)
            self.folder = folder
            self._parts = parts.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._parts.close()

    def stop_centre(self) -> None:
        """Let the centre end in order, so that its journal can be read."""
        self.centre.stop()

    def console_settings(self, name: str) -> ConsoleSettings:
        """For a console of this site that signs in by itself."""
        return ConsoleSettings(
            console=ConsoleTable(
                id=name,
                site=self.site.id,
                language=self.plan.lang,
                state=self.folder / name,
                log_file=self.folder / f"{name}.log",
            ),
            broker=LinkSettings(port=self.port),
            operator=OperatorTable(login=LOGIN, password=SecretStr(self.centre.password)),
        )

    def sent(self) -> Sent:
        """What the simulators sent so far."""
        epoch = datetime.now(UTC) - timedelta(seconds=time.monotonic())
        deliveries = [each for receiver in self.receivers for each in receiver.deliveries()]
        return Sent(deliveries, tuple(self.aired), epoch)

    async def play(
        self, *, dispatcher: bool, told: Callable[[str], None] = lambda _: None, drain: bool = True
    ) -> None:
        """Box, story and officers until the plan's time is over, then, to `drain`, until all is through."""
        cast = Cast(
            self.channel, voices_of(self.site, self.plan.channel_lang), self.plan.rate, self.plan.seed
        )
        feed = Feed(self.console_settings("backstage"), SystemClock(), lambda: self._look(feed, cast))
        async with asyncio.TaskGroup() as tasks:
            playing = [
                tasks.create_task(self._box().run(), name="demo.box"),
                tasks.create_task(feed.run(), name="demo.feed"),
            ]
            feed.sign_in_as(LOGIN, SecretStr(self.centre.password))
            told("starting")
            await self._ready(feed)
            acting = [tasks.create_task(cast.run(), name="demo.officers")]
            if dispatcher:
                acting.append(tasks.create_task(Dispatcher(feed, LOGIN).run(), name="demo.dispatcher"))
            told("playing")
            await self._tell_story(feed)
            for task in acting:
                task.cancel()
            if drain:
                told("draining")
                await self._drained()
            for task in playing:
                task.cancel()

    def _look(self, feed: Feed, cast: Cast) -> None:
        self.speech = feed.centre.speech if feed.centre else None
        self.witness.look(feed.mirror)
        cast.look(feed.mirror)

    def _box(self) -> Gateway:
        lines = tuple(
            LineTable(id=f"alarms-{n}", port=str(receiver.port), heartbeat_s=5.0)
            for n, receiver in enumerate(self.receivers, 1)
        )
        settings = GatewaySettings(
            gateway=BoxTable(site=self.site.id, id="box-1", spool=self.folder / "spool.db"),
            broker=LinkSettings(port=self.port),
            line=lines,
            channel=(ChannelTable(id="channel-1", source=Injected(kind="injected")),),
        )
        return Gateway(settings, sources={"channel-1": self.channel})

    async def _ready(self, feed: Feed) -> None:
        while feed.mirror is None:
            if not self.centre.running:
                raise CannotShow(f"the demo's centre ended at once: {self.centre.last_words}")
            await asyncio.sleep(_LOOK_S)

    async def _tell_story(self, feed: Feed) -> None:
        plan, counter = self.plan, Counter(feed)
        voices = voices_of(self.site, plan.channel_lang)
        story = Storyteller(self.receivers, self.channel, voices, plan.seed, counter.take_down)
        until = time.monotonic() + (plan.seconds if plan.seconds is not None else FOREVER_S)
        seed = plan.seed
        while time.monotonic() < until:
            await story.tell(plan.hour or station_hour(seed, voices), plan.rate, until)
            seed += 1

    async def _drained(self) -> None:
        until = time.monotonic() + DRAIN_S
        while time.monotonic() < until and not self._all_through():  # noqa: ASYNC110 - threads have no events
            await asyncio.sleep(_LOOK_S)

    def _all_through(self) -> bool:
        acked = all(each.acked_at for receiver in self.receivers for each in receiver.deliveries())
        spoken = sum(1 for each in self.aired if each.over)
        return acked and not self.channel.waiting and len(self.witness.overs) >= spoken
