"""Understanding through sound is scored as it is labelled, and heard once for all."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.site import example_site_path
from intake.speech.transcriber import Transcriber
from intake.understanding.model import Understanding
from tongpin.bench.hearing_understood import Ear, LabelledLine, figures_of, judged, read_labelled
from tongpin.main import app

EXPECT = {
    "intent": "status",
    "type": None,
    "place": None,
    "units": ["P1"],
    "status": "onscene",
    "changes_status": True,
}
REPORT: dict[str, object] = {"intent": "report", "units": [], "status": None, "changes_status": False}
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


@pytest.mark.slow
def test_lines_are_spoken_heard_and_scored(tmp_path: Path) -> None:
    """Two lines are spoken and the noise is left out; what was kept gives the same figures again."""
    pytest.importorskip("hibari")
    rows = [
        {"id": 1, "lang": "en", "text": "Smoke on platform three.", "expect": EXPECT | REPORT},
        {"id": 2, "lang": "en", "text": "Fight at the south exit.", "expect": EXPECT | REPORT},
        {"id": 3, "lang": "en", "text": "thank you for watching", "expect": EXPECT | {"intent": "noise"}},
    ]
    file, kept = tmp_path / "lines.jsonl", tmp_path / "heard.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    command = ["bench", "heard", str(file), "--site", str(example_site_path()), "--snr", "30", "--json"]
    first, again = (CliRunner().invoke(app, [*command, "--keep", str(kept)]) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    figures = json.loads(first.stdout)
    assert (figures["lines"], figures["units"], figures["false_changes"]) == (2, 100.0, 0)
    assert json.loads(again.stdout) == figures
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 2
