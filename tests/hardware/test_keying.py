"""A transmitter never stays keyed: real processes, and a port that notes what its wires do."""

import asyncio
import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import KeyingError
from hardware.keying.guard import BEAT_S, LONGEST_S, MISSED_S, Guard
from hardware.keying.guarded import GuardedKey

NOTED = (sys.executable, "-m", "tests.support.noted_wire")
_KEYING = """
import asyncio, sys
from hardware.keying.guarded import GuardedKey
async def speak():
    key = GuardedKey(sys.argv[1], "rts", (sys.executable, "-m", "tests.support.noted_wire"))
    await key.key()
    print("keyed", flush=True)
    await key.hold()
asyncio.run(speak())
"""


def notes(file: Path) -> list[tuple[float, str]]:
    """What the wires did, and when."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [(float(at), what) for at, _, what in (line.partition(" ") for line in lines)]


def let_go_at(file: Path, within_s: float = 5.0) -> float:
    """When the keyed wire was low again, waited for."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        seen = notes(file)
        up = next((n for n, (_, what) in enumerate(seen) if what == "rts 1"), None)
        if up is not None and (low := [at for at, what in seen[up:] if what == "rts 0"]):
            return low[0]
        time.sleep(0.01)
    raise AssertionError(f"still keyed: {notes(file)}")


def test_both_wires_are_low_before_the_port_opens(tmp_path: Path) -> None:
    """A port opened otherwise would key the radio by being opened."""
    file = tmp_path / "wires"
    guard = subprocess.Popen([*NOTED, str(file), "rts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with guard:
        assert guard.stdout is not None
        assert guard.stdout.readline() == b"ready\n"
        assert "open rts=0 dtr=0" in [what for _, what in notes(file)]
    assert not any(what in ("rts 1", "dtr 1") for _, what in notes(file))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_lets_go(tmp_path: Path, stop: signal.Signals) -> None:
    """Whoever ends the process that holds the wire ends the transmission."""
    file = tmp_path / "wires"
    with _keyed(file) as guard:
        guard.send_signal(stop)
        assert guard.wait(5) == 0
    assert [what for _, what in notes(file) if what.startswith("rts")][-2:] == ["rts 1", "rts 0"]


def test_a_box_that_hangs_is_let_go_of(tmp_path: Path) -> None:
    """Standard input stays open, but no beat comes: low within a second, and late beats key nothing."""
    file = tmp_path / "wires"
    with _keyed(file) as guard:
        assert let_go_at(file) - notes(file)[-2][0] < 1.0
        assert guard.stdin is not None
        guard.stdin.write(b"K")
        guard.stdin.flush()
    assert [what for _, what in notes(file)].count("rts 1") == 1


@pytest.mark.chaos
def test_the_keying_process_is_killed(tmp_path: Path) -> None:
    """Killed with SIGKILL amid a word: the channel is free within a second."""
    file = tmp_path / "wires"
    box = subprocess.Popen([sys.executable, "-c", _KEYING, str(file)], stdout=subprocess.PIPE)
    with box:
        assert box.stdout is not None
        assert box.stdout.readline() == b"keyed\n"
        killed = time.monotonic()
        box.kill()
    assert let_go_at(file) - killed < 1.0


async def test_keyed_held_and_let_go_as_told(tmp_path: Path) -> None:
    """Held for longer than beats may be missed, low again when told, and ready for the next time."""
    file = tmp_path / "wires"
    key = GuardedKey(str(file), "rts", NOTED)
    for _ in range(2):
        await key.key()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MISSED_S + BEAT_S):
                await key.hold()
        await key.unkey()
    await key.close()
    wire = [(at, what) for at, what in notes(file) if what.startswith("rts")]
    keyed = [at for at, what in wire if what == "rts 1"]
    assert [what for _, what in wire[-5:]] == ["rts 1", "rts 0", "rts 1", "rts 0", "rts 0"]
    assert wire[-2][0] - keyed[1] >= MISSED_S + BEAT_S


async def test_a_port_that_is_none_is_said_so() -> None:
    """One sentence, and nothing is keyed."""
    key = GuardedKey("/dev/no-such-port", "rts")
    with pytest.raises(KeyingError, match="no-such-port, cannot be opened"):
        await key.key()
    await key.close()


@given(st.lists(st.tuples(st.floats(0, 2), st.booleans()), max_size=200))
def test_never_keyed_beyond_its_limits(steps: list[tuple[float, bool]]) -> None:
    """Whenever beats come or not: not longer than a minute, nor longer than the last beat allows."""
    guard, now = Guard(), 0.0
    for wait, beat in steps:
        now += wait
        guard = guard.passed(now)
        guard = guard.beaten(now) if beat else guard
        assert guard.since is None or now - guard.since < LONGEST_S
        assert not guard.keyed or now - guard.beat < MISSED_S


@contextlib.contextmanager
def _keyed(file: Path) -> Iterator[subprocess.Popen[bytes]]:
    guard = subprocess.Popen([*NOTED, str(file), "rts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with guard:
        assert guard.stdout is not None
        assert guard.stdin is not None
        guard.stdin.write(b"K")
        guard.stdin.flush()
        assert [guard.stdout.readline() for _ in range(2)] == [b"ready\n", b"keyed\n"]
        yield guard
