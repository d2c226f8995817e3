"""Between typing and committing, and when to ring."""

import io
import wave
from array import array
from dataclasses import replace

import pytest

from tests.tui.example_board import NOW, alarm, snapshot
from tui.bench import UNDO_S, Bench
from tui.chime import NOTES, wav
from tui.command.model import Command, Question
from tui.mirror import from_snapshot
from tui.tones import LONGEST_MIN, QUIET_S, REPEAT_S, STROKES, Tone, Tones, tone_of
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
    assert (bench.restored, bench.enter()) == ("typed", None)
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


def test_a_tone_repeats_until_claimed_and_quiet_lasts_until_the_next() -> None:
    """Quiet covers the alarms it was asked for, never a later one."""
    tones, first, second = Tones(), alarm("x", priority=2), alarm("y", priority=0)
    assert tones.due([first], 0.0) == "other"
    assert tones.due([first], 1.0) is None
    assert tones.due([first], REPEAT_S) == "other"
    assert tones.hush([first], REPEAT_S)
    assert tones.quiet([first], REPEAT_S) == (60, "")
    assert tones.due([first], 3 * REPEAT_S) is None
    assert tones.due([first, second], 3 * REPEAT_S + 1) == "p0"
    assert tones.quiet([first, second], 3 * REPEAT_S + 1) is None
    assert tones.due([], 4 * REPEAT_S) is None


def test_quiet_ends_by_itself_and_more_of_it_needs_a_reason() -> None:
    """A minute for nothing, once; with a reason as long as was said, and never longer than half an hour."""
    tones, row = Tones(), alarm("x", priority=1)
    assert tones.hush([row], 0.0)
    assert tones.due([row], QUIET_S - 1) is None
    assert tones.due([row], QUIET_S) == "p1"
    assert not tones.hush([row], QUIET_S)
    assert tones.due([row], QUIET_S + REPEAT_S) == "p1"
    tones.hush_for([row], 100.0, 10, "phone")
    assert tones.quiet([row], 160.0) == (540, "phone")
    assert tones.due([row], 699.0) is None
    assert tones.due([row], 700.0) == "p1"
    tones.hush_for([row], 0.0, 10_000, "for ever")
    assert tones.due([row], 60.0 * LONGEST_MIN) == "p1"


@pytest.mark.parametrize(
    ("fields", "tone"),
    [
        ({"priority": 0}, "p0"),
        ({"priority": 1}, "p1"),
        ({"priority": 4}, "other"),
        ({"priority": 0, "source": "system"}, "system"),
        ({"priority": 0, "exercise": "exercise"}, "drill"),
    ],
)
def test_each_class_has_its_own_tone(fields: dict[str, object], tone: Tone) -> None:
    """A drill never sounds like the real thing, and the most urgent class is heard first."""
    assert tone_of(alarm("x", **fields)) == tone
    assert Tones().due([alarm("x", **fields), alarm("z", priority=0)], 0.0) == "p0"


def test_no_two_tones_sound_alike() -> None:
    """Other notes, and the urgent ones last longest; none clips, none begins or ends with a click."""
    assert NOTES.keys() == STROKES.keys()
    assert len(set(NOTES.values())) == len(NOTES)
    for tone in STROKES:
        with wave.open(io.BytesIO(wav(tone))) as file:
            samples = array("h", file.readframes(file.getnframes()))
        assert max(map(abs, samples)) < 0.7 * 32768
        assert max(abs(samples[0]), abs(samples[-1])) < 1500
    seconds = {tone: sum(length for _, length in notes) for tone, notes in NOTES.items()}
    assert max(seconds, key=seconds.__getitem__) == "p0"


def test_ten_silent_seconds_are_not_live() -> None:
    """The picture is believed as long as the centre beats."""
    assert Freshness(SILENT_S - 0.1).live
    assert not Freshness(SILENT_S).live
    assert not Freshness(0.0, "link").live
