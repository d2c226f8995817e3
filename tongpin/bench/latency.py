"""How long a frame takes from the panel's wire to a console's board.

receivers ─(pseudo-terminals)─→ box process → broker → centre process → board of a console
└───────────────────── this process: one clock for both ends ─────────────────────┘
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bus.clock import SystemClock
from bus.link import LinkSettings
from hardware.panels.surgard.encode import DC4, contact_id_frame
from hardware.simulators.receiver_logic import Delivery, ReceiverTiming
from hardware.simulators.surgard_receiver import SurgardReceiver
from intake.site import example_site_path, load_site
from tongpin.bench.box_process import box_process
from tongpin.bench.broker import some_broker
from tongpin.bench.measuring import comes_true, ear_of, spread_ms
from tongpin.demo.centre_process import LOGIN, CentreProcess
from tui.feed import Feed
from tui.settings import ConsoleSettings, ConsoleTable, OperatorTable

HEADERS = ("011", "022")
"""Two receivers: one at 9600 baud cannot say 50 frames of 20 bytes in a second and hear their answers."""

TIMING = ReceiverTiming(heartbeat_s=1.0)
"""The first heartbeat answered says that the box is there; while frames are sent there are none."""

WARM_UP_S = 1.0
"""Frames of the first second are not counted: the programs are still fetching their pages."""

READY_S = 60.0
DRAIN_S = 15.0


@dataclass
class Arrivals:
    """When each frame first stood on the board, in monotonic seconds, by its bytes in hex."""

    at: dict[str, float] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def look(self, feed: Feed) -> None:
        """Note what is new: new rows stand last."""
        if feed.mirror is None:
            return
        now = time.monotonic()
        rows = feed.mirror.alarms
        for row_id in list(takewhile(lambda row_id: row_id not in self._known, reversed(list(rows)))):
            self._known.add(row_id)
            if raw := rows[row_id].raw:
                self.at.setdefault(raw, now)


def measure_latency(
    frames_per_second: float, seconds: float, told: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Run a site for so long and give its figures; times in milliseconds.

    Raises `TimeoutError` when box and centre are not ready within a minute.
    """
    site = load_site(example_site_path()).id
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-bench-")))
        broker = stack.enter_context(some_broker(folder))
        centre = stack.enter_context(CentreProcess(folder, broker.port, "en"))
        receivers = [stack.enter_context(SurgardReceiver(header=header, timing=TIMING)) for header in HEADERS]
        ports = [receiver.port for receiver in receivers]
        stack.enter_context(box_process(folder, site, broker.port, ports))
        console = ConsoleSettings(
            console=ConsoleTable(id="bench", site=site, language="en", log_file=folder / "console.log"),
            broker=LinkSettings(port=broker.port),
            operator=OperatorTable(login=LOGIN, password=SecretStr(centre.password)),
        )
        arrivals = asyncio.run(_play(console, centre.password, receivers, frames_per_second, seconds, told))
        deliveries = [one for receiver in receivers for one in receiver.deliveries()]
    figures = {"frames_per_second": frames_per_second, "seconds": seconds, "broker": broker.name}
    return {**figures, "cores": os.cpu_count(), **latencies(deliveries, arrivals.at)}


def latencies(deliveries: Sequence[Delivery], seen: dict[str, float]) -> dict[str, Any]:
    """The figures of the frames sent after the warm-up. Pure. `seen` as in `Arrivals.at`."""
    first = min((one.sent_at[0] for one in deliveries if one.sent_at), default=0.0)
    counted = [one for one in deliveries if one.sent_at and one.sent_at[0] >= first + WARM_UP_S]
    whole, to_ack, to_board = [], [], []
    for one in counted:
        at = seen.get(one.frame.removesuffix(DC4).hex())
        if at is None or one.acked_at is None:
            continue
        whole.append(at - one.sent_at[0])
        to_ack.append(one.acked_at - one.sent_at[0])
        to_board.append(at - one.acked_at)
    return {
        "frames": len(counted),
        "not_on_the_board": len(counted) - len(whole),
        "panel_to_board_ms": spread_ms(whole),
        "panel_to_ack_ms": spread_ms(to_ack),
        "ack_to_board_ms": spread_ms(to_board),
    }


async def _play(
    console: ConsoleSettings,
    password: str,
    receivers: Sequence[SurgardReceiver],
    frames_per_second: float,
    seconds: float,
    told: Callable[[str], None],
) -> Arrivals:
    arrivals = Arrivals()
    feed = Feed(console, SystemClock(), lambda: arrivals.look(feed))
    feed.sign_in_as(LOGIN, SecretStr(password))
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(feed.run(), name="bench.feed")
        told("starting box and centre …")
        ready = await comes_true(lambda: _ready(feed, receivers), READY_S)
        if ready:
            told("sending frames …")
            sent = await _send(receivers, frames_per_second, WARM_UP_S + seconds)
            told("waiting for the last …")
            await comes_true(lambda: len(arrivals.at) >= sent, DRAIN_S)
        watching.cancel()
    if not ready:
        raise TimeoutError(f"box and centre were not ready after {READY_S:.0f} s; is the machine very busy?")
    return arrivals


async def _send(receivers: Sequence[SurgardReceiver], frames_per_second: float, seconds: float) -> int:
    """Offer frames at even distances, to one receiver after the other."""
    frames = [_frames(header) for header in HEADERS]
    total = round(frames_per_second * seconds)
    began = time.monotonic()
    for number in range(total):
        await asyncio.sleep(began + number / frames_per_second - time.monotonic())
        turn = number % len(receivers)
        receivers[turn].offer(next(frames[turn]))
    return total


def _ready(feed: Feed, receivers: Sequence[SurgardReceiver]) -> bool:
    """The console has a board, the box answers on every line, and the centre has loaded its ears."""
    heartbeats = all(receiver.heartbeats_acked for receiver in receivers)
    return feed.mirror is not None and ear_of(feed) is not None and heartbeats


def _frames(header: str) -> Iterator[bytes]:
    """Burglaries in ever other zones."""
    for number in count():
        account, zone = f"{1 + number // 900:04d}", f"{number % 900 + 1:03d}"
        yield contact_id_frame(account, "new", "130", "01", zone, header=header)
