"""Python's search for what holds itself, which stops everything: only while nobody types."""

import gc

import pytest

from bus.collecting import only_when_asked
from tests.support.broker import Mosquitto
from tests.support.ip_panel import SetClock
from tests.tui.desk_at_work import desk_at_work
from tui.freeing import CALM_S, LOOK_EVERY_S

pytestmark = pytest.mark.slow


def looks() -> int:
    """At everything there is, so far."""
    return int(gc.get_stats()[2]["collections"])


async def test_memory_is_looked_through_when_nobody_types(mosquitto: Mosquitto) -> None:
    """Not while somebody does, however long ago the last time was; then once."""
    clock = SetClock()
    before = gc.get_threshold()
    only_when_asked()
    try:
        async with desk_at_work(mosquitto.port, clock=clock) as desk:
            clock.ahead += LOOK_EVERY_S / 2
            await desk.type("n")
            clock.ahead += CALM_S / 2
            desk.app._freeing._looked_at -= LOOK_EVERY_S
            so_far = looks()
            desk.app._tick()
            assert looks() == so_far
            clock.ahead += CALM_S
            desk.app._tick()
            desk.app._tick()
            assert looks() == so_far + 1
    finally:
        gc.set_threshold(*before)
