"""Finding overs: words in two languages, and an index that may be lost and never stops the centre."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages.verbs import Find
from intake.dispatch.events import event_to_json
from intake.errors import SearchUnavailable
from intake.finding.finder import Finder, index_beside, names_of_unit
from intake.finding.index import OverIndex
from intake.finding.words import as_asked, as_indexed
from intake.journal import Batch, Entry, Journal, StoredEntry
from intake.journal_reader import JournalReader, Mark
from tests.support.dispatch_board import START, Board

SAID = {
    "o1": "旅客报称红色外套男子抢包往南出站口跑",
    "o2": "man in a red jacket running to the south exit",
    "o3": "patrol two en route café",
    "o4": "二号站台有人晕倒",
}


def busy() -> Board:
    """Four overs with words, a minute apart, and one without."""
    board = Board()
    for text in SAID.values():
        board.say(text, units=("P2",) if "two" in text else (), callers=("1001",) if "红" in text else ())
        board.wait(60)
    board.say("", gated="no_speech", callers=("1A2B",))
    return board


def stored(board: Board) -> list[StoredEntry]:
    """The board's events as the journal gives them."""
    return [
        StoredEntry(seq, event.at, event.kind, event_to_json(event))
        for seq, event in enumerate(board.events, 1)
    ]


@pytest.fixture
def index() -> OverIndex:
    """Of the busy board, in memory."""
    made = OverIndex()
    made.add(stored(busy()), Mark(99, b"x"))
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("红", ["o1"]),
        ("外套", ["o1"]),
        ("红色外套", ["o1"]),
        ("南出站口 抢包", ["o1"]),
        ("色红", []),
        ("红色 外套 jacket", []),
        ("red jacket", ["o2"]),
        ("JACK", ["o2"]),
        ("jacket red", ["o2"]),
        ('"jacket red"', []),
        ('"red jacket"', ["o2"]),
        ("cafe", ["o3"]),
        ("有人", ["o4"]),
        ("OR", []),
        ('" * ( NEAR', []),
        ("***", ["o5", "o4", "o3", "o2", "o1"]),
        ("", ["o5", "o4", "o3", "o2", "o1"]),
    ],
)
def test_words_are_found_in_chinese_and_english(index: OverIndex, words: str, found: list[str]) -> None:
    """One character up, beginnings of words, phrases; what FTS takes for operators is only text."""
    assert index.find(Find(words=words)) == found


@given(st.text())
def test_whatever_is_typed_is_no_syntax_error(text: str) -> None:
    """The expression is always one FTS5 takes."""
    asked = as_asked(text)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE said USING fts5 (text)")
    if asked:
        db.execute("SELECT * FROM said WHERE said MATCH ?", (asked,))
    db.close()


@given(st.text(alphabet="红色外套南口", min_size=1, max_size=12), st.data())
def test_every_run_of_characters_is_found(text: str, data: st.DataObject) -> None:
    """Any part of a Chinese sentence finds the sentence."""
    begin = data.draw(st.integers(0, len(text) - 1))
    part = text[begin : data.draw(st.integers(begin + 1, len(text)))]
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE said USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO said VALUES (?)", (as_indexed(text),))
    assert db.execute("SELECT count(*) FROM said WHERE said MATCH ?", (as_asked(part),)).fetchone() == (1,)
    db.close()


def test_time_unit_and_gate_narrow_the_search(index: OverIndex) -> None:
    """`since` is within, `until` is not; a unit is found by its words, its id and its radio."""
    minute = timedelta(minutes=1)
    within = Find(since=START + minute, until=START + 3 * minute)
    assert index.find(within) == ["o3", "o2"]
    assert index.find(Find(gated=True)) == ["o5"]
    assert index.find(Find(gated=False, words="red")) == ["o2"]
    state = busy().state
    assert index.find(Find(unit="P2"), names_of_unit("P2", state)) == ["o3"]
    assert index.find(Find(unit="P1"), names_of_unit("P1", state)) == ["o1"]
    assert index.find(Find(unit="P9"), names_of_unit("P9", state)) == []
    assert index.find(Find(limit=2)) == ["o5", "o4", "o3"]
    assert index.find(Find(limit=2, skip=3)) == ["o2", "o1"]


def test_further_pages_are_of_what_was_found_first(index: OverIndex) -> None:
    """However many come meanwhile; how many there are is said of the first."""
    ids, count, upto = index.first(Find(limit=2))
    assert (ids, count) == (["o5", "o4", "o3"], 5)
    board = busy()
    before = len(board.events)
    board.say("red again")
    index.add([one for one in stored(board) if one.seq > before], Mark(200, b"y"))
    assert index.first(Find(limit=1))[:2] == (["o6", "o5"], 6)
    assert index.find(Find(limit=2, skip=2, upto=upto)) == ["o3", "o2", "o1"]
    assert index.first(Find(words="red"))[1] == 2
    assert index.first(Find(words="red", gated=False, unit="P2"), ("P2",))[1] == 0


async def fill(journal: Journal, entries: list[StoredEntry], cause: str) -> None:
    """Commit them."""
    batch = Batch(cause, tuple(Entry(each.at, each.kind, each.body) for each in entries))
    await journal.append([batch])


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    """A journal with the busy board's events."""
    made = await Journal.open(tmp_path / "journal.db")
    await fill(made, stored(busy()), "all")
    yield made
    await made.close()


def followed(journal: Path) -> list[str]:
    """What an index beside the journal finds once it is up with it."""
    index = OverIndex(index_beside(journal))
    with JournalReader(journal) as reader:
        while index.follow(reader):
            continue
    found = index.find(Find())
    index.close()
    return found


async def test_an_index_that_is_missing_or_damaged_is_built_again(journal: Journal) -> None:
    """Deleted, or overwritten with garbage, it comes back from the journal."""
    path = index_beside(journal.path)
    everything = followed(journal.path)
    assert len(everything) == 5
    path.unlink()
    assert followed(journal.path) == everything
    path.write_bytes(b"garbage" * 1000)
    assert followed(journal.path) == everything


async def test_an_index_of_another_journal_begins_again(journal: Journal, tmp_path: Path) -> None:
    """A journal restored from its backup is not searched with the lost one's words."""
    followed(journal.path)
    other = await Journal.open(tmp_path / "other" / "journal.db")
    board = Board()
    board.say("another day")
    await fill(other, stored(board), "other")
    index_beside(journal.path).rename(index_beside(other.path))
    assert followed(other.path) == ["o1"]
    await other.close()


async def test_a_search_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    """Where the index should be is a folder: searching says so, and nothing else is touched."""
    journal = tmp_path / "journal.db"
    other = await Journal.open(tmp_path / "other.db")
    index_beside(journal).mkdir()
    with pytest.raises(SearchUnavailable, match="cannot be opened"):
        OverIndex(index_beside(journal))
    with pytest.raises(SearchUnavailable, match="being built"):
        await Finder(journal).find(Find(), Board().state, other)
    await other.close()
