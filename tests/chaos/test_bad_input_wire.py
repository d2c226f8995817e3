"""What a bad line, a full disk and a refused login do to a running box and centre: real processes."""

import asyncio
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pytest

from hardware.simulators.pseudo_terminal import PseudoTerminal
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.broker import Mosquitto
from tests.support.evidence import journaled, said, spooled_rows
from tests.support.panel_stream import distinct_frames
from tests.support.programs import Program, box, centre, comes_true

END = b"\x14"
ACK = b"\x06"
PATIENCE_S = 20.0
SCALE = 0.25

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


def alarm(zone: int) -> bytes:
    """A burglary, without its end mark."""
    return b"5011 180001E13001%03d" % zone


class Wire:
    """The far end of a box's serial line."""

    def __init__(self, port: PseudoTerminal) -> None:
        self._port = port

    def say(self, *bursts: bytes) -> bytes:
        """Write each burst by itself; what comes back until the line is quiet."""
        for burst in bursts:
            self._port.write(burst)
        answer = bytearray()
        while select.select([self._port.fd], [], [], PATIENCE_S if not answer else 0.3)[0]:
            answer += os.read(self._port.fd, 1024)
        return bytes(answer)


@contextmanager
def listening(broker: Mosquitto) -> Iterator[None]:
    """From when the centre listens: what a box says earlier is only said again after ten seconds."""
    assert comes_true(lambda: "gw/+/signal" in broker.log, PATIENCE_S)
    yield


@pytest.fixture
def wire(mortal_mosquitto: Mosquitto, tmp_path: Path) -> Iterator[Wire]:
    """Of a site whose box has the port open."""
    with PseudoTerminal() as port:
        boxed = box(tmp_path, mortal_mosquitto.port, [port.path], scale=1)
        with centre(tmp_path, mortal_mosquitto.port), listening(mortal_mosquitto), boxed:
            made = Wire(port)
            assert comes_true(lambda: answers(made), PATIENCE_S), boxed.log
            yield made


def answers(wire: Wire) -> bool:
    """Whether a heartbeat is answered; bytes sent before the port is open are thrown away."""
    wire._port.write(b"1011           @    " + END)
    return bool(select.select([wire._port.fd], [], [], 0.2)[0]) and bool(os.read(wire._port.fd, 1024))


def test_whatever_a_bad_line_says_is_in_the_journal_and_answered_once_a_run(
    wire: Wire, tmp_path: Path
) -> None:
    """Split, glued, cut, torn by NULs, plain rubbish: bytes kept as they came, in order, each run one ACK."""
    assert wire.say(alarm(1) + END) == ACK
    assert wire.say(alarm(2)[:7], alarm(2)[7:15], alarm(2)[15:] + END) == ACK
    assert wire.say(alarm(3) + END + alarm(4) + END) == ACK * 2
    assert wire.say(alarm(5)[:11] + alarm(5) + END) == ACK
    assert wire.say(b"\0" * 300 + alarm(6) + END + b"\0" * 300) == ACK
    assert wire.say(alarm(7)[:11] + b"\0\0" + alarm(7)[11:] + END) == ACK
    assert wire.say(b"\x01\x02rubbish!" + END) == ACK
    assert wire.say(alarm(8) + END) == ACK

    spool = tmp_path / "spool.db"
    assert comes_true(lambda: spooled_rows(spool) == 0, PATIENCE_S)
    kept = asyncio.run(journaled(tmp_path / "journal.db")).frames
    torn = alarm(7)[:11] + b"\0\0" + alarm(7)[11:]
    cut = alarm(5)[:11]
    expected = [*map(alarm, (1, 2, 3, 4)), cut, alarm(5), alarm(6), torn, b"\x01\x02rubbish!", alarm(8)]
    assert [bytes.fromhex(frame) for frame in kept] == expected


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own at `folder`; skips where a test may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte more goes onto it within the block."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 512):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    yield
    ballast.unlink()


def on_disk(program: Program, settings: Path, name: str, disk: Path) -> Program:
    """The same program with its file `name` on `disk`."""
    text = settings.read_text().replace(str(settings.parent / name), str(disk / name))
    settings.write_text(text)
    return program


def paper_mode(log: str) -> Iterator[object]:
    """What a centre's log says of its own troubles."""
    return (one["problems"] for one in said(log, "status") if one["problems"])


