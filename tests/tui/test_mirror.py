"""The console's copy of the board."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bus.messages.board import Beat, BoardChange, Tables
from tests.tui.example_board import alarm, snapshot
from tui.mirror import LONGEST, Mirror, NeedSnapshot, apply, catch_up, from_snapshot

AT = datetime(2026, 3, 1, tzinfo=UTC)

changes = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(1, 99), st.booleans()),
    max_size=12,
)


def _change(n: int, key: str, version: int, *, gone: bool, boot: str = "boot-1") -> BoardChange:
    rows = Tables() if gone else Tables(alarms=(alarm(key, version=version),))
    return BoardChange(boot=boot, n=n, at=AT, rows=rows, gone={"alarms": (key,)} if gone else {})


def _numbered(steps: list[tuple[str, int, bool]], start: int) -> list[BoardChange]:
    return [
        _change(start + at, key, version, gone=gone) for at, (key, version, gone) in enumerate(steps, start=1)
    ]


def _followed(mirror: Mirror, messages: list[BoardChange]) -> Mirror:
    for message in messages:
        following = apply(mirror, message)
        assert isinstance(following, Mirror)
        mirror = following
    return mirror


@given(changes)
def test_following_changes_equals_the_centres_own_table(steps: list[tuple[str, int, bool]]) -> None:
    """After every change in order the copy holds what the centre holds."""
    start = from_snapshot(snapshot())
    expected = dict(start.alarms)
    for key, version, gone in steps:
        if gone:
            expected.pop(key, None)
        else:
            expected[key] = alarm(key, version=version)
    assert expected == _followed(start, _numbered(steps, start.n)).alarms


@given(changes, st.data())
def test_changes_that_came_before_the_snapshot_do_no_harm(
    steps: list[tuple[str, int, bool]], data: st.DataObject
) -> None:
    """Whatever part of the stream a snapshot already holds, catching up ends in the same board."""
    start = from_snapshot(snapshot())
    stream = _numbered(steps, start.n)
    taken = data.draw(st.integers(0, len(stream)))
    middle = _followed(start, stream[:taken])
    whole = snapshot(n=middle.n)
    whole = whole.model_copy(
        update={"tables": whole.tables.model_copy(update={"alarms": tuple(middle.alarms.values())})}
    )
    caught = catch_up(whole, stream)
    assert isinstance(caught, Mirror)
    assert _followed(start, stream).alarms == caught.alarms


@given(st.integers(2, 50))
def test_a_missing_change_is_a_gap(jump: int) -> None:
    """One change too far ahead asks for the whole board."""
    start = from_snapshot(snapshot())
    assert apply(start, _change(start.n + jump, "a", 1, gone=False)) == NeedSnapshot("gap")


def test_a_repeated_change_changes_nothing() -> None:
    """QoS 1 may bring a change twice."""
    start = from_snapshot(snapshot())
    once = _followed(start, [_change(start.n + 1, "a", 1, gone=False)])
    assert apply(once, _change(once.n, "a", 9, gone=True)) is once


def test_another_boot_asks_for_the_whole_board() -> None:
    """A restarted centre counts from somewhere else."""
    start = from_snapshot(snapshot())
    beat = Beat(boot="boot-2", n=start.n, at=AT)
    assert apply(start, beat) == NeedSnapshot("restart")
    assert apply(None, beat) == NeedSnapshot("nothing yet")


def test_a_beat_may_overtake_one_change_but_not_twice() -> None:
    """Beats are not queued behind changes, so the first one ahead is no proof of loss; the second is."""
    start = from_snapshot(snapshot())
    ahead = apply(start, Beat(boot=start.boot, n=start.n + 1, at=AT))
    assert isinstance(ahead, Mirror)
    caught = _followed(ahead, [_change(start.n + 1, "a", 1, gone=False)])
    assert isinstance(apply(caught, Beat(boot=start.boot, n=caught.n, at=AT)), Mirror)
    assert apply(ahead, Beat(boot=start.boot, n=start.n + 1, at=AT)) == NeedSnapshot("behind")


def test_an_incident_that_left_can_still_be_named() -> None:
    """Closed incidents are reopened by number."""
    start = from_snapshot(snapshot())
    change = BoardChange(boot=start.boot, n=start.n + 1, at=AT, rows=Tables(), gone={"incidents": ("i1",)})
    after = apply(start, change)
    assert isinstance(after, Mirror)
    assert "i1" not in after.incidents
    assert after.left["i1"].no == 1034


def test_what_only_grows_is_bounded() -> None:
    """A night of overs does not fill the console's memory; the newest stay."""
    over = snapshot().tables.overs[0]
    many = tuple(over.model_copy(update={"id": f"o{n}"}) for n in range(LONGEST["overs"] + 50))
    mirror = from_snapshot(snapshot().model_copy(update={"tables": Tables(overs=many)}))
    assert len(mirror.overs) == LONGEST["overs"]
    assert many[-1].id in mirror.overs
