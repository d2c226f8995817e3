"""The whole site on one machine, for real: nothing lost, nothing doubled, figures on stdout."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tongpin.main import app

FIGURES = {
    "frames_sent",
    "frames_acked",
    "alarms_queued",
    "alarms_lost",
    "alarms_duplicated",
    "overs_sent",
    "overs_transcribed",
    "incidents",
    "assignments",
    "panel_to_board_ms",
    "over_end_to_text_ms",
    "word_error_rate",
    "speech",
    "journal_ok",
}


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_short_headless_demo_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Frames, overs, a scripted dispatcher and answering officers leave every frame once in the journal."""
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "tongpin",
            "demo",
            "--headless",
            "--for",
            "15",
            "--json",
            "--keep",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )

    assert told.returncode == 0, told.stderr
    figures = json.loads(told.stdout.splitlines()[-1])
    assert set(figures) == FIGURES
    assert (figures["alarms_lost"], figures["alarms_duplicated"]) == (0, 0)
    assert figures["journal_ok"] is True
    assert figures["frames_acked"] == figures["frames_sent"] > 5
    assert figures["overs_transcribed"] >= 2
    assert figures["assignments"] >= 1
    assert figures["speech"]["engine"] in {"moonshine", "vosk"}
    journal = str(tmp_path / "journal.db")
    counts = said("report", "--journal", journal)["counts"]
    assert counts["alarms"] + counts["system"] + counts["set_aside"] == figures["alarms_queued"]
    assert (counts["incidents"], counts["orders"]) == (figures["incidents"], figures["assignments"])
    board = said("replay", journal, "--at", "2100-01-01")["tables"]
    assert len(board["assignments"]) == figures["assignments"]
    assert said("simulate", "policy", "--journal", journal)["calls"] == figures["incidents"]


def said(*command: str) -> dict[str, Any]:
    """What one of the tools that read a journal from outside makes of the demo's."""
    told = CliRunner().invoke(app, [*command, "--json"])
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.stdout)
    return found
