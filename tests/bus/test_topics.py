"""Topics say where they belong, and read back as they were built."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.errors import MalformedMessage
from bus.topics import Topics, is_id

IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


@given(IDS, IDS, IDS, IDS)
def test_a_box_s_topics_lie_under_its_own_branch(site: str, box: str, channel: str, over: str) -> None:
    """One access rule a box is enough: everything it says starts with its own base."""
    topics = Topics(site)
    mine = topics.gateway(box)
    said = [
        mine.status, mine.health, mine.signal, mine.receipt, mine.channel_state(channel),
        mine.over_start(channel, over), mine.over_audio(channel, over), mine.over_recording(channel, over),
        mine.over_caller(channel, over), mine.radio_call(channel),
    ]  # fmt: skip
    assert len(set(said)) == len(said)
    assert all(topic.startswith(f"tongpin/v1/{site}/gw/{box}/") for topic in said)


@given(IDS, IDS, IDS, IDS)
def test_levels_undo_the_topic(site: str, box: str, channel: str, over: str) -> None:
    """The reader gets back exactly the ids the writer put in."""
    topics = Topics(site)
    topic = topics.gateway(box).over_recording(channel, over)
    assert topics.levels(topic) == ["gw", box, "ch", channel, "rx", over, "recording"]
    assert topics.levels(topics.request(box)) == ["centre", "request", box]


@given(IDS, IDS)
def test_another_site_s_topic_is_refused(site: str, other: str) -> None:
    """Even when one site's id begins with the other's."""
    topic = Topics(f"{site}{other}").gateway("box").signal
    with pytest.raises(MalformedMessage, match="is not of site"):
        Topics(site).levels(topic)


def test_the_contract_s_topics() -> None:
    """The names other people's programs rely on, letter by letter."""
    topics = Topics("north")
    assert topics.gateway("+").signal == "tongpin/v1/north/gw/+/signal"
    assert topics.centre_status == "tongpin/v1/north/centre/status"
    assert topics.report == "tongpin/v1/north/centre/report"
    assert topics.request("claim") == "tongpin/v1/north/centre/request/claim"
    assert topics.reply("desk-1") == "tongpin/v1/north/console/desk-1/reply"
    assert topics.board == "tongpin/v1/north/centre/board/change"
    assert topics.beat == "tongpin/v1/north/centre/board/beat"
    assert topics.live("o1") == "tongpin/v1/north/centre/live/o1"


@given(IDS)
def test_ids_are_ids(name: str) -> None:
    """Whatever the pattern makes is accepted."""
    assert is_id(name)


@pytest.mark.parametrize("name", ["", "-a", "A", "a/b", "a+", "#", "a b", "é", "a\n", "a" * 64])
def test_what_could_break_a_topic_is_no_id(name: str) -> None:
    """No wildcard, separator, capital, space or newline, and no more than 63 letters."""
    assert not is_id(name)
