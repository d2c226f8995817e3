"""What was heard of a running over, chunk by chunk."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages.over import AudioChunk, Caller
from intake.live_over import LiveOver

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
BEGUN = LiveOver("o1", "box-1", "ch-1", AT)


def chunks_of(lengths: list[int]) -> list[AudioChunk]:
    """As a box sends them: pieces without a gap, the last one marked."""
    sent: list[AudioChunk] = []
    for number, length in enumerate(lengths):
        last = number == len(lengths) - 1
        sent.append(AudioChunk(number, sum(lengths[:number]), bytes(2 * length), last=last))
    return sent


def after(chunks: list[AudioChunk]) -> LiveOver:
    """The over when these were heard."""
    over = BEGUN
    for chunk in chunks:
        over = over.heard(chunk)
    return over


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_an_over_without_a_gap_is_its_recording(lengths: list[int]) -> None:
    """All chunks in order are a recording of as many samples, and of no other length."""
    over = after(chunks_of(lengths))
    assert over.is_recording(sum(lengths))
    assert not over.is_recording(sum(lengths) + 1)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=12), st.data())
def test_a_lost_or_doubled_chunk_is_noticed(lengths: list[int], data: st.DataObject) -> None:
    """Whichever chunk is missing or comes twice: the recording counts."""
    chunks = chunks_of(lengths)
    at = data.draw(st.integers(0, len(chunks) - 1))
    twice = data.draw(st.booleans())
    heard = after([*chunks[: at + twice], *chunks[at:][not twice :]])
    assert not heard.is_recording(sum(lengths))


def test_a_recording_that_turned_out_shorter_is_told_by_its_last_chunk() -> None:
    """The box took back what it had sent: what was heard is not the record."""
    over = after([AudioChunk(0, 0, bytes(6400)), AudioChunk(1, 1600, b"", last=True)])
    assert not over.is_recording(1600)
    assert not over.is_recording(3200)


def test_consoles_see_who_speaks_and_how_loud() -> None:
    """The level is that of the last chunk that held sound, in dBFS of its RMS."""
    half = np.full(3200, 16384, "<i2").tobytes()
    over = after([AudioChunk(0, 0, half), AudioChunk(1, 3200, b"")])
    shown = replace(over, caller=Caller(kind="dtmf", id="1234", at_ms=80)).shown("p1")
    assert (shown.caller, shown.unit, shown.done) == ("dtmf:1234", "p1", False)
    assert shown.level_dbfs == pytest.approx(-6.0, abs=0.1)
