"""The benchmark of a long journal measures what it says; how fast is this machine's affair."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from intake.site import example_site_path, load_site
from tongpin.bench.long_journal import Story
from tongpin.main import app

SITE = load_site(example_site_path())


def story_of(events: int, seed: int) -> Story:
    """Told until there are so many events."""
    story = Story(SITE, seed)
    while story.events < events:
        story.tell()
    return story


@pytest.mark.slow
def test_the_command_prints_one_object() -> None:
    """`tongpin bench journal --json` is for programs; snapshot, chain and damage are as they must be."""
    ran = CliRunner().invoke(app, ["bench", "journal", "--events", "2000", "--json"])
    assert ran.exit_code == 0, ran.output
    figures = json.loads(ran.stdout)
    assert figures["events"] >= 2000
    assert figures["equal"]
    assert figures["chain_holds"]
    assert figures["found"] == figures["changed"]
    assert 0 <= figures["behind"] < figures["events"]


def test_a_seed_tells_one_story() -> None:
    """The same seed, the same events; another, others."""
    one, again, other = (story_of(300, seed).batches for seed in (1, 1, 2))
    assert one == again != other


@pytest.mark.slow
def test_the_story_has_all_that_happens_at_a_centre() -> None:
    """Alarms of every source, proposals that are joined, dismissals, units that come and go by voice."""
    story = story_of(4000, 1)
    kinds = {entry.kind for batch in story.batches for entry in batch.entries}
    wanted = {"alarm.link-proposed", "alarm.linked", "alarm.dismissed", "alarm.annotated", "incident.closed"}
    assert wanted | {"assignment.stepped", "over.transcribed"} <= kinds
    assert {alarm.content.source for alarm in story.state.alarms.values()} == {"panel", "radio", "manual"}


@pytest.mark.slow
def test_what_a_busy_centre_holds_does_not_grow() -> None:
    """Once what is over is put away, a board after eight hours is as large as after four."""
    story = Story(SITE, 1)
    story.state = replace(story.state, policy=replace(story.state.policy, kept=timedelta(hours=1)))
    sizes = []
    for hours in (4, 8):
        while story.hours < hours:
            story.tell()
        held = (story.state.alarms, story.state.incidents, story.state.assignments, story.state.overs)
        sizes.append(sum(map(len, held)))
    assert sizes[1] < 1.3 * sizes[0]
    assert story.events > 10 * sizes[1]
