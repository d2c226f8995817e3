"""A panel or receiver that is not there: something happens every few seconds, and each answer is told."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from threading import Event, Timer
from typing import Final

from hardware.errors import ReceiverBufferFullError, UnknownProtocolError
from hardware.panels.frame import PanelRecord
from hardware.simulators import panel_logic, receivers
from hardware.simulators.asked_panel import AskedPanel
from hardware.simulators.receiver import Receiver
from hardware.simulators.receiver_logic import Delivery
from tongpin.line import dialling
from tongpin.line.example_traffic import event
from tongpin.line.watch import readable

PROTOCOLS: Final = tuple(sorted((*receivers.NAMES, *panel_logic.PROTOCOLS)))
"""What a serial line can be simulated in."""

_LOOK_S: Final = 0.05
_NOTHING_YET: Final = Delivery(b"", offered_at=0.0)

Simulator = Receiver | AskedPanel


@dataclass(frozen=True, slots=True)
class Seen:
    """How things stand on the panel's side."""

    deliveries: tuple[Delivery, ...] = ()
    heartbeats: int = 0
    failed: bool = False
    questions: tuple[PanelRecord, ...] = ()


def simulator(protocol: str, link: Path, *, time_scale: float = 1.0) -> Simulator:
    """What speaks `protocol` on a port made at `link`; its own durations are multiplied by `time_scale`.

    Raises `UnknownProtocolError` with those there are.
    """
    if protocol not in PROTOCOLS:
        raise UnknownProtocolError(protocol, (*PROTOCOLS, dialling.PROTOCOL), None)
    if protocol in panel_logic.PROTOCOLS:
        return AskedPanel(protocol, link, time_scale=time_scale)
    return receivers.simulate(protocol, link, time_scale=time_scale)


def tell_story(
    panel: Simulator, protocol: str, every_s: float, say: Callable[[str], None], over: Event
) -> None:
    """Let an event happen every `every_s` seconds and `say` what comes of each, until it is `over`."""
    due = time.monotonic()
    happened = 0
    before = Seen()
    while not over.wait(_LOOK_S):
        if time.monotonic() >= due:
            due += every_s
            happened += _happens(panel, event(protocol, happened), say)
        now = _seen(panel)
        for news in news_between(before, now):
            say(news)
        before = now


@contextmanager
def over_after(seconds: float | None) -> Iterator[Event]:
    """An event that is set after `seconds`; None is never."""
    over = Event()
    timer = Timer(seconds or 0.0, over.set)
    if seconds is not None:
        timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def news_between(before: Seen, now: Seen) -> Iterator[str]:
    """A sentence for each thing that changed. Pure."""
    for old, new in zip_longest(before.deliveries, now.deliveries, fillvalue=_NOTHING_YET):
        if len(new.sent_at) > len(old.sent_at):
            again = f"  (time {len(new.sent_at)})" if len(new.sent_at) > 1 else ""
            yield f"said {readable(new.frame)}{again}"
        if new.acked_at is not None and old.acked_at is None:
            yield f"  acknowledged after {1000 * (new.acked_at - new.sent_at[0]):.0f} ms"
        if new.skipped_at is not None and old.skipped_at is None:
            yield "  given up: the box never hears of it"
    if now.heartbeats > before.heartbeats:
        yield "heartbeat acknowledged"
    for question in now.questions[len(before.questions) :]:
        yield f"asked {question.text or question.code or question.raw}"
    if now.failed != before.failed:
        yield "communication failure: nobody answers" if now.failed else "somebody answers again"


def _happens(panel: Simulator, frame: bytes, say: Callable[[str], None]) -> bool:
    try:
        panel.offer(frame)
    except ReceiverBufferFullError as full:
        say(str(full))
        return False
    return True


def _seen(panel: Simulator) -> Seen:
    if isinstance(panel, Receiver):
        return Seen(panel.deliveries(), panel.heartbeats_acked, panel.failed)
    return Seen(panel.deliveries(), questions=panel.questions())
