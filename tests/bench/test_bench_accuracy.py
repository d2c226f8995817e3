"""`tongpin bench accuracy`: what the road from the air to the queue costs in words."""

import json

import pytest
from typer.testing import CliRunner

from tongpin.bench.accuracy import Said, figures, sentences
from tongpin.bench.accuracy_road import HeardOver
from tongpin.main import app


def said(alone: str, *overs: HeardOver, snr_db: float = 20.0) -> Said:
    """Four words on the air, and what became of them."""
    return Said("post two all quiet", snr_db, alone, overs)


def over(text: str, gated: str | None = None) -> HeardOver:
    """One second of a channel."""
    return HeardOver(0, 16_000, text, gated)


def test_the_figures_count_what_each_way_got_wrong() -> None:
    """One word of eight against three of eight; a lost first word, a cut and a gate are each counted."""
    heard = [
        said("post two all quiet", over("host two"), over("all quiet")),
        said("post two is quiet", over("post two"), over("la la la", "loop")),
    ]
    row, everything = figures(heard)
    assert (row["words"], row["alone"], row["road"], row["ratio"]) == (8, 0.125, 0.375, 3.0)
    assert (row["first_lost"], row["first_won"], row["cut_in_two"], row["not_heard"]) == (1, 0, 2, 0)
    assert row["gated"] == 1
    assert everything == row | {"snr_db": None}


def test_rows_stand_by_reception_from_good_to_poor() -> None:
    """Each signal-to-noise ratio has a row of its own; a transmission without an over was not heard."""
    rows = figures([said("post", snr_db=10.0), said("post two all quiet", over("post"), snr_db=30.0)])
    assert [row["snr_db"] for row in rows] == [30.0, 10.0, None]
    assert [row["not_heard"] for row in rows] == [0, 1, 1]
    assert rows[0]["ratio"] is None  # nothing to be worse than


def test_a_word_nobody_said_before_the_first_does_not_lose_it() -> None:
    """The first word counts as heard behind an invented one, and as lost when it became another."""
    row, _ = figures([said("uh post two all quiet", over("past two all quiet"))])
    assert row["first_lost"] == 1
    row, _ = figures([said("past two all quiet", over("uh post two all quiet"))])
    assert row["first_won"] == 1


def test_there_are_sixty_sentences_or_more_and_none_twice() -> None:
    """Enough words for a figure to mean something, all of them readable by an English voice."""
    assert len(set(sentences())) == len(sentences()) >= 60
    assert all(sentence.isascii() and sentence.endswith(".") for sentence in sentences())


@pytest.mark.slow
def test_the_road_hears_what_the_engine_hears() -> None:
    """Real voices, radio, squelch and engine: nothing is cut in two, missed or gated at good reception."""
    ran = CliRunner().invoke(
        app, ["bench", "accuracy", "--engine", "moonshine", "--sentences", "2", "--json"]
    )
    assert ran.exit_code == 0, ran.output
    good, usual, poor, everything = map(json.loads, ran.stdout.splitlines())
    assert [row["snr_db"] for row in (good, usual, poor, everything)] == [30.0, 20.0, 10.0, None]
    for row in (good, usual):
        assert (row["cut_in_two"], row["not_heard"], row["gated"]) == (0, 0, 0)
        assert row["road"] < 0.25
