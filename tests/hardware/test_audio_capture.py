"""The capture process: what it says on its pipe, and that nobody waits for it whatever it is stuck in."""

import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.audio.capture_process import Outlet
from hardware.audio.capture_wire import MOST, OPENED, REFUSED, SOUND, Packet, Unpacker, packed
from hardware.audio.clock_fit import ClockFit
from hardware.audio.format import SAMPLE_RATE, Block
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.errors import AudioError, AudioLost

BLOCK = bytes(640)

PACKETS = st.builds(
    Packet,
    st.sampled_from([SOUND, OPENED, REFUSED]),
    st.binary(max_size=MOST),
    st.floats(0, 1e9),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**64 - 1),
)


@given(packets=st.lists(PACKETS, max_size=5), pieces=st.lists(st.integers(1, 200), min_size=1))
def test_packets_come_out_of_any_pieces(packets: list[Packet], pieces: list[int]) -> None:
    """However a pipe cuts the stream, the same packets come out of it in the same order."""
    stream, unpacker, found, at, n = b"".join(map(packed, packets)), Unpacker(), [], 0, 0
    while at < len(stream):
        size = pieces[n % len(pieces)]
        found += unpacker.feed(stream[at : at + size])
        at, n = at + size, n + 1
    assert [packed(packet) for packet in found] == [packed(packet) for packet in packets]


def test_a_box_that_does_not_read_costs_sound_and_no_time() -> None:
    """A full pipe never makes PortAudio's thread wait; what found no room is counted, sample by sample."""
    read, write = os.pipe()
    outlet, unpacker, sent = Outlet(write), Unpacker(), 200
    for n in range(sent):
        outlet.sound(BLOCK, lost=n == 3)
    found = unpacker.feed(os.read(read, 1 << 20))
    outlet.sound(BLOCK, lost=False)
    (after,) = unpacker.feed(os.read(read, 1 << 20))
    assert [packet.overflows for packet in found[:5]] == [0, 0, 0, 1, 1]
    assert 0 < len(found) < sent
    assert after.dropped == (sent - len(found)) * len(BLOCK) // 2
    os.close(read)
    os.close(write)


def behaving(body: str) -> tuple[str, ...]:
    """A capture process that does this with an `outlet` of the real kind, instead of asking PortAudio."""
    start = (
        "import os, signal, time\n"
        "import hardware.audio.capture_process as real\n"
        "real._end_with_parent()\n"
        "outlet = real.Outlet(1)\n"
    )
    return sys.executable, "-c", start + body


OPEN_AND_SPEAK = "outlet.opened(16000)\noutlet.sound(bytes(640), False)\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("then", "reason"),
    [
        ("while True: pass", "no sound for 0.2 s"),
        ("os.abort()", "was ended by SIGABRT"),
        ("os._exit(7)", "ended with code 7"),
    ],
)
def test_a_capture_that_hangs_or_dies_is_lost_and_closed_in_no_time(then: str, reason: str) -> None:
    """Spinning for ever after its first sound, aborting, leaving: lost once, with the reason, and gone."""
    source = PyAudioSource("card", 0.2, command=behaving(OPEN_AND_SPEAK + then))
    lost: queue.Queue[AudioError] = queue.Queue()
    blocks: queue.Queue[Block] = queue.Queue()
    source.start(blocks.put, lost.put)
    blocks.get(timeout=10)
    error = lost.get(timeout=10)
    began = time.monotonic()
    source.close()
    source.close()
    assert time.monotonic() - began < 1
    assert isinstance(error, AudioLost)
    assert reason in str(error)
    assert lost.empty()


@pytest.mark.slow
def test_a_driver_that_never_opens_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process stuck before it has opened the card holds up nobody for longer than the limit."""
    monkeypatch.setattr("hardware.audio.capture._OPEN_S", 0.5)
    source = PyAudioSource("card", command=behaving("while True: pass"))
    with pytest.raises(AudioError, match="card: the sound card does not open"):
        source.start(lambda _block: None, lambda _error: None)
    source.close()


@pytest.mark.slow
def test_a_capture_stuck_for_ever_does_not_outlive_a_box_that_was_killed(tmp_path: Path) -> None:
    """The kernel ends the capture process with the box, although it spins and never looks at its pipe."""
    pid_file = tmp_path / "pid"
    stuck = behaving(
        f"open({str(pid_file)!r}, 'w').write(str(os.getpid()))\n{OPEN_AND_SPEAK}while True: pass"
    )
    box = (
        "import signal\n"
        "from hardware.audio.pyaudio_source import PyAudioSource\n"
        f"source = PyAudioSource('card', 60, command={stuck!r})\n"
        "source.start(lambda block: print('heard', flush=True), print)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", box], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"heard\n"
        process.kill()
    pid = int(pid_file.read_text())
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and not _is_zombie(pid):
        assert time.monotonic() < deadline, "the capture process is still there"
        time.sleep(0.01)


def _is_zombie(pid: int) -> bool:
    """Dead, and not yet collected by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.slow
def test_stopping_the_whole_group_is_left_to_the_box() -> None:
    """The real process ignores what systemd and a terminal send to all: it must not look like a lost card."""
    body = (
        "def one_block(device, rate, opened, sound):\n"
        "    opened(rate)\n"
        "    sound(bytes(640), False)\n"
        "    return True\n"
        "real.open_input = one_block\n"
        "real.main('card', 16000)"
    )
    source = PyAudioSource("card", 0.5, command=behaving(body))
    lost: queue.Queue[AudioError] = queue.Queue()
    blocks: queue.Queue[Block] = queue.Queue()
    source.start(blocks.put, lost.put)
    blocks.get(timeout=10)
    assert source._capture is not None
    for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        source._capture._process.send_signal(asked)
    assert "no sound for" in str(lost.get(timeout=10))
    source.close()


@pytest.mark.parametrize("ppm", [-300, 0, 40])
def test_the_drift_of_a_card_is_found_behind_late_blocks(ppm: int) -> None:
    """Ten minutes of blocks that arrive up to 60 ms late give the drift to 2 ppm."""
    rng, fit = np.random.default_rng(5), ClockFit(SAMPLE_RATE)
    for n in range(1, 30_000):
        fit.note(1000 + n * 0.02 / (1 + ppm / 1e6) + rng.uniform(0, 0.06), n * 320)
    assert fit.drift_ppm == pytest.approx(ppm, abs=2)


def test_too_little_sound_has_no_drift() -> None:
    """Before two blocks after the settling, nothing is claimed."""
    fit = ClockFit(SAMPLE_RATE)
    fit.note(0, 0)
    fit.note(3, 48_000)
    assert fit.drift_ppm is None
