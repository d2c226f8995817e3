"""What a line said, kept in a file and read back."""

from pathlib import Path

import pytest

from hardware.errors import UnreadableCaptureError
from hardware.line_capture import CaptureWriter, Heard, read_capture


def test_a_capture_is_read_back_as_it_was_heard(tmp_path: Path) -> None:
    """Any bytes, in order, with their times from the start; also what was appended later."""
    path = tmp_path / "line.capture"
    for data in (b"\x00\xff", b"5011"):
        with path.open("a", encoding="utf-8") as file:
            CaptureWriter(file, began=100.0).write(data, at=101.5)
    assert list(read_capture(path)) == [Heard(1.5, b"\x00\xff"), Heard(1.5, b"5011")]


def test_what_write_returned_from_is_in_the_file(tmp_path: Path) -> None:
    """It may be answered: another process reads it already."""
    path = tmp_path / "line.capture"
    with path.open("a", encoding="utf-8") as file:
        CaptureWriter(file, began=0.0).write(b"\x06", at=2.0)
        assert path.read_text(encoding="utf-8") == '{"at": 2.0, "hex": "06"}\n'


@pytest.mark.parametrize(
    "line",
    [
        "5011 18",
        '{"at": 1}',
        '{"at": 1, "hex": "zz"}',
        '{"at": "soon", "hex": "06"}',
        "[1]",
        '{"at": -1, "hex": ""}',
    ],
)
def test_a_bad_reading_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    """One sentence says where the file is wrong and what a reading looks like."""
    path = tmp_path / "line.capture"
    path.write_text(f'{{"at": 0.5, "hex": "06"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(UnreadableCaptureError, match=r"line\.capture, line 2 is no reading like"):
        list(read_capture(path))


def test_a_capture_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """No traceback for a mistyped name."""
    with pytest.raises(UnreadableCaptureError, match="cannot be read"):
        list(read_capture(tmp_path / "none.capture"))
