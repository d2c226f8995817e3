"""`tongpin report`: the journal's figures as tables, JSON, CSV and a page."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from intake.errors import JournalUnreadable
from intake.site import example_site_path
from tests.support.busy_day import BusyDay, stored
from tongpin.main import app
from tongpin.report.scales import ticks
from tongpin.report.spans import span
from tongpin.words import catalogue

SITE = ("--site", str(example_site_path()))


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day with sixty alarms."""
    return stored(BusyDay(60).run(), tmp_path_factory.mktemp("day") / "journal.db")


def printed(journal: Path, *args: str) -> str:
    """What the command says on stdout."""
    done = CliRunner().invoke(app, ["report", "--journal", str(journal), *args])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_tables_are_printed_in_both_languages(journal: Path) -> None:
    """Every table has its title, and teams, categories and standards their names."""
    english, chinese = printed(journal, *SITE), printed(journal, *SITE, "--lang", "zh")
    for said in ("NENA-STA-020.1", "By hour of the day", "Hall team", "public order", "0 – 30 s"):
        assert said in english
    for said in ("NENA-STA-020.1", "按时段", "候车厅组", "治安", "110 通报分段"):
        assert said in chinese


def test_json_holds_every_figure_and_the_marks_it_comes_from(journal: Path) -> None:
    """Counting the marks again gives the counts."""
    told = json.loads(printed(journal, "--json"))
    assert told["counts"]["alarms"] == 60
    objects = [one["object"] for one in told["marks"]]
    counts = told["counts"]
    assert [objects.count(kind) for kind in ("alarm", "incident", "order")] == [
        counts["alarms"],
        counts["incidents"],
        counts["orders"],
    ]
    answer = told["intervals"]["answer"]
    assert answer["n"] + answer["inferred"] == 60
    assert {one["standard"] for one in told["targets"]} >= {"NENA-STA-020.1", "China 110"}


def test_csv_has_one_line_an_object(journal: Path) -> None:
    """As many as in the JSON, with the same times."""
    rows = list(csv.DictReader(io.StringIO(printed(journal, "--csv"))))
    marks = json.loads(printed(journal, "--json"))["marks"]
    assert [(row["id"], row["t1"]) for row in rows] == [
        (one["id"], one["times"].get("t1", "")) for one in marks
    ]


def test_a_period_is_local_time(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that ends before the first alarm holds nothing, and says so."""
    monkeypatch.setenv("TZ", "UTC")
    assert "No alarm, incident or order" in printed(journal, "--to", "2026-03-01")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_stands_alone(journal: Path, tmp_path: Path, lang: str) -> None:
    """Nothing is fetched from anywhere, and every drawing is well-formed."""
    page = tmp_path / "page.html"
    assert printed(journal, *SITE, "--lang", lang, "--html", str(page)) == ""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=|url\(|@import|<script""", text)
    drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(drawings) == 10
    for drawing in drawings:
        ET.fromstring(drawing)  # noqa: S314 - our own drawing


def test_an_empty_journal_makes_a_page_too(journal: Path, tmp_path: Path) -> None:
    """A night without an alarm is a page of dashes, never an error."""
    page = tmp_path / "page.html"
    printed(journal, "--from", "2100-01-01", "--html", str(page))
    assert "–" in page.read_text(encoding="utf-8")


def test_what_cannot_be_done_is_said(journal: Path, tmp_path: Path) -> None:
    """No journal, no folder for the page, two forms at once."""
    missing = CliRunner().invoke(app, ["report", "--journal", str(tmp_path / "none.db")])
    assert isinstance(missing.exception, JournalUnreadable)
    nowhere = str(tmp_path / "no" / "page.html")
    done = CliRunner().invoke(app, ["report", "--journal", str(journal), "--html", nowhere])
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
    assert CliRunner().invoke(app, ["report", "--journal", str(journal), "--json", "--csv"]).exit_code == 2


def test_both_languages_say_the_same_things() -> None:
    """A key in one catalogue is in the other, with the same places to fill."""
    english, chinese = catalogue("en"), catalogue("zh")
    assert english.keys() == chinese.keys()
    places = re.compile(r"\{(\w+)")
    for key, text in english.items():
        assert set(places.findall(text)) == set(places.findall(chinese[key])), key


def test_lengths_of_time_read_as_people_say_them() -> None:
    """Tenths below ten seconds, then seconds, minutes, hours."""
    assert [span(each) for each in (None, 4.24, 37.4, 59.7, 307, 3723)] == [
        "–",
        "4.2 s",
        "37 s",
        "1:00",
        "5:07",
        "1:02:03",
    ]


@pytest.mark.parametrize(
    ("largest", "steps"),
    [(0, (0, 1)), (3, (0, 1, 2, 3)), (26, (0, 10, 20, 30)), (400, (0, 100, 200, 300, 400))],
)
def test_scales_are_round(largest: int, steps: tuple[int, ...]) -> None:
    """Few numbers, and none of them odd."""
    assert ticks(largest) == steps
