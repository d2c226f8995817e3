"""The worst week of a site in a minute and a half: everything is killed, nothing is lost or doubled."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from intake.verify import verify
from tests.support.broker import Mosquitto
from tests.support.evidence import Journaled, journaled, said, spooled_rows
from tests.support.mortal_site import Mortal, MortalSite, mortal_site
from tests.support.panel_stream import HardOfHearing, PanelStream
from tests.support.programs import comes_true
from tests.support.reckoning import frames_at_fault, overs_at_fault
from tests.support.strokes import strokes

SEED = 20260301
KILLS = 20
SECONDS = 75.0
DRAIN_S = 60.0

HEADERS = ("011", "022")
FRAMES_PER_SECOND = 30.0
DEAFNESS = 0.02
"""Share of the box's answers that a receiver misses: the same frame then comes again, often to the box's next
life, and must become a repeat. A kill alone hits the moment between disk and ACK too seldom."""
SCALE = 0.25
"""A receiver's 4 s become 1 s, and the box's 3 s 0.75 s."""


@pytest.fixture
def site(mortal_mosquitto: Mosquitto, tmp_path: Path) -> Iterator[MortalSite]:
    """A site at work, with two receivers on bad lines."""
    with ExitStack() as stack:
        receivers = [
            stack.enter_context(HardOfHearing(header=header, time_scale=SCALE, seed=SEED, deafness=DEAFNESS))
            for header in HEADERS
        ]
        yield stack.enter_context(mortal_site(tmp_path, mortal_mosquitto, receivers, scale=SCALE, seed=SEED))


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.xdist_group("chaos")
async def test_killing_everything_loses_and_doubles_nothing(site: MortalSite) -> None:
    """All three killed twenty times: what a panel saw acknowledged is journaled once, in order."""
    with PanelStream(dict(zip(HEADERS, site.receivers, strict=True)), FRAMES_PER_SECOND):
        kill_all(site.mortals)
    waiting = list(undrained(site))
    site.box.stop()
    site.centre.stop()

    kept = await journaled(site.journal)
    faults = [*waiting, *frames_at_fault(site, kept), *overs_at_fault(site, kept)]
    assert not faults, report(site, kept, faults)
    assert verify(site.journal).ok
    assert len(kept.frames) > FRAMES_PER_SECOND * SECONDS / 4, "so few frames prove nothing"
    assert len(kept.overs) > KILLS, "so few overs prove nothing"
    assert kept.repeats > 0, "no frame came twice"


def kill_all(mortals: Mapping[str, Mortal]) -> None:
    """Carry out the plan of the one seed."""
    began = time.monotonic()
    for stroke in strokes(SEED, mortals, kills=KILLS, seconds=SECONDS):
        time.sleep(max(0.0, began + stroke.at - time.monotonic()))
        victim = mortals[stroke.victim]
        if stroke.deed == "kill":
            victim.kill9()
        else:
            victim.start()


def undrained(site: MortalSite) -> Iterator[str]:
    """Wait until every frame is acknowledged, the talk over and the spool empty; yields what is not."""
    for program in (site.box, site.centre):
        if not program.running:
            yield f"ended by itself: {program}"
            return
    until = time.monotonic() + DRAIN_S
    for receiver in site.receivers:
        if not receiver.wait_until_acked(until - time.monotonic()):
            yield f"{receiver.port}: still waits for an ACK {DRAIN_S:.0f} s after the last kill"
    if not comes_true(lambda: talk_is_over(site) and spooled_rows(site.spool) == 0, until - time.monotonic()):
        yield f"{spooled_rows(site.spool)} rows without a receipt {DRAIN_S:.0f} s after the last kill"


def talk_is_over(site: MortalSite) -> bool:
    """Whether the box has heard all there is to hear in this life, the last over included."""
    return any(said(site.box.life, "recording played to its end"))


def report(site: MortalSite, kept: Journaled, faults: list[str]) -> str:
    """What a person needs to find the fault: the first of them, the figures, the ends of the logs."""
    surplus = [receiver.surplus_acks for receiver in site.receivers]
    figures = f"{len(kept.frames)} frames, {kept.repeats} repeats, {len(kept.overs)} overs in {site.folder}"
    logs = [
        f"--- {name}\n{log[-3000:]}" for name, log in (("box", site.box.log), ("centre", site.centre.log))
    ]
    return "\n".join([f"{len(faults)} faults; {figures}; ACKs too many: {surplus}", *faults[:20], *logs])
