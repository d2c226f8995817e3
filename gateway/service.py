"""The box as one running program: every line and channel, the spool, and the link to the centre."""

import asyncio
import contextlib
import shutil
from collections.abc import Mapping
from functools import partial

import structlog

from bus.clock import Clock, SystemClock
from bus.errors import BusError, LinkError, MessageError
from bus.link import Link, LinkState, Outbound
from bus.messages.status import GatewayHealth, Receipt
from gateway.announcer import Announcer
from gateway.box import this_box
from gateway.channel.devices import carrier_opener, source_opener, station_of
from gateway.channel.radio_channel import RadioChannel
from gateway.channel.settings import ChannelTable
from gateway.channel.silence import SilenceWatch
from gateway.errors import CannotStart, SpoolBroken, SpoolError, SpoolFull, SpoolTooNew
from gateway.ip.ip_line import IpLine
from gateway.ip.keys import read_keys
from gateway.line.panel_line import PanelLine
from gateway.settings import GatewaySettings, IpLineTable, LineTable
from gateway.spool.lock import lock_spool
from gateway.spool.spool import Spool
from gateway.status import StatusBoard
from gateway.transmitter.orders import Orders
from gateway.transmitter.speech import Voice
from gateway.transmitter.transmitter import ChannelTransmitter
from gateway.uplink import Uplink
from hardware.audio.format import AudioSource
from hardware.audio.speaker import Speaker
from hardware.panels.registry import codec
from hardware.serial_line import SerialLine
from hardware.simulators.voice import say

log = structlog.get_logger()

HEALTH_EVERY_S = 30.0
_HEALTH_EXPIRY_S = 90
_PROBE_EVERY_S = 30.0
_PROBE_AGAIN_S = 2.0
"""While storage is down."""
_GOODBYE_S = 1.0

Sources = Mapping[str, AudioSource]
"""Channel id to its sound; started anew after every loss."""
Speakers = Mapping[str, Speaker]
"""Channel id to what speaks on it."""


