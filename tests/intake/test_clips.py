"""Recordings: whole or not there, the same over the same file, and a full disk is said."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from intake.clips import Clips
from intake.errors import ClipMissing, JournalUnwritable

AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def clips(tmp_path: Path) -> Clips:
    """A folder that does not exist yet."""
    return Clips(tmp_path / "recordings")


def test_what_is_kept_is_read_back_under_its_day(clips: Clips) -> None:
    """The day is that of UTC, whatever zone the box thinks in."""
    there = timezone(timedelta(hours=8))
    name = clips.keep("over-1", AT.astimezone(there), b"fLaC")

    assert name == "2026-03-01/over-1.flac"
    assert clips.read(name) == b"fLaC"


def test_keeping_twice_is_keeping_once(clips: Clips) -> None:
    """A recording sent again does not touch the file that is there."""
    name = clips.keep("over-1", AT, b"fLaC")
    written = (clips.folder / name).stat()

    assert clips.keep("over-1", AT, b"fLaC") == name
    assert (clips.folder / name).stat().st_mtime_ns == written.st_mtime_ns
    assert [path.name for path in clips.folder.rglob("*.*")] == ["over-1.flac"]


def test_half_a_file_of_an_earlier_death_is_not_a_recording(clips: Clips) -> None:
    """What a power cut left behind is written anew, and nothing of it stays."""
    name = clips.keep("over-1", AT, b"whole")
    (clips.folder / name).rename((clips.folder / name).with_suffix(".part"))
    (clips.folder / name).with_suffix(".part").write_bytes(b"wh")

    assert clips.read(clips.keep("over-1", AT, b"whole")) == b"whole"
    assert not list(clips.folder.rglob("*.part"))


def test_what_cannot_be_written_is_said_until_it_can(clips: Clips) -> None:
    """`trouble` is one sentence with the file's name, and ends with the next recording that is stored."""
    clips.folder.write_bytes(b"in the way")
    with pytest.raises(JournalUnwritable, match=r"over-1\.flac"):
        clips.keep("over-1", AT, b"fLaC")
    assert clips.trouble

    clips.folder.unlink()
    clips.keep("over-1", AT, b"fLaC")
    assert clips.trouble is None


def test_a_missing_recording_is_named(clips: Clips) -> None:
    """Deleted by hand, or on a disk that is not mounted."""
    with pytest.raises(ClipMissing, match=r"2026-03-01/gone\.flac"):
        clips.read("2026-03-01/gone.flac")


def test_what_nobody_can_read_is_kept_by_its_hash(clips: Clips) -> None:
    """The same bytes are one file."""
    names = {clips.keep_unreadable(b"?"), clips.keep_unreadable(b"?"), clips.keep_unreadable(b"!")}

    assert {clips.read(name) for name in names} == {b"?", b"!"}
