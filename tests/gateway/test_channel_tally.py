"""A channel's figures in the health message."""

import numpy as np
import pytest

from gateway.channel.over_events import Kerchunk, OverEnded
from gateway.channel.squelch import Reading
from gateway.channel.tally import ChannelTally
from hardware.audio.format import SAMPLE_RATE

OPEN = Reading(open=True, level_dbfs=-20, floor_dbfs=-61.26, flatness=0.3, suspect=False, noise=False)
CLOSED = Reading(open=False, level_dbfs=-60, floor_dbfs=-61.26, flatness=0.3, suspect=False, noise=False)


def test_overs_are_counted_by_their_end_and_kerchunks_beside() -> None:
    """What a technician wants to know of a channel since the box started."""
    tally = ChannelTally()
    ended = OverEnded("hang", np.zeros(1, np.int16), 1, -20, -6, 0, None)
    for event in (ended, ended, Kerchunk(0, 0.1, noise=False)):
        tally.count(event)
    health = tally.health("radio-1", 3)
    assert (health.overs, health.kerchunks, health.overruns) == ({"hang": 2}, 1, 3)
    assert (health.peak_dbfs, health.floor_dbfs, health.clip_percent) == (None, None, None)


def test_levels_are_those_of_the_last_half_minute() -> None:
    """A loud second is forgotten after thirty quiet ones; open seconds are not."""
    tally = ChannelTally()
    loud, soft = np.full(SAMPLE_RATE, 32_767, np.int16), np.full(SAMPLE_RATE, 327, np.int16)
    tally.hear(loud, OPEN)
    tally.hear(soft, CLOSED)
    health = tally.health("radio-1", 0)
    assert (health.peak_dbfs, health.clip_percent, health.floor_dbfs) == (0, 50, -61.3)
    for _ in range(30):
        tally.hear(soft, CLOSED)
    health = tally.health("radio-1", 0)
    assert health.peak_dbfs == pytest.approx(-40, abs=0.1)
    assert (health.clip_percent, health.opened_s) == (0, 1)
