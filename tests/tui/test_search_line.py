"""What is typed to find overs, in either language."""

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages.verbs import Find
from tests.tui.example_board import NOW, snapshot
from tui.command.model import Unclear
from tui.command.search import search_for
from tui.mirror import from_snapshot
from tui.view.sight import Sight
from tui.words import Words

SIGHT = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("en"), me="zhang")


@pytest.fixture(autouse=True)
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is three minutes past ten in the evening there."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, UTC."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("", Find()),
        ("red jacket", Find(words="red jacket")),
        ('"red jacket" unit:p1', Find(words='"red jacket"', unit="P1")),
        ("红色外套 单位:巡逻1 地点:候车厅", Find(words="红色外套", unit="P1", place="waiting-hall-a")),
        ('place:"hall a" bag', Find(words="bag", place="waiting-hall-a")),
        ("from:20:00 to:21:30", Find(since=at(1, 12), until=at(1, 13, 30))),
        ("from:23:00", Find(since=datetime(2026, 2, 28, 15, tzinfo=UTC))),
        ("从:2h", Find(since=datetime(2026, 3, 1, 12, 3, 22, tzinfo=UTC))),
        ("on:2026-03-01", Find(since=datetime(2026, 2, 28, 16, tzinfo=UTC), until=at(1, 16))),
        ("日期:今天", Find(since=datetime(2026, 2, 28, 16, tzinfo=UTC), until=at(1, 16))),
        ("from:2026-03-01T08:00", Find(since=at(1, 0))),
        ("u:p1 on:t", Find(unit="P1", since=datetime(2026, 2, 28, 16, tzinfo=UTC), until=at(1, 16))),
        ("only:gated", Find(gated=True)),
        ("只看:有话音 ch:main", Find(gated=False, channel="main")),
        ("http://x", Find(words="http://x")),
    ],
)  # fmt: skip
def test_a_line_is_a_search(line: str, asked: Find) -> None:
    """Words stay words; fields are read where the console stands, in its time."""
    assert search_for(line, SIGHT) == asked


@pytest.mark.parametrize(
    "line", ["unit:p99", "place:moon", "from:soon", "to:25:00", "on:2026-13-1", "only:x"]
)
def test_what_a_field_cannot_mean_is_asked_back(line: str) -> None:
    """Nobody searches for something else than they typed."""
    with pytest.raises(Unclear):
        search_for(line, SIGHT)


@given(st.text())
def test_any_line_is_a_search_or_a_question(line: str) -> None:
    """Whatever is typed, the console goes on."""
    with contextlib.suppress(Unclear):
        assert isinstance(search_for(line, SIGHT), Find)
