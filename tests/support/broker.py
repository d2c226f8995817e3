"""Brokers for tests: a real mosquitto that can be killed, and one that acknowledges and forgets."""

import asyncio
import contextlib
import getpass
import shutil
import signal
import socket
import struct
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

SHIPPED = Path(__file__).parents[2] / "deploy" / "mosquitto.conf"

_FIELD_ONLY = ("listener", "allow_anonymous", "persistence_location", "log_dest")
"""Settings of the shipped file that a test replaces with its own."""


def mosquitto_missing() -> bool:
    """Whether this machine lacks the real broker."""
    return _program() is None


def free_port() -> int:
    """A port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mosquitto:
    """A real mosquitto with the shipped settings, on loopback; the same port and data across restarts.

    `logins` (name to password) turns anonymous clients away; `acl` is the text of an ACL file.
    """

    def __init__(self, folder: Path, logins: Mapping[str, str] | None = None, acl: str | None = None) -> None:
        self.port = free_port()
        self.folder = folder
        """Its settings, data and log."""
        self._process: subprocess.Popen[bytes] | None = None
        self._config = folder / "mosquitto.conf"
        self._log = folder / "mosquitto.log"
        self._config.write_text("\n".join([*_shipped(), *self._own(logins, acl)]) + "\n")

    def start(self) -> None:
        """Returns once it accepts connections."""
        program = _program()
        if program is None:
            raise RuntimeError("mosquitto is not installed")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([program, "-c", str(self._config)], stdout=log, stderr=log)
        _wait_listening(self.port, self._process)

    def kill9(self) -> None:
        """What a power cut does to it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """What systemd does to it."""
        self._end(signal.SIGTERM)

    @property
    def log(self) -> str:
        """All it has said so far."""
        return self._log.read_text(errors="replace")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def _own(self, logins: Mapping[str, str] | None, acl: str | None) -> list[str]:
        lines = [
            f"listener {self.port} 127.0.0.1",
            f"persistence_location {self.folder}/",
            "log_dest stderr",
            "log_type all",
            f"user {getpass.getuser()}",  # started by root it would become `mosquitto`, who cannot write here
            f"allow_anonymous {'false' if logins else 'true'}",
        ]
        if logins:
            lines.append(f"password_file {_password_file(self.folder, logins)}")
        if acl:
            (self.folder / "acl").write_text(acl)
            lines.append(f"acl_file {self.folder / 'acl'}")
        return lines

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None


class ForgetfulBroker:
    """Acknowledges every PUBLISH, and forgets it: what a broker killed at the wrong moment looks like.

    Speaks as much MQTT 5 as `bus.link` needs to feel connected; delivers nothing, ever. With
    `acknowledges=False` it even forgets to acknowledge; with a `connack` other than 0 it turns clients away.
    """

    def __init__(self, *, acknowledges: bool = True, connack: int = 0) -> None:
        self.port = 0
        self.logins = 0
        """CONNECTs so far."""
        self._acknowledges = acknowledges
        self._connack = connack
        self._writers: set[asyncio.StreamWriter] = set()
        self.forgotten = 0
        """Messages taken so far."""
        self.heard = asyncio.Event()
        """Set at every CONNECT and PUBLISH; clear it to wait for the next."""

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        """Listens on a free port of loopback for as long as the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await self.hang_up()
            await server.wait_closed()

    async def wait(self, *, logins: int = 0, forgotten: int = 0) -> None:
        """Until so many have come."""
        while self.logins < logins or self.forgotten < forgotten:
            self.heard.clear()
            await self.heard.wait()

    async def hang_up(self) -> None:
        """Drops every client."""
        for writer in self._writers.copy():
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while True:
                first, body = await _packet(reader)
                writer.write(self._answer(first, body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            self._writers.discard(writer)
            writer.close()

    def _answer(self, first: int, body: bytes) -> bytes:
        match first >> 4:
            case 1:  # CONNECT → CONNACK: no session, the reason, no properties
                self.logins += 1
                self.heard.set()
                return bytes([0x20, 3, 0, self._connack, 0])
            case 3:
                return self._puback(first, body)
            case 8:  # SUBSCRIBE → SUBACK: every filter granted with QoS 1
                filters = _count_filters(body)
                return bytes([0x90, 3 + filters]) + body[:2] + bytes([0]) + bytes([1] * filters)
            case 12:  # PINGREQ → PINGRESP
                return bytes([0xD0, 0])
            case _:
                return b""

    def _puback(self, first: int, body: bytes) -> bytes:
        self.forgotten += 1
        self.heard.set()
        if first & 0x06 == 0 or not self._acknowledges:
            return b""
        topic_length = struct.unpack_from(">H", body)[0]
        return bytes([0x40, 2]) + body[2 + topic_length : 4 + topic_length]


async def _packet(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """First byte and body of one packet (MQTT 5 §2.1)."""
    first = (await reader.readexactly(1))[0]
    length, shift = 0, 0
    while True:
        digit = (await reader.readexactly(1))[0]
        length |= (digit & 0x7F) << shift
        shift += 7
        if digit < 0x80:
            return first, await reader.readexactly(length)


def _count_filters(body: bytes) -> int:
    """Of a SUBSCRIBE whose properties are shorter than 128 bytes."""
    at, count = 3 + body[2], 0
    while at < len(body):
        at += 3 + struct.unpack_from(">H", body, at)[0]
        count += 1
    return count


def _program() -> str | None:
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


def _shipped() -> list[str]:
    lines = (line.strip() for line in SHIPPED.read_text().splitlines())
    return [line for line in lines if line and not line.startswith(("#", *_FIELD_ONLY, "log_type"))]


def _password_file(folder: Path, logins: Mapping[str, str]) -> Path:
    path = folder / "passwords"
    path.touch(0o600)
    for name, password in logins.items():
        subprocess.run(["mosquitto_passwd", "-b", str(path), name, password], check=True, capture_output=True)
    return path


def _wait_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"mosquitto did not start on port {port}")