class Gateway:
    """One box.

    `sources` brings the sound of channels whose source is `injected`, and may replace others'; `speakers` the
    same for what is spoken on them.
    """

    def __init__(
        self,
        settings: GatewaySettings,
        *,
        clock: Clock | None = None,
        sources: Sources | None = None,
        speakers: Speakers | None = None,
        voice: Voice = say,
    ) -> None:
        self.box = this_box(settings.gateway.site, settings.gateway.id)
        self._settings = settings
        self._clock = clock or SystemClock()
        self._sources = sources or {}
        self.status = StatusBoard(self.box, self._clock, self._tell_status)
        self.spool = Spool(settings.gateway.spool, settings.gateway.limits, self.status.storage)
        self.link = Link(
            settings.broker,
            client_id=f"{settings.gateway.site}-{settings.gateway.id}",
            subscriptions=[(self.box.topics.receipt, 1), *Orders.subscriptions(self.box.topics)],
            will=self.status.will(),
            clock=self._clock,
            on_state=self._link_changed,
        )
        self._announcer = Announcer(self.link)
        self._uplink = Uplink(self.spool, self.link, self._clock, greet=self._say_health)
        self._lines: list[PanelLine | IpLine] = [self._line(table) for table in settings.line]
        self._lines += [self._ip_line(table) for table in settings.ip_line]
        self._transmitters = {
            table.id: ChannelTransmitter(
                table.id,
                box=self.box,
                spool=self.spool,
                clock=self._clock,
                station=station_of(table, (speakers or {}).get(table.id), voice),
            )
            for table in settings.channel
        }
        self._orders = Orders(self.box.topics, self._transmitters)
        self._channels = [self._channel(table) for table in settings.channel]

    async def run(self) -> None:
        """Work until cancelled, then stop in order: sources, spool, a word to the centre, link.

        Raises `CannotStart` when the spool cannot be used at all.
        """
        with lock_spool(self._settings.gateway.spool):
            await self._open_spool()
            await self._run()

    async def _run(self) -> None:
        self._tell_status()
        try:
            async with asyncio.TaskGroup() as group:
                link = group.create_task(self.link.run(), name="gateway.link")
                try:
                    await self._work()
                finally:
                    await self._goodbye()
                    link.cancel()
        finally:
            await self.spool.close()

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen_to_centre(), name="gateway.receipts")
            group.create_task(self._uplink.run(), name="gateway.uplink")
            group.create_task(self._announcer.run(), name="gateway.announcer")
            group.create_task(self._tell_health(), name="gateway.health")
            group.create_task(self._watch_storage(), name="gateway.storage")
            for line in self._lines:
                group.create_task(line.run(), name=f"gateway.line[{line.name}]")
            for name, transmitter in self._transmitters.items():
                group.create_task(transmitter.run(), name=f"gateway.transmitter[{name}]")
            for channel in self._channels:
                group.create_task(channel.run(), name=f"gateway.channel[{channel.name}]")

    async def _open_spool(self) -> None:
        try:
            await self.spool.open()
            await self.spool.probe()
        except SpoolFull as error:
            # The panels hear silence and the centre hears why, until there is room again.
            self.status.storage("spool_full")
            log.error("no room in the spool", problem=str(error))  # noqa: TRY400 (one sentence)
        except (SpoolTooNew, SpoolBroken) as error:
            await self.spool.close()
            raise CannotStart(str(error)) from error

    def _line(self, table: LineTable) -> PanelLine:
        return PanelLine(
            table.id,
            box=self.box,
            codec=codec(table.protocol, **table.options),
            spool=self.spool,
            clock=self._clock,
            connect=partial(SerialLine, table.serial),
            timing=table.timing,
            on_trouble=partial(self.status.line, table.id),
        )

    def _ip_line(self, table: IpLineTable) -> IpLine:
        return IpLine(
            table.id,
            box=self.box,
            host=table.host,
            port=table.port,
            keys=read_keys(table.keys_file),
            spool=self.spool,
            clock=self._clock,
            limits=table.limits,
            heartbeat_s=table.heartbeat_s,
            repeat_window_s=table.repeat_window_s,
            on_trouble=partial(self.status.line, table.id),
        )

    def _channel(self, table: ChannelTable) -> RadioChannel:
        return RadioChannel(
            table.id,
            box=self.box,
            open_source=source_opener(table, self._sources.get(table.id)),
            squelch=table.squelch,
            signalling=table.signalling,
            silence=SilenceWatch(table.silence, hisses=table.audio_source == "discriminator"),
            open_carrier=carrier_opener(table),
            spool=self.spool,
            clock=self._clock,
            announcer=self._announcer,
            live=self._settings.gateway.live_audio,
            on_trouble=partial(self.status.channel, table.id),
            on_carrier=self._transmitters[table.id].carrier,
            is_ours=self._transmitters[table.id].own.is_ours,
        )

    async def _listen_to_centre(self) -> None:
        async for message in self.link.messages():
            if message.topic == self.box.topics.receipt:
                self._take_receipt(message.payload)
                self.link.ack(message)
            elif await self._orders.take(message):
                self.link.ack(message)

    def _take_receipt(self, payload: bytes) -> None:
        try:
            self._uplink.receipt(Receipt.decode(payload).ids)
        except MessageError as error:
            log.warning("receipt not understood", problem=str(error))

    async def _watch_storage(self) -> None:
        """A full disk is found out and a mended one used again even while no panel speaks."""
        while True:
            with contextlib.suppress(SpoolError):  # the spool itself tells the status
                await self.spool.probe()
            await asyncio.sleep(_PROBE_AGAIN_S if self.spool.problem else _PROBE_EVERY_S)

    async def _tell_health(self) -> None:
        while True:
            await asyncio.sleep(HEALTH_EVERY_S)
            await self.link.wait_connected()
            await self._say_health()

    async def _say_health(self) -> None:
        """The first word on every connection: the centre knows our clock before it reads a time of ours."""
        # No figures are better than none that are true; out of reach they would be old when they arrive.
        with contextlib.suppress(SpoolError, OSError, LinkError):
            await self.link.publish(await self._health())

    async def _health(self) -> Outbound:
        depth, now = await self.spool.depth(), self._clock.now()
        disk = shutil.disk_usage(self._settings.gateway.spool.parent)
        health = GatewayHealth(
            gateway=self.box.gateway,
            boot=self.box.boot,
            sent_at=now,
            spool_rows=depth.rows,
            spool_oldest_s=(now - depth.oldest).total_seconds() if depth.oldest else 0.0,
            disk_free_mb=disk.free // 2**20,
            audio_overruns=sum(channel.overruns for channel in self._channels),
            channels=tuple(channel.health() for channel in self._channels),
        )
        return Outbound(self.box.topics.health, health.encode(), qos=0, expiry_s=_HEALTH_EXPIRY_S)

    def _tell_status(self) -> None:
        status = self.status.now()
        log.info("status", problems=self.status.problems)
        self._announcer.keep(status)

    def _link_changed(self, state: LinkState) -> None:
        if state.refused:
            log.warning("refused by the broker", reason=state.reason)
        else:
            log.info("link", connected=state.connected, reason=state.reason)
        if state.connected:
            self._uplink.wake()

    async def _goodbye(self) -> None:
        with contextlib.suppress(BusError):  # out of reach: the last will speaks for us
            await self.link.publish(self.status.stopped(), _GOODBYE_S)
