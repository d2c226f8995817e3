"""Understanding through sound is scored as it is labelled, and heard once for all."""

import json
from pathlib import Path

import pytest

from intake.speech.transcriber import Transcriber
from intake.understanding.model import Understanding
from tongpin.bench.hearing_understood import Ear, LabelledLine, figures_of, judged, read_labelled

EXPECT = {
    "intent": "status",
    "type": None,
    "place": None,
    "units": ["P1"],
    "status": "onscene",
    "changes_status": True,
}
RIGHT = Understanding("status", units=("P1",), status="onscene", changes_status=True)
LINE = LabelledLine("1", "en", "patrol one on scene", EXPECT)


@pytest.mark.parametrize(
    ("found", "wrong", "false_change"),
    [
        (RIGHT, (), False),
        (Understanding("status", units=("P2",), status="onscene", changes_status=True), ("units",), True),
        (Understanding("status", units=("P1",), status="cleared", changes_status=True), ("status",), True),
        (Understanding("report"), ("intent", "units", "status"), False),
    ],
)
def test_a_change_of_another_unit_or_step_is_false(
    found: Understanding, wrong: tuple[str, ...], *, false_change: bool
) -> None:
    """Missing a step costs a field; moving the wrong unit, or to the wrong step, is a false change."""
    result = judged(LINE, 20.0, "heard", found)
    assert (result.wrong, result.false_change) == (wrong, false_change)


def test_figures_are_shares_of_lines() -> None:
    """One of two right is fifty per cent; what was not heard at all is counted."""
    right = judged(LINE, 20.0, "patrol one on scene", RIGHT)
    lost = judged(LINE, 20.0, "", Understanding("noise"))
    figures = figures_of([right, lost])
    assert (figures["lines"], figures["units"], figures["type"], figures["not_heard"]) == (2, 50.0, 100.0, 1)


def test_what_was_heard_is_kept(tmp_path: Path) -> None:
    """A second run reads the file and opens no engine."""
    kept = tmp_path / "heard.jsonl"
    kept.write_text(json.dumps({"key": "en 20 3 patrol one on scene", "heard": "the troll one"}) + "\n")

    def no_engine() -> Transcriber:
        pytest.fail("the engine was opened")

    assert Ear(no_engine, kept).hear(LINE, 20.0, 3) == "the troll one"


def test_labelled_lines_are_read(tmp_path: Path) -> None:
    """Ids of any kind, blank lines and unknown keys are no trouble."""
    file = tmp_path / "lines.jsonl"
    file.write_text(
        json.dumps({"id": 1, "lang": "en", "text": "copy", "expect": EXPECT, "note": ""}) + "\n\n"
    )
    assert [line.text for line in read_labelled(file)] == ["copy"]
