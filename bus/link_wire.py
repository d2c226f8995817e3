"""One TCP connection to the broker: a paho client and the one thread that reads and writes for it.

Whatever ends that thread (the broker, the line, an exception in a callback) is told as the connection's
end: it cannot die while it claims to be connected. paho's own thread would.
"""

import asyncio
import contextlib
import selectors
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Protocol, cast

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from bus.clock import Clock
from bus.link_messages import Ending, Inbound, Introduction, Outbound
from bus.link_packets import connect_properties, inbound, new_client, publish_properties
from bus.link_settings import LinkSettings

_TICK_S = 1.0
"""How often paho looks at its keepalive when nothing moves."""

_SEND_BUFFER = 64 * 1024
"""Bytes in the kernel. Small, so that "all written" means "on the line", even on a slow one."""

_UNSPECIFIED = 0x80
"""MQTT 5 §2.4; paho's word for a socket that closed."""

_NO_ENTRY = {0x86, 0x87, 0x8A, 0x8C}
"""MQTT 5 §3.2.2.2: bad user name or password, not authorized, banned, bad authentication method."""


class Listener(Protocol):
    """Told on the event loop, in the order things came off the wire; `ended` comes once, last."""

    def subscribed(self) -> None:
        """The broker has granted every subscription."""

    def heard(self, message: Inbound) -> None:
        """A message came."""

    def acknowledged(self, mid: int, refusal: str | None) -> None:
        """PUBACK came, with its reason if it is a `refusal`; or a QoS 0 message is written."""

    def ended(self, ending: Ending) -> None:
        """The thread has ended."""