def test_full_disks_lose_nothing_that_was_acknowledged(mortal_mosquitto: Mosquitto, tmp_path: Path) -> None:
    """A full box gives no ACK, a full centre no receipt; with room again both go on by themselves."""
    frames = distinct_frames("011")
    spool, journal = tmp_path / "b" / "spool.db", tmp_path / "c" / "journal.db"
    with ExitStack() as stack:
        box_disk = stack.enter_context(small_disk(tmp_path / "b", 4))
        centre_disk = stack.enter_context(small_disk(tmp_path / "c", 4))
        receiver = stack.enter_context(SurgardReceiver(header="011", time_scale=SCALE))
        boxed = box(tmp_path, mortal_mosquitto.port, [receiver.port], scale=SCALE)
        central = centre(tmp_path, mortal_mosquitto.port)
        stack.enter_context(on_disk(central, tmp_path / "intake.toml", "journal.db", centre_disk))
        stack.enter_context(listening(mortal_mosquitto))
        stack.enter_context(on_disk(boxed, tmp_path / "gateway.toml", "spool.db", box_disk))

        def offered(count: int) -> None:
            for frame in islice(frames, count):
                receiver.offer(frame)

        offered(3)
        assert comes_true(lambda: receiver.wait_until_acked(0.1), PATIENCE_S), boxed.log
        assert comes_true(lambda: spooled_rows(spool) == 0, PATIENCE_S), central.log
        with full(box_disk):
            offered(2)
            assert comes_true(lambda: any(said(boxed.log, "not stored, not answered")), PATIENCE_S), boxed.log
            assert sum(one.acked_at is not None for one in receiver.deliveries()) == 3
        assert comes_true(lambda: receiver.wait_until_acked(0.1), PATIENCE_S), boxed.log
        with full(centre_disk):
            offered(60)
            assert comes_true(lambda: receiver.wait_until_acked(0.1), PATIENCE_S), boxed.log
            assert comes_true(lambda: any(paper_mode(central.log)), PATIENCE_S), central.log
            assert spooled_rows(spool) > 0
        assert comes_true(lambda: spooled_rows(spool) == 0, PATIENCE_S), central.log
        boxed.stop()
        central.stop()
        acknowledged = [one.frame[:-1].hex() for one in receiver.deliveries() if one.acked_at is not None]
        assert list(asyncio.run(journaled(journal)).frames) == acknowledged
        assert len(acknowledged) == 65


@contextmanager
def mute(program: str, settings: Path, log: BinaryIO) -> Iterator[None]:
    """A program whose log goes to `log`."""
    command = [sys.executable, "-m", "tongpin", program, "--config", str(settings)]
    running = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait(PATIENCE_S)


def test_a_log_nobody_can_write_stops_no_alarm(mortal_mosquitto: Mosquitto, tmp_path: Path) -> None:
    """Both logs on a full disk: the panel is answered and its frame journaled all the same."""
    with SurgardReceiver(header="011", time_scale=SCALE) as receiver, Path("/dev/full").open("wb") as nowhere:
        centre(tmp_path, mortal_mosquitto.port)
        box(tmp_path, mortal_mosquitto.port, [receiver.port], scale=SCALE)
        with (
            mute("intake", tmp_path / "intake.toml", nowhere),
            listening(mortal_mosquitto),
            mute("gateway", tmp_path / "gateway.toml", nowhere),
        ):
            receiver.offer(alarm(1) + END)
            assert receiver.wait_until_acked(PATIENCE_S)
            assert comes_true(lambda: spooled_rows(tmp_path / "spool.db") == 0, PATIENCE_S)


def refused(program: Program) -> bool:
    """Whether its log says that the broker turned it away."""
    return any(said(program.log, "refused by the broker"))


def test_a_refused_login_is_said_once_and_panels_are_served(tmp_path: Path) -> None:
    """Box and centre name the login and what to check, in one line each, and go on."""
    with (
        Mosquitto(tmp_path, logins={"box-1": "right"}) as broker,
        SurgardReceiver(header="011", time_scale=SCALE) as receiver,
    ):
        programs = (box(tmp_path, broker.port, [receiver.port], scale=SCALE), centre(tmp_path, broker.port))
        (tmp_path / "secret").write_text("wrong\n")
        login = f'[broker]\nusername = "box-1"\npassword_file = "{tmp_path}/secret"'
        for name in ("gateway.toml", "intake.toml"):
            settings = tmp_path / name
            settings.write_text(settings.read_text().replace("[broker]", login))
        with programs[0], programs[1]:
            for program in programs:
                assert comes_true(partial(refused, program), PATIENCE_S), program.log
            receiver.offer(alarm(1) + END)
            assert receiver.wait_until_acked(PATIENCE_S)
        sentence = (
            f"the broker at 127.0.0.1:{broker.port} refused the login of box-1: "
            "check username and password_file"
        )
        for program in programs:
            assert [one["reason"] for one in said(program.log, "refused by the broker")] == [sentence]
