"""What is heard is ourselves only while we speak, and never for good."""

import pytest

from gateway.transmitter.own_voice import OwnVoice
from hardware.keying.guard import LONGEST_S


def test_what_sounds_while_we_speak_is_ours_and_a_moment_longer() -> None:
    """From keying to the click of the radio that comes back; a unit before and after is heard."""
    own = OwnVoice()
    own.began(10.0)
    own.ended(12.0)
    assert [own.is_ours(at) for at in (9.9, 10.0, 12.2, 12.4)] == [False, True, True, False]


@pytest.mark.parametrize("after", [LONGEST_S, 10 * LONGEST_S])
def test_a_keying_that_never_ends_leaves_the_box_hearing(after: float) -> None:
    """Whatever hangs: once the guard has let go of the wire, overs are overs again."""
    own = OwnVoice()
    own.began(10.0)
    assert own.is_ours(10.0 + LONGEST_S - 0.1)
    assert not own.is_ours(10.0 + after)