class Wire:
    """Made on the event loop and started once. `send`, `ack`, `goodbye` and `cut` never block."""

    def __init__(
        self,
        settings: LinkSettings,
        introduction: Introduction,
        generation: int,
        clock: Clock,
        listener: Listener,
    ) -> None:
        self.last_heard = clock.monotonic()
        self._settings = settings
        self._introduction = introduction
        self._generation = generation
        self._clock = clock
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._verdict: Ending | None = None
        self._is_cut = False
        self._wake_r, self._wake_w = socket.socketpair()
        for end in (self._wake_r, self._wake_w):
            end.settimeout(0)
        self._client = self._make_client()

    def start(self) -> None:
        """Begins to connect."""
        name = f"bus.link[{self._introduction.client_id}]"
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def send(self, out: Outbound) -> int:
        """The packet id its acknowledgement will carry."""
        sent = self._client.publish(
            out.topic, out.payload, qos=out.qos, retain=out.retain, properties=publish_properties(out)
        )
        return sent.mid

    def ack(self, mid: int) -> None:
        """PUBACK."""
        self._client.ack(mid, 1)

    def goodbye(self) -> None:
        """DISCONNECT: the broker sends no will."""
        self._client.disconnect()

    def cut(self) -> None:
        """Ends the thread without a word: the broker sends our will."""
        self._is_cut = True
        with contextlib.suppress(OSError):  # the thread may have closed it a moment ago
            if connected := self._socket:
                connected.shutdown(socket.SHUT_RDWR)

    @property
    def writing(self) -> bool:
        """Whether bytes still wait for the line."""
        return self._client.want_write()

    def _make_client(self) -> Client:
        client = new_client(self._introduction)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.on_disconnect = self._on_disconnect
        client.on_socket_open = self._on_socket_open
        client.on_socket_register_write = self._on_socket_register_write
        return client

    # The network thread.

    def _run(self) -> None:
        try:
            ending = self._connect_and_pump()
        except ssl.SSLCertVerificationError as error:
            ending = Ending(
                f"the broker at {self._where} is not who it should be ({error.verify_message}): "
                "check host and ca_file",
                refused=True,
            )
        except OSError as error:
            ending = Ending(f"cannot reach the broker at {self._where}: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001 - whatever a callback raised must not go unheard
            ending = Ending(f"the link to the broker at {self._where} broke by its own fault: {error!r}")
        self._tell(self._listener.ended, ending)
        for used in (self._socket, self._wake_r, self._wake_w):
            if used:
                used.close()

    def _connect_and_pump(self) -> Ending:
        try:
            self._log_in()
        except (OSError, UnicodeError) as error:
            return Ending(f"cannot read password_file or the TLS files: {error}", refused=True)
        self._client.connect(
            self._settings.host,
            self._settings.port,
            keepalive=self._settings.keepalive_s,
            clean_start=self._introduction.session_expiry_s == 0,
            properties=connect_properties(self._introduction.session_expiry_s),
        )
        self._pump()
        return self._verdict or Ending("cut")

    def _log_in(self) -> None:
        if self._settings.username:
            self._client.username_pw_set(self._settings.username, self._settings.password())
        if context := self._settings.tls():
            self._client.tls_set_context(context)

    def _pump(self) -> None:
        code = MQTTErrorCode.MQTT_ERR_SUCCESS
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_r, selectors.EVENT_READ)
            selector.register(cast("socket.socket", self._socket), selectors.EVENT_READ)
            while code == MQTTErrorCode.MQTT_ERR_SUCCESS and (wire := self._socket) and not self._is_cut:
                code = self._turn(selector, wire)

    def _turn(self, selector: selectors.BaseSelector, wire: socket.socket) -> MQTTErrorCode:
        write = selectors.EVENT_WRITE if self.writing else 0
        selector.modify(wire, selectors.EVENT_READ | write)
        decrypted = isinstance(wire, ssl.SSLSocket) and wire.pending() > 0
        ready = {key.fileobj: events for key, events in selector.select(0 if decrypted else _TICK_S)}
        with contextlib.suppress(BlockingIOError):
            self._wake_r.recv(4096)
        events = ready.get(wire, 0)
        code = MQTTErrorCode.MQTT_ERR_SUCCESS
        if events & selectors.EVENT_READ or decrypted:
            self.last_heard = self._clock.monotonic()
            code = self._client.loop_read()
        if code == MQTTErrorCode.MQTT_ERR_SUCCESS and events & selectors.EVENT_WRITE:
            code = self._client.loop_write()
        return code or self._client.loop_misc()

    def _tell(self, what: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody is left to tell
            self._loop.call_soon_threadsafe(what, *args)

    # paho's callbacks, in the network thread. What they raise ends `_pump`.

    def _on_connect(
        self,
        client: Client,
        _userdata: object,
        _flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            self._verdict = self._refusal(reason)
        elif self._introduction.subscriptions:
            client.subscribe(
                [(topic, SubscribeOptions(qos)) for topic, qos in self._introduction.subscriptions]
            )
        else:
            self._tell(self._listener.subscribed)

    def _on_subscribe(
        self,
        client: Client,
        _userdata: object,
        _mid: int,
        reasons: list[ReasonCode],
        _properties: Properties | None,
    ) -> None:
        for (topic, _), reason in zip(self._introduction.subscriptions, reasons, strict=True):
            if reason.is_failure:
                me = self._introduction.client_id
                self._verdict = Ending(
                    f"the broker at {self._where} refused {me} the topic {topic} ({reason}): check its ACL",
                    refused=True,
                )
                client.disconnect()
                return
        self._tell(self._listener.subscribed)

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self._tell(self._listener.heard, inbound(message, self._generation, self._clock))

    def _on_publish(
        self, _client: Client, _userdata: object, mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self._tell(self._listener.acknowledged, mid, str(reason) if reason.is_failure else None)

    def _on_disconnect(
        self,
        _client: Client,
        _userdata: object,
        _flags: DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        why = "the line broke" if reason.value == _UNSPECIFIED else str(reason)
        self._verdict = self._verdict or Ending(f"lost the broker at {self._where}: {why}")

    def _on_socket_open(self, _client: Client, _userdata: object, opened: object) -> None:
        line = cast("socket.socket", opened)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else Nagle holds small messages 40 ms

    def _on_socket_register_write(self, _client: Client, _userdata: object, _socket: object) -> None:
        with contextlib.suppress(OSError):  # full: awake already; closed: nothing left to write to
            self._wake_w.send(b"\0")

    def _refusal(self, reason: ReasonCode) -> Ending:
        me = self._introduction.client_id
        if reason.value in _NO_ENTRY:
            login = self._settings.username or me
            return Ending(
                f"the broker at {self._where} refused the login of {login}: check username and password_file",
                refused=True,
            )
        return Ending(f"the broker at {self._where} turned {me} away: {reason}")

    @property
    def _socket(self) -> socket.socket | None:
        return cast("socket.socket | None", self._client.socket())

    @property
    def _where(self) -> str:
        return f"{self._settings.host}:{self._settings.port}"
