"""Every message survives the wire, and every payload that is none is named as such."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime

from bus.clock import to_ms
from bus.errors import MalformedMessage, MessageTooNew
from bus.messages.base import VERSION, Message, Value
from bus.messages.board import Beat, BoardChange, LiveText, Snapshot
from bus.messages.over import AudioChunk, CallerHeard, Over, OverStart, RadioCall
from bus.messages.request import Reply, Request
from bus.messages.signal import PanelSignal
from bus.messages.status import CentreStatus, ChannelState, GatewayHealth, GatewayStatus, Receipt
from bus.messages.transmit import TxInhibit, TxProgress, TxRequest
from bus.messages.verbs import ARGUMENTS

MESSAGES: list[type[Message]] = [
    Beat, BoardChange, CallerHeard, CentreStatus, ChannelState, GatewayHealth, GatewayStatus, LiveText, Over,
    OverStart, PanelSignal, RadioCall, Receipt, Reply, Request, Snapshot, TxInhibit, TxProgress, TxRequest,
]  # fmt: skip

_EXACT = 2**53
"""Whole numbers up to here survive readers whose only number is a double."""

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_MOMENTS = st.integers(0, 4_102_444_800_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC)).map(to_ms)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-_EXACT, _EXACT) | _TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=4,
)


def _any_value(kind: type[Value]) -> st.SearchStrategy[Any]:
    """Instances with every field drawn, the optional ones too; `v` is what this program writes."""
    drawn: dict[str, Any] = dict.fromkeys(kind.model_fields, ...)
    for name, field in kind.model_fields.items():
        if "Any" in str(field.annotation):
            drawn[name] = st.dictionaries(_TEXT, _JSON, max_size=2)
        elif get_origin(field.annotation) is tuple:  # a board of many rows is more than hypothesis will draw
            drawn[name] = st.lists(st.from_type(get_args(field.annotation)[0]), max_size=2).map(tuple)
    if issubclass(kind, Message):
        drawn["v"] = st.just(VERSION)
    return st.builds(kind, **drawn)


def _kinds(root: type[Value]) -> list[type[Value]]:
    return [kind for child in root.__subclasses__() for kind in (child, *_kinds(child))]


@pytest.fixture(scope="module", autouse=True)
def _strategies() -> None:
    """Teaches hypothesis what the fields of messages may hold."""
    st.register_type_strategy(AwareDatetime, _MOMENTS)
    st.register_type_strategy(str, _TEXT)
    st.register_type_strategy(int, st.integers(0, _EXACT))
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
    for kind in _kinds(Value):
        st.register_type_strategy(kind, _any_value)


def _wire(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_every_message_of_the_bus_is_pinned_here() -> None:
    """A message added to the bus is added to this file."""
    ours = {kind for kind in Message.__subclasses__() if kind.__module__.startswith("bus.")}
    assert ours == set(MESSAGES)


@pytest.mark.slow
@pytest.mark.parametrize("kind", MESSAGES)
def test_decode_undoes_encode(kind: type[Message]) -> None:
    """Whatever a message holds comes out of the wire as it went in, and encodes to the same bytes."""

    @settings(max_examples=25)
    @given(st.from_type(kind))
    def holds(message: Message) -> None:
        decoded = kind.decode(message.encode())
        assert decoded == message
        assert decoded.encode() == message.encode()

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("kind", MESSAGES)
def test_unknown_fields_are_ignored(kind: type[Message]) -> None:
    """A field that a later writer added does not trouble an earlier reader."""

    @settings(max_examples=10)
    @given(st.from_type(kind), _JSON)
    def holds(message: Message, news: object) -> None:
        fields = json.loads(message.encode()) | {"a_later_field": news}
        assert kind.decode(_wire(**fields)) == message

    holds()


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_later_version_is_too_new(kind: type[Message]) -> None:
    """A higher `v` is told from nonsense before anything else is read."""
    with pytest.raises(MessageTooNew, match=f"{kind.__name__} has version {VERSION + 1}"):
        kind.decode(_wire(v=VERSION + 1))


@pytest.mark.slow
@pytest.mark.parametrize("kind", MESSAGES)
def test_no_bytes_break_a_reader(kind: type[Message]) -> None:
    """Any bytes at all are a message, too new, or malformed; never another error."""

    @given(st.binary(max_size=40) | _JSON.map(lambda value: json.dumps(value).encode()))
    def holds(payload: bytes) -> None:
        try:
            kind.decode(payload)
        except (MalformedMessage, MessageTooNew):
            return

    holds()


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "Receipt: ids: Field required"),
        (b'{"ids": "a"}', "Receipt: ids: Input should be a valid array"),
        (b'{"ids": [], "v": "two"}', "Receipt: v: Input should be a valid integer"),
    ],
)
def test_malformed_payloads_say_what_is_wrong(payload: bytes, sentence: str) -> None:
    """The error names the message, the field and the fault."""
    with pytest.raises(MalformedMessage, match=sentence):
        Receipt.decode(payload)


def test_a_time_without_a_zone_is_refused() -> None:
    """A naive time could mean anywhere."""
    with pytest.raises(MalformedMessage, match=r"Beat: at: .*timezone"):
        Beat.decode(_wire(boot="b", n=1, at="2026-03-01T14:03:22.120"))


def test_times_travel_in_utc_with_milliseconds() -> None:
    """Any zone in, one form out."""
    shanghai = timezone(timedelta(hours=8))
    beat = Beat(boot="b", n=1, at=datetime(2026, 3, 1, 22, 3, 22, 120_999, shanghai))
    assert json.loads(beat.encode())["at"] == "2026-03-01T14:03:22.120Z"


def test_every_verb_has_its_arguments() -> None:
    """Verbs are topic levels; the model of each is frozen."""
    for verb, model in ARGUMENTS.items():
        assert verb == verb.lower()
        assert model.model_config["frozen"] is True


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.binary(max_size=64), st.booleans())
def test_audio_chunks_survive_the_wire(sequence: int, offset: int, pcm: bytes, last: bool) -> None:  # noqa: FBT001 (drawn)
    """Sixteen bytes of header, then the PCM as it was."""
    chunk = AudioChunk(sequence, offset, pcm, last=last)
    assert len(chunk.encode()) == 16 + len(pcm)
    assert AudioChunk.decode(chunk.encode()) == chunk


@given(st.binary(max_size=40))
def test_what_is_no_audio_chunk_is_malformed(payload: bytes) -> None:
    """Short, or of another version: refused; else the PCM is what follows the header."""
    if len(payload) >= 16 and payload[0] == 1:
        assert AudioChunk.decode(payload).pcm == payload[16:]
    else:
        with pytest.raises(MalformedMessage):
            AudioChunk.decode(payload)
