"""A simulated radio may name itself before or after its over, and is heard doing so."""

import math
import threading

import numpy as np
import pytest

from hardware.audio.format import Block, Samples
from hardware.errors import AudioError
from hardware.signalling.mdc1200.packet import KEYED, PTT_ID, Packet
from hardware.simulators.fm import through_radio
from hardware.simulators.radio_channel import Over, RadioChannel
from hardware.simulators.signalling import PEAK, DataBurst, TouchTones, sound_of
from tests.support.calls import heard, ids

KEY_UP = DataBurst(Packet(PTT_ID, KEYED, 0x1234))


def test_signalling_stands_around_the_speech() -> None:
    """The burst begins when the handset's lead is over, at its own level; the speech stays what it was."""
    rng = np.random.default_rng
    speech = np.asarray(9000 * np.sin(np.arange(16000) / 3), np.int16)
    plain = through_radio(speech, 60, rng(1))
    named = through_radio(speech, 60, rng(1), before=sound_of(KEY_UP), after=sound_of(TouchTones("123")))
    first, last = heard(named)
    assert (first.id, last.id) == ("1234", "123")
    assert first.position == pytest.approx(3200, abs=30)
    assert np.abs(named[3200:5900]).max() == pytest.approx(PEAK * 32768, rel=0.2)
    assert np.abs(named[7000:20000]).max() == pytest.approx(np.abs(plain[3200:19000]).max(), rel=0.05)


@pytest.mark.slow
def test_an_over_of_the_channel_carries_its_id() -> None:
    """Who transmits gives the burst with the over; listeners hear both."""
    pytest.importorskip("hibari", reason="hibari-tts is not installed")
    over = Over("patrol three on scene", "en", before=KEY_UP, after=TouchTones("12345"))
    assert ids(on_the_air(over)) == [("mdc1200", "1234"), ("dtmf", "12345")]


def on_the_air(over: Over) -> Samples:
    """What a listener hears of one over."""
    blocks: list[Samples] = []
    aired = threading.Event()
    channel = RadioChannel(speed=math.inf, on_aired=lambda _: aired.set())
    channel.transmit(over)

    def hear(block: Block) -> None:
        if not aired.is_set():
            blocks.append(block.samples)

    channel.start(hear, _unexpected)
    assert aired.wait(10)
    channel.close()
    return np.concatenate(blocks)


def _unexpected(error: AudioError) -> None:
    raise AssertionError(error)
