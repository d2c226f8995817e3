"""Everything heard on a channel: overs and callers, in order."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.channel.carrier_track import CarrierTrack
from gateway.channel.listening import ChannelListener
from gateway.channel.over_events import CallFound, Kerchunk, OverEnded, OverEvent, OverStarted
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.signalling.finder import CallFinder
from hardware.signalling.mdc1200.packet import Packet
from hardware.signalling.settings import SignallingSettings
from hardware.simulators.fm import hiss
from hardware.simulators.signalling import DataBurst, TouchTones, sound_of

STARTED_AT = 1000.0
PACKET = sound_of(DataBurst(Packet(0x01, 0x80, 0x12AB)))
DIGITS = sound_of(TouchTones("1234567"))


def silence(seconds: float) -> Samples:
    """A squelched channel."""
    return np.zeros(int(seconds * SAMPLE_RATE), np.int16)


def carrier(seconds: float) -> Samples:
    """A key held down: the soft hiss of a carrier."""
    return to_int16(hiss(int(seconds * SAMPLE_RATE), -40, np.random.default_rng(1)))


def heard(sound: Samples, sizes: Sequence[int] = (320,), open_db: float = 8) -> list[OverEvent]:
    """What a new listener makes of it, in blocks of these sizes, over and over."""
    listener = ChannelListener(
        SquelchSettings(open_db=open_db), CallFinder(SignallingSettings()), CarrierTrack().at
    )
    events: list[OverEvent] = []
    position = turn = 0
    while position < len(sound):
        block = sound[position : position + sizes[turn % len(sizes)]]
        events += listener.feed(Block(block, STARTED_AT + position / SAMPLE_RATE, position))
        position, turn = position + len(block), turn + 1
    return [*events, *listener.close("shutdown")]


def calls_in(events: Sequence[OverEvent]) -> list[CallFound]:
    """The calls among them."""
    return [event for event in events if isinstance(event, CallFound)]


def kinds(events: Sequence[OverEvent]) -> list[str]:
    """What happened, live audio aside."""
    told = (OverStarted, CallFound, OverEnded, Kerchunk)
    return [type(event).__name__ for event in events if isinstance(event, told)]


def test_a_call_has_the_place_of_its_first_sample() -> None:
    """On the channel, and on the clock, whatever came before it."""
    before = np.concatenate((silence(1.3), carrier(0.5)))
    [call] = calls_in(heard(np.concatenate((before, PACKET, carrier(2.0), silence(1.0)))))
    assert (call.call.kind, call.call.id) == ("mdc1200", "12AB")
    assert call.position == pytest.approx(len(before), abs=0.03 * SAMPLE_RATE)
    assert call.at == pytest.approx(STARTED_AT + call.position / SAMPLE_RATE)


def test_an_id_at_the_end_is_told_before_the_over_ends() -> None:
    """A string of digits that waits for more is given up with its carrier, not a second after."""
    events = heard(np.concatenate((silence(1.0), carrier(2.0), DIGITS, silence(2.0))))
    assert kinds(events) == ["OverStarted", "CallFound", "OverEnded"]


def test_a_kerchunk_says_who_it_was() -> None:
    """A burst too short for an over is heard, before it is counted."""
    assert kinds(heard(np.concatenate((silence(1.0), PACKET, silence(2.0))))) == ["CallFound", "Kerchunk"]


def test_a_call_too_soft_for_the_squelch_is_heard() -> None:
    """The decoders do not wait for the squelch."""
    soft = np.asarray(PACKET / 30, np.int16)
    assert kinds(heard(np.concatenate((silence(1.0), soft, silence(2.0))), open_db=40)) == ["CallFound"]


def test_every_carrier_is_heard_afresh() -> None:
    """Positions stay right from one over to the next."""
    over = np.concatenate((silence(1.0), carrier(1.0), PACKET, carrier(1.0), silence(1.0)))
    found = calls_in(heard(np.tile(over, 3)))
    after = [call.position - found[0].position for call in found]
    assert after == pytest.approx([0, len(over), 2 * len(over)], abs=0.001 * SAMPLE_RATE)


@given(sizes=st.lists(st.integers(100, 4000), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
@pytest.mark.slow
def test_blocks_of_any_size_give_the_same_calls(sizes: list[int]) -> None:
    """How a driver slices the sound decides nothing."""
    spoken = np.concatenate((silence(1.0), PACKET, carrier(1.0), DIGITS, silence(1.5), PACKET, silence(1.0)))
    plain, sliced = heard(spoken), heard(spoken, sizes)
    assert kinds(plain) == kinds(sliced)
    for one, other in zip(calls_in(plain), calls_in(sliced), strict=True):
        assert one.call.id == other.call.id
        assert one.position == pytest.approx(other.position, abs=0.001 * SAMPLE_RATE)
