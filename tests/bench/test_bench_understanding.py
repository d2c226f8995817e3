"""The understanding benchmark measures what it says; what it finds is this machine's affair."""

import json
import subprocess
import sys

import pytest

from intake.comprehension import Comprehension
from intake.site import example_site_path, load_site
from tongpin.bench.understanding import utterances

SITE = load_site(example_site_path())


def test_its_utterances_are_understood() -> None:
    """It times real work: nearly every line names a unit, a place or a type of the site."""
    known = Comprehension(SITE)
    lines = list(utterances(SITE, "en", 60))
    found = [known.spoken(line, "en") for line in lines]
    assert sum(bool(one.units or one.place or one.type) for one in found) > 55
    assert lines == list(utterances(SITE, "en", 60))


@pytest.mark.slow
def test_each_language_has_its_figures() -> None:
    """`tongpin bench understanding --json` is one JSON object a language."""
    command = [sys.executable, "-m", "tongpin", "bench", "understanding", "--json", "--count", "30"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [row["lang"] for row in rows] == ["en", "zh"]
    assert all(row["utterances_per_second"] > 0 and row["utterance_ms"]["p99"] > 0 for row in rows)
