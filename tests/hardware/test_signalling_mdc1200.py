"""MDC-1200: bits as other equipment sends them, and bursts found in sound however it comes."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.signalling.finder import CallFinder
from hardware.signalling.mdc1200 import block, frame
from hardware.signalling.mdc1200.block import BLOCK_BITS, with_check
from hardware.signalling.mdc1200.crc import crc16
from hardware.signalling.mdc1200.fec import DATA_BITS, corrected, parity
from hardware.signalling.mdc1200.frame import PREAMBLE, SYNC
from hardware.signalling.mdc1200.packet import DOUBLE, Packet
from hardware.simulators.signalling import DataBurst, sound_of
from tests.support.calls import ALL_ON, heard

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "audio" / "mdc1200_vectors.json"


def packets() -> st.SearchStrategy[Packet]:
    """Any packet there can be."""
    byte = st.integers(0, 255)
    plain = byte.filter(lambda op: op not in DOUBLE)
    unit = st.integers(0, 0xFFFF)
    single = st.builds(Packet, plain, byte, unit)
    return single | st.builds(
        Packet, st.sampled_from(sorted(DOUBLE)), byte, unit, st.binary(min_size=4, max_size=4)
    )


@pytest.mark.skipif(not VECTORS.is_file(), reason="the shared vectors are not beside this clone")
def test_bursts_are_byte_for_byte_those_of_other_equipment() -> None:
    """Every vector is sent exactly so, with its CRC, and read back."""
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        op, arg, unit = (int(vector[name], 16) for name in ("op", "arg", "unit"))
        packet = Packet(op, arg, unit, bytes.fromhex(vector.get("extra", "")))
        assert with_check(packet.content).hex() == vector["data7"]
        assert frame.encoded(packet).hex() == vector["frame"]
        assert frame.decoded(bytes.fromhex(vector["frame"])) == packet


def test_the_check_is_the_published_one() -> None:
    """The check value of the parameters of this CRC."""
    assert crc16(b"123456789") == 0xDE76


@given(packets(), st.binary(max_size=5))
def test_every_packet_is_read_back(packet: Packet, more_preamble: bytes) -> None:
    """Single and double, behind any noise, and with every bit the other way round."""
    sent = more_preamble + frame.encoded(packet)
    assert frame.decoded(sent) == packet
    assert frame.decoded(bytes(byte ^ 0xFF for byte in sent)) == packet


@pytest.mark.slow
@settings(max_examples=30)
@given(st.binary(min_size=4, max_size=4))
def test_any_single_wrong_bit_is_turned_back(content: bytes) -> None:
    """Each of the 112 bits of a block may be wrong; those that say something are counted."""
    sent = block.encoded(content)
    said = set(block.ON_AIR[: 8 * len(with_check(content)) - 8].tolist())
    for wrong in range(BLOCK_BITS):
        received = sent.copy()
        received[wrong] ^= 1
        found = block.decoded(received)
        assert found is not None
        assert found.content == content
        assert found.fixed == 1 or (found.fixed == 0 and wrong not in said)


@given(st.binary(min_size=4, max_size=4), st.integers(0, BLOCK_BITS - 6))
def test_a_burst_of_noise_is_survived(content: bytes, start: int) -> None:
    """Six bits in a row on the air lie far apart in the code."""
    received = block.encoded(content)
    received[start : start + 6] ^= 1
    found = block.decoded(received)
    assert found is not None
    assert found.content == content


@given(st.lists(st.integers(0, 1), min_size=DATA_BITS, max_size=DATA_BITS))
def test_what_was_not_damaged_is_not_touched(bits: list[int]) -> None:
    """Correction turns no bit of a clean block."""
    data = np.array(bits, np.uint8)
    same, turned, left = corrected(data, parity(data))
    assert (same.tolist(), turned, left) == (bits, 0, 0)


@given(st.binary(max_size=200))
def test_bytes_of_chance_are_no_packet(chance: bytes) -> None:
    """Neither an exception nor an id comes out of noise, not even behind a good sync word."""
    assert frame.decoded(chance) is None
    assert frame.decoded(PREAMBLE + SYNC + chance) is None


def test_a_double_packet_that_lost_its_end_still_tells_who() -> None:
    """The first block is whole by itself."""
    packet = Packet(0x35, 0x89, 0x1400, b"\x83\x0d\x17\x01")
    sent = frame.encoded(packet)
    assert frame.decoded(sent[:-3]) == Packet(0x35, 0x89, 0x1400)


@pytest.mark.parametrize(
    ("op", "meaning"),
    [
        (0x00, "emergency"),
        (0x01, "ptt-id"),
        (0x22, "call"),
        (0x46, "status"),
        (0x35, "call"),
        (0x47, "message"),
        (0x63, "call"),
        (0x2B, "other"),
        (0x71, "other"),
        (0x12, "other"),
    ],
)
def test_operations_have_their_meaning(op: int, meaning: str) -> None:
    """Stun, revive and monitor are nothing to act on."""
    assert Packet(op, 0x80, 0x1234).meaning == meaning


@pytest.mark.parametrize(
    "bad", [(256, 0, 0, b""), (1, 0, 0x10000, b""), (1, 0, 1, b"1234"), (0x35, 0, 1, b"1")]
)
def test_a_packet_that_cannot_be_sent_is_refused(bad: tuple[int, int, int, bytes]) -> None:
    """Numbers that do not fit, and extra bytes where none belong."""
    with pytest.raises(ValueError, match=r"byte"):
        Packet(*bad)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("packet", [Packet(1, 0x80, 0x1234), Packet(0x35, 0x89, 0x1400, b"\x83\x0d\x17\x01")])
def test_a_burst_is_found_where_it_is(packet: Packet, inverted: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Its id, its bytes and its first sample, whichever way round the modulator is."""
    lead = np.zeros(4321, np.int16)
    call, *others = heard(np.concatenate((lead, sound_of(DataBurst(packet, inverted)))))
    assert (call.id, call.meaning, call.raw) == (
        packet.id,
        packet.meaning,
        (packet.content + packet.extra).hex(),
    )
    assert call.position == pytest.approx(4321, abs=3)
    assert call.confidence > 0.95
    assert others == []


def test_an_emergency_does_not_wait_for_the_end_of_the_over() -> None:
    """It is told within 0.3 s of its last bit, while the radio goes on sending."""
    burst = sound_of(DataBurst(Packet(0, 0x80, 0x00A1)))
    finder = CallFinder(ALL_ON)
    assert finder.feed(burst) == []
    [call] = finder.feed(np.zeros(4800, np.int16))
    assert (call.id, call.meaning) == ("00A1", "emergency")


def test_every_repetition_is_told() -> None:
    """A radio that sends its id three times is heard three times, at three places."""
    burst = np.concatenate((sound_of(DataBurst(Packet(1, 0, 0x1828))), np.zeros(800, np.int16)))
    calls = heard(np.tile(burst, 3))
    assert [call.id for call in calls] == ["1828"] * 3
    assert [call.position // 100 for call in calls] == [n * len(burst) // 100 for n in range(3)]
