"""How long an over takes from its last sample to its words on a console's board.

talkers → box (this process) → broker → centre process → board of a console (this process)
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bus.clock import SystemClock
from bus.link import LinkSettings
from gateway.channel.settings import ChannelTable, Injected
from gateway.service import Gateway
from gateway.settings import BoxTable, GatewaySettings
from hardware.simulators.radio_channel import Aired, Sound
from intake.dispatch.speech import HeardFrom
from intake.speech.engine import EngineName
from intake.speech.install import add_model
from tongpin.bench.air import Air
from tongpin.bench.broker import some_broker
from tongpin.bench.measuring import comes_true, cpu_seconds, ear_of
from tongpin.bench.spoken import Spoken, speech_figures
from tongpin.bench.talk import Talker
from tongpin.demo.centre_process import LOGIN, CentreProcess
from tongpin.demo.ledger import heard_from
from tongpin.demo.plan import Lang, site, voices_of
from tongpin.demo.tally import heard_as
from tongpin.demo.witness import Witness
from tongpin.errors import CannotShow
from tongpin.process import log_to_file
from tui.feed import Feed
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

READY_S = 120.0
"""A large Vosk model takes its time to load."""
DRAIN_S = 60.0


@dataclass(frozen=True)
class TalkPlan:
    """What is to be measured. `model` is the folder of a Vosk model, taken for one of `lang`."""

    channels: int
    seconds: float
    seed: int
    lang: Lang = "en"
    engine: EngineName | None = None
    model: Path | None = None


class SpeechBench:
    """One run over one site in `folder`."""

    def __init__(self, plan: TalkPlan, folder: Path, broker: LinkSettings, centre: CentreProcess) -> None:
        self._plan = plan
        self._folder = folder
        self._broker = broker
        self._centre = centre
        voices = voices_of(site(), plan.lang)
        names = [f"channel-{number}" for number in range(1, plan.channels + 1)]
        self._talkers = {
            name: Talker(name, voices, plan.seed + 100 * number) for number, name in enumerate(names)
        }
        self._air = Air(broker, site().id)
        self._witness = Witness()
        self._cpu_s: float | None = None

    async def run(self, told: Callable[[str], None]) -> None:
        """Talk, and wait for the last words. Raises `CannotShow`, `TimeoutError`, `VoiceUnavailable`."""
        told("making the voices …")
        sounds = {
            name: await asyncio.to_thread(talker.rehearsed, self._plan.seconds)
            for name, talker in self._talkers.items()
        }
        feed = Feed(self._console(), SystemClock(), lambda: self._witness.look(feed.mirror))
        feed.sign_in_as(LOGIN, SecretStr(self._centre.password))
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(self._box().run(), name="bench.box"),
                tasks.create_task(feed.run(), name="bench.feed"),
                tasks.create_task(self._air.run(), name="bench.air"),
            ]
            told("starting box and centre …")
            await self._ready(feed)
            told(f"talking on {len(self._talkers)} channels …")
            await self._talk(sounds)
            told("waiting for the last words …")
            await comes_true(lambda: all(over.text_at for over in self.overs({})), DRAIN_S)
            for task in running:
                task.cancel()

    def overs(self, sources: Mapping[str, HeardFrom]) -> list[Spoken]:
        """What became of each; `sources` as `heard_from` reads them."""
        epoch = datetime.now(UTC) - timedelta(seconds=time.monotonic())
        return [
            self._fate(channel, aired, epoch, sources)
            for channel, talker in self._talkers.items()
            for aired in talker.aired
        ]

    def figures(self, sources: Mapping[str, HeardFrom]) -> dict[str, Any]:
        """Of the whole run; `centre_cpu_share` is processor time of the centre by second of speech."""
        aired = [each for talker in self._talkers.values() for each in talker.aired]
        spoken_s = sum(each.unkeyed_at - each.keyed_at for each in aired)
        share = round(self._cpu_s / spoken_s, 3) if self._cpu_s is not None and spoken_s else None
        return {
            **speech_figures(self.overs(sources)),
            "spoken_s": round(spoken_s, 1),
            "centre_cpu_share": share,
        }

    async def _ready(self, feed: Feed) -> None:
        def ready() -> bool:
            return feed.mirror is not None and ear_of(feed) is not None

        if not await comes_true(lambda: ready() or not self._centre.running, READY_S):
            raise TimeoutError(f"the centre was not ready after {READY_S:.0f} s; is the machine very busy?")
        ear = ear_of(feed)
        if ear is None or ear.engine is None:
            raise CannotShow((ear and ear.problem) or f"the centre ended at once: {self._centre.last_words}")

    async def _talk(self, sounds: Mapping[str, list[Sound]]) -> None:
        before = cpu_seconds(self._centre.pid)
        async with asyncio.TaskGroup() as tasks:
            for name, talker in self._talkers.items():
                tasks.create_task(talker.talk(sounds[name], self._plan.seconds), name=f"bench.talk[{name}]")
        after = cpu_seconds(self._centre.pid)
        self._cpu_s = None if before is None or after is None else after - before

    def _fate(self, channel: str, aired: Aired, epoch: datetime, sources: Mapping[str, HeardFrom]) -> Spoken:
        over = aired.over
        spoken = Spoken(over.text if over else "", over.snr_db if over else 0.0, aired.unkeyed_at)
        here = {id_: each for id_, each in self._witness.overs.items() if each[1].channel == channel}
        found = heard_as(aired, epoch, Witness(overs=here))
        if found is None:
            return spoken
        text_at, row = found
        return Spoken(
            said=spoken.said,
            snr_db=spoken.snr_db,
            carrier_end=spoken.carrier_end,
            began=self._air.began.get(row.id),
            ended=self._air.ended.get(row.id),
            first_words=self._air.first_words.get(row.id),
            text_at=text_at,
            heard="" if row.gated else row.text,
            from_stream=sources.get(row.id) == "stream",
        )

    def _box(self) -> Gateway:
        channels = (ChannelTable(id=name, source=Injected(kind="injected")) for name in self._talkers)
        settings = GatewaySettings(
            gateway=BoxTable(site=site().id, id="box-1", spool=self._folder / "spool.db"),
            broker=self._broker,
            channel=tuple(channels),
        )
        sources = {name: talker.channel for name, talker in self._talkers.items()}
        return Gateway(settings, sources=sources)

    def _console(self) -> ConsoleSettings:
        return ConsoleSettings(
            console=ConsoleTable(
                id="bench", site=site().id, language="en", log_file=self._folder / "console.log"
            ),
            broker=self._broker,
            operator=OperatorTable(login=LOGIN, password=SecretStr(self._centre.password)),
        )


def measure_speech(plan: TalkPlan, told: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Run a site for so long and give its figures; times in milliseconds.

    Raises `CannotShow` when the centre hears nothing, `TimeoutError` when it is not ready in time,
    `VoiceUnavailable` without a synthetic voice, `ModelRefused`.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-bench-")))
        broker = stack.enter_context(some_broker(folder))
        centre = stack.enter_context(CentreProcess(folder, broker.port, plan.lang, _speech(plan, folder)))
        bench = SpeechBench(plan, folder, LinkSettings(port=broker.port), centre)
        with log_to_file(folder / "box.log"):
            asyncio.run(bench.run(told))
        # Its journal says how each over was heard, once it has ended in order.
        centre.stop()
        sources = asyncio.run(heard_from(centre.journal))
    about = {
        "channels": plan.channels,
        "seconds": plan.seconds,
        "broker": broker.name,
        "cores": os.cpu_count(),
    }
    return {**about, **bench.figures(sources)}


def _speech(plan: TalkPlan, folder: Path) -> str:
    """More lines of the centre's `[speech]`."""
    lines = [f'engine = "{plan.engine}"'] if plan.engine else []
    if plan.model is not None:
        models = folder / "models"
        add_model(plan.model, plan.lang, models)
        lines += [f'models = "{models}"']
    return "\n".join(lines)
