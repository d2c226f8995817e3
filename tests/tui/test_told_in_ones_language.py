"""What is known in both languages is told in the operator's, wherever it is told."""

from dataclasses import replace

import pytest

from bus.messages.board import TimelineRow
from bus.messages.verbs import Close, Resolve
from tests.tui.example_board import NOW, snapshot
from tui.advice import Candidate, Ground
from tui.command.model import Command
from tui.command.parse import parse
from tui.mirror import from_snapshot
from tui.plain.lines import board_lines
from tui.view.advised import why
from tui.view.detail import fact_lines
from tui.view.queue import queue_lines
from tui.view.roster import roster_lines
from tui.view.sight import Sight
from tui.view.timeline import sentence
from tui.words import Language, Words


def _everywhere(language: Language, summary_zh: str) -> list[str]:
    """All the words of the queue, of the detail, and of the console in plain lines."""
    look = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")
    incident = look.mirror.incidents["i2"].model_copy(
        update={"summary": "heat detector", "summary_zh": summary_zh}
    )
    incidents = {**look.mirror.incidents, "i2": incident}
    look = replace(look, mirror=replace(look.mirror, incidents=incidents, alarms={}))
    return [
        "".join(line.text for line in queue_lines(look, 200)),
        "".join(line.text for line in fact_lines(look, "incident:i2", 80)),
        "".join(told.text for told in board_lines(look)),
    ]


@pytest.mark.parametrize(
    ("language", "summary_zh", "told"),
    [("zh", "感温探测器", "感温探测器"), ("en", "感温探测器", "heat detector"), ("zh", "", "heat detector")],
)
def test_the_words_are_in_the_operators_language_where_both_are_known(
    language: Language, summary_zh: str, told: str
) -> None:
    """What an operator wrote is shown as it was written."""
    for shown in _everywhere(language, summary_zh):
        assert told in shown
        assert ("heat detector" in shown) is (told == "heat detector")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("close 1035 走失已找到", "已处置"),
        ("close 1035 no-dispatch 已回家", "未派警"),
        ("resolve 1034 no-arrival 无人", "未到场"),
    ],
)
def test_how_it_ended_is_told_in_chinese_too(line: str, said: str) -> None:
    """Before Enter, and afterwards in its detail and its history."""
    look = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("zh"), me="zhang")
    meaning = parse(line, look, None)
    assert isinstance(meaning, Command)
    assert said in meaning.says
    (asked,) = meaning.asks
    assert isinstance(asked, Close | Resolve)
    over = look.mirror.incidents["i1"].model_copy(update={"disposition": asked.disposition})
    look = replace(look, mirror=replace(look.mirror, incidents={**look.mirror.incidents, "i1": over}))
    assert said in "".join(one.text for one in fact_lines(look, "incident:i1", 80))
    row = TimelineRow(
        seq=1,
        id="e1",
        object="incident",
        incident="i1",
        at=NOW,
        what="incident.closed",
        actor="person:zhang",
        authority="dispatcher",
        object_id="i1",
        params={"disposition": asked.disposition},
    )
    assert said in sentence(look, row)


def test_what_a_panel_says_of_its_event_is_told_in_chinese_too() -> None:
    """A new one, the end of one, or a state."""
    look = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("zh"), me="zhang")
    told = "".join(one.text for one in fact_lines(look, "alarm:a1", 200))
    assert "类别 新发" in told


@pytest.mark.parametrize(("language", "said"), [("en", "dog"), ("zh", "警犬")])
def test_a_skill_has_the_sites_name(language: Language, said: str) -> None:
    """Why a unit is proposed, and in the list of units."""
    look = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")
    assert said in why(look, Candidate(unit="P3", reasons=(Ground(code="skill", value="dog"),)))
    assert said in "".join(one.text for one in roster_lines(look, 120, "team"))
