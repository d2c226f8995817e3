"""Between typing and committing, and when to ring."""

from dataclasses import replace

from tests.tui.example_board import NOW, alarm, snapshot
from tui.bench import UNDO_S, Bench
from tui.command.model import Command, Question
from tui.mirror import from_snapshot
from tui.tones import REPEAT_S, Tones
from tui.view.header import SILENT_S, Freshness
from tui.view.sight import Sight
from tui.words import Words

SIGHT = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("en"), me="zhang")


def _changed() -> Sight:
    rows = {**SIGHT.mirror.alarms, "a1": alarm("a1", version=2)}
    return replace(SIGHT, mirror=replace(SIGHT.mirror, alarms=rows))


def test_enter_commits_what_was_read() -> None:
    """An unchanged board needs one Enter."""
    bench = Bench()
    bench.type("claim", SIGHT, "alarm:a1", 0.0)
    bench.look(SIGHT, "alarm:a1", 1.0)
    assert isinstance(bench.enter(), Command)


def test_a_row_that_changed_must_be_read_again() -> None:
    """The first Enter after a change only shows the new sentence."""
    bench = Bench()
    bench.type("claim", SIGHT, "alarm:a1", 0.0)
    bench.look(_changed(), "alarm:a1", 1.0)
    assert bench.enter() is None
    assert bench.enter() is not None


def test_a_row_that_left_turns_the_command_into_a_question() -> None:
    """Nothing can be committed on what is not there."""
    bench = Bench()
    bench.type("claim", SIGHT, "alarm:a1", 0.0)
    bench.look(SIGHT, None, 1.0)
    assert isinstance(bench.meaning, Question)
    assert bench.enter() is None


def test_what_is_asked_once_more_needs_a_yes_and_not_a_second_enter() -> None:
    """Enter asks, however often; only agreeing commits, and never what was not asked about."""
    bench = Bench()
    bench.type("dismiss . test", SIGHT, "alarm:a1", 0.0)
    assert bench.agree() is None
    assert (bench.enter(), bench.enter()) == (None, None)
    assert bench.agree() is not None
    bench.type("dismiss . tes", SIGHT, "alarm:a1", 0.0)
    assert bench.agree() is None


def test_a_line_put_back_is_read_before_it_is_committed() -> None:
    """The first Enter only takes the mark away."""
    bench = Bench()
    bench.restore("claim", SIGHT, "alarm:a1", 0.0)
    assert (bench.restored, bench.enter()) == (True, None)
    assert isinstance(bench.enter(), Command)


def test_undo_is_offered_for_ten_seconds() -> None:
    """The countdown starts at 10 and ends with the offer."""
    bench = Bench()
    bench.type("claim", SIGHT, "alarm:a1", 0.0)
    command = bench.enter()
    assert command is not None
    bench.did(command, 100.0)
    assert bench.undoable(100.0) == (command.says, 10)
    assert bench.undoable(100.0 + UNDO_S) is None


def test_ringing_repeats_until_claimed_and_hushing_lasts_until_the_next() -> None:
    """Silence covers the alarms it was asked for, never a later one."""
    tones, first, second = Tones(), alarm("x", priority=2), alarm("y", priority=0)
    assert tones.rings([first], 0.0) == 1
    assert tones.rings([first], 1.0) == 0
    assert tones.rings([first], REPEAT_S) == 1
    tones.hush([first])
    assert tones.hushed([first])
    assert tones.rings([first], 3 * REPEAT_S) == 0
    assert tones.rings([first, second], 3 * REPEAT_S + 1) == 3
    assert tones.rings([], 4 * REPEAT_S) == 0


def test_ten_silent_seconds_are_not_live() -> None:
    """The picture is believed as long as the centre beats."""
    assert Freshness(SILENT_S - 0.1).live
    assert not Freshness(SILENT_S).live
    assert not Freshness(0.0, "link").live
