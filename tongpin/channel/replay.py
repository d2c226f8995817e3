"""Recordings through the whole stack: broker, box, centre, each as at a site, on scratch files.

recordings → box (this process) → broker → centre (its own process) → its journal → what was found
"""

import asyncio
import math
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from bus.clock import SystemClock
from bus.link import LinkSettings
from bus.messages.status import SpeechStatus
from gateway.channel.settings import ChannelTable, Injected
from gateway.service import Gateway
from gateway.settings import BoxTable, GatewaySettings
from intake.site import example_site_path, load_site
from intake.speech.engine import EngineName
from tongpin.bench.broker import some_broker
from tongpin.bench.measuring import comes_true, ear_of
from tongpin.channel.replay_found import Findings
from tongpin.channel.replay_journal import JournalTail
from tongpin.channel.replay_place import Places
from tongpin.channel.replay_sound import ReplaySound
from tongpin.demo.centre_process import LOGIN, CentreProcess
from tongpin.demo.plan import Lang
from tongpin.errors import CannotShow
from tongpin.process import log_to_file
from tui.feed import Feed
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

READY_S: Final = 120.0
"""A large Vosk model takes its time to load."""
PATIENCE_S: Final = 180.0
"""Without a sound heard or a word understood for so long, what is missing does not come any more."""
_LOOK_S: Final = 0.1


@dataclass(frozen=True)
class ReplayPlan:
    """What is heard, and with which settings. `keep` is the folder that stays; None: nothing does."""

    recordings: tuple[Path, ...]
    channel: ChannelTable
    lang: Lang = "en"
    engine: EngineName | None = None
    site: Path | None = None
    speed: float = math.inf
    keep: Path | None = None


@dataclass(frozen=True)
class Watchers:
    """Who hears what meanwhile: `found` each over in a flat form, `progress` the share done, 0 to 1."""

    found: Callable[[dict[str, Any]], None]
    progress: Callable[[float], None] = lambda _: None
    told: Callable[[str], None] = lambda _: None


def replay(plan: ReplayPlan, watchers: Watchers) -> dict[str, Any]:
    """Hear them all; gives the summary. `lost` in it counts overs that were cut and never got words.

    Raises `CannotShow` when the centre does not come up or has no ears, `SiteError`.
    """
    with ExitStack() as stack:
        folder = plan.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-replay-")))
        folder.mkdir(parents=True, exist_ok=True)
        site = load_site(plan.site or example_site_path()).id
        broker = stack.enter_context(some_broker(folder))
        engine = f'engine = "{plan.engine}"' if plan.engine else ""
        centre = stack.enter_context(CentreProcess(folder, broker.port, plan.lang, engine, plan.site))
        stack.enter_context(log_to_file(folder / "box.log"))
        return asyncio.run(_Replay(plan, watchers, folder, site, broker.port, centre).run())


class _Replay:
    def __init__(
        self,
        plan: ReplayPlan,
        watchers: Watchers,
        folder: Path,
        site: str,
        broker: int,
        centre: CentreProcess,
    ) -> None:
        self._watchers = watchers
        self._centre = centre
        channel = plan.channel
        self._sound = ReplaySound(
            plan.recordings,
            channel.squelch,
            plan.speed,
            discriminator=channel.audio_source == "discriminator",
        )
        self._findings = Findings()
        self._places = Places(self._sound, centre.recordings)
        self._tally: Counter[str] = Counter()
        self._gated: Counter[str] = Counter()
        box = BoxTable(site=site, id="box-1", spool=folder / "spool.db", live_audio=math.isfinite(plan.speed))
        # What its carrier line said when it was recorded nobody knows.
        channel = channel.model_copy(update={"source": Injected(kind="injected"), "carrier": None})
        link = LinkSettings(port=broker)
        self._box = Gateway(
            GatewaySettings(gateway=box, broker=link, channel=(channel,)),
            sources={channel.id: self._sound},
        )
        console = ConsoleTable(id="replay", site=site, language="en", log_file=folder / "replay.log")
        operator = OperatorTable(login=LOGIN, password=SecretStr(centre.password))
        self._feed = Feed(
            ConsoleSettings(console=console, broker=link, operator=operator), SystemClock(), lambda: None
        )

    async def run(self) -> dict[str, Any]:
        began = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            feed = tasks.create_task(self._feed.run(), name="replay.feed")
            self._watchers.told("starting the centre …")
            ear = await self._ear()
            self._watchers.told("listening …")
            box = tasks.create_task(self._box.run(), name="replay.box")
            with JournalTail(self._centre.journal) as tail:
                await self._follow(tail)
            for task in (box, feed):
                task.cancel()
        return self._summary(ear, time.monotonic() - began)

    async def _ear(self) -> SpeechStatus:
        await comes_true(lambda: ear_of(self._feed) is not None or not self._centre.running, READY_S)
        ear = ear_of(self._feed)
        if ear is None or ear.engine is None:
            raise CannotShow((ear and ear.problem) or f"the centre ended at once: {self._centre.last_words}")
        return ear

    async def _follow(self, tail: JournalTail) -> None:
        """Until every over has its words, or nothing comes any more."""
        sound, before, since = self._sound, (-1.0, -1), time.monotonic()
        while not (sound.ended and self._worded == sound.overs):
            for found in self._findings.take(await asyncio.to_thread(tail.news)):
                place = await asyncio.to_thread(self._places.of, found.meta)
                self._count(line := found.to_json(place))
                self._watchers.found(line)
            sound.worded(self._worded)
            self._watchers.progress(sound.played_s / sound.seconds)
            if (now := (sound.played_s, self._worded)) != before:
                before, since = now, time.monotonic()
            if time.monotonic() - since > PATIENCE_S or not self._centre.running:
                return
            await asyncio.sleep(_LOOK_S)

    @property
    def _worded(self) -> int:
        return len(self._findings.transcripts)

    def _count(self, line: dict[str, Any]) -> None:
        self._tally["words"] += not line["gated"]
        self._tally["alarms"] += len(line["alarms"])
        self._gated.update([line["gated"]] if line["gated"] else [])

    def _summary(self, ear: SpeechStatus, took_s: float) -> dict[str, Any]:
        sound = self._sound
        return {
            "recordings": len(sound.recordings),
            "seconds": round(sound.seconds, 1),
            "took_s": round(took_s, 1),
            "engine": ear.engine,
            "model": ear.model,
            "overs": sound.overs,
            "lost": sound.overs - self._worded,
            "with_words": self._tally["words"],
            "alarms": self._tally["alarms"],
            "gated": dict(self._gated),
            "kerchunks": sound.kerchunks,
            "noise_bursts": sound.bursts,
            "other_alarms": [alarm.text for alarm in self._findings.others],
            "damaged": sound.damaged,
        }
