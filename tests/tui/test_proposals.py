"""What belongs together, on the screen: shown with its reasons, joined or kept apart with one key."""

from dataclasses import replace

import pytest

from bus.messages.base import Value
from bus.messages.board import AlarmRow, ProposalRow, ReasonRow, SightingRow, Tables
from bus.messages.verbs import AcceptLink, Dismiss, LinkAlarm, RejectLink, SetCertainty
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, ago, alarm, snapshot
from tui.command.model import Command, Question
from tui.command.parse import parse
from tui.mirror import from_snapshot
from tui.view.detail import fact_lines
from tui.view.proposals import proposal_sentences
from tui.view.queue import claimed_alarms, queue_lines, waiting_alarms
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words


def proposal(target: str = "i1", **fields: object) -> ProposalRow:
    """Incident 1034, for its place and its panel, and a second witness."""
    reasons = (
        ReasonRow(code="same-place", points=40, value="waiting-hall-a"),
        ReasonRow(code="minutes-apart", points=15, value="9"),
        ReasonRow(code="same-type", points=20, value="theft"),
        ReasonRow(code="contradicting-words", points=-30, value="top black / red"),
        ReasonRow(code="across-sources", points=0, value="panel radio"),
    )
    usual = {
        "target": target,
        "kind": "incident",
        "score": 75,
        "reasons": reasons,
        "priority": 1,
        "certainty": "likely",
    }
    return ProposalRow.model_validate({**usual, **fields})


def sight(*alarms: AlarmRow, language: Language = "en") -> Sight:
    """The example board with these alarms alone."""
    mirror = replace(from_snapshot(snapshot()), alarms={row.id: row for row in alarms})
    return Sight(mirror=mirror, now=NOW, words=Words(language), me="zhang")


THEFT = alarm("a7", type="theft", priority=2, place="waiting-hall-a", proposals=(proposal(),))


def texts(lines: list[object]) -> str:
    """What the lines say."""
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)  # type: ignore[attr-defined]


def asked(line: str, look: Sight, cursor: str = "alarm:a7") -> tuple[Value, ...]:
    """The requests of a line."""
    found = parse(line, look, cursor)
    assert isinstance(found, Command), found
    return found.asks


def test_a_row_names_what_it_may_belong_to() -> None:
    """A mark in the narrowest row, the incident's number where there is room for text."""
    look = sight(THEFT)
    assert "=" in texts([*queue_lines(look, 80)])
    assert "=1034 hold-up button" in texts([*queue_lines(look, 150)])


def test_the_detail_gives_every_reason_with_its_points() -> None:
    """For and against, by name, and what joining would make of the incident."""
    (said,) = proposal_sentences(sight(THEFT), THEFT)
    assert said == (
        "1034 theft or pickpocket, waiting hall A, 75 points: same place, waiting hall A +40, "
        "9 min apart +15, same type, theft +20, they contradict: top black / red -30, PNL + RDO agree; "
        "joining them makes it priority 1, likely"
    )
    assert "Ctrl+Y" in texts([*fact_lines(sight(THEFT), "alarm:a7", 100)])


def test_the_reasons_are_told_in_chinese() -> None:
    """Every term, with its points."""
    (said,) = proposal_sentences(sight(THEFT, language="zh"), THEFT)
    assert said.startswith("1034 盗窃，A候车厅，75 分：同一地点 A候车厅 +40, 相隔 9 分钟 +15")
    assert said.endswith("合并后为 1 级, 很可能")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: Language) -> None:
    """All codes the centre may send; one it may send one day is shown as it came."""
    words = Words(language)
    known = {
        "same-zone", "same-zone-restored", "other-zone", "same-radio", "same-place", "place-within",
        "metres-apart", "minutes-apart", "same-type", "kin-type", "smoke-or-heat", "other-matter",
        "shared-words", "contradicting-words", "institution", "across-sources",
    }  # fmt: skip
    assert set(words.all("because")) == known
    row = alarm("a7", proposals=(proposal(reasons=(ReasonRow(code="moon", points=3, value="full"),)),))
    assert "moon full +3" in next(proposal_sentences(sight(row, language=language), row))


def test_link_without_a_number_joins_what_is_proposed() -> None:
    """With a number it is the link it always was; with nothing proposed it asks."""
    look = sight(THEFT, alarm("a8"))
    assert asked("link", look) == (AcceptLink(alarm="a7", target="i1"),)
    assert asked("link . 1031", look) == (LinkAlarm(alarm="a7", incident="i2", kind="supplement"),)
    assert asked("apart", look) == (RejectLink(alarm="a7", target="i1"),)
    assert isinstance(parse("link", look, "alarm:a8"), Question)
    assert isinstance(parse("apart", look, "alarm:a8"), Question)


def doubted(language: Language = "en") -> Sight:
    """Incident 1034 is likely, and P5 has just said that nothing is to be seen."""
    said = SightingRow(
        certainty="possible", why="nothing-showing", unit="P5", clip="c", text="nothing showing", at=NOW
    )
    look = sight(language=language)
    row = look.mirror.incidents["i1"].model_copy(update={"certainty": "likely", "sighting": said})
    return replace(look, mirror=replace(look.mirror, incidents={**look.mirror.incidents, "i1": row}))


def test_what_was_seen_or_not_is_shown_with_its_words_and_answered_with_a_key() -> None:
    """The row has its `=`, the detail who said what; one key accepts, the other leaves it as it is."""
    look = doubted()
    shown = " ".join(texts([*fact_lines(look, "incident:i1", 100)]).split())
    assert "possible? patrol 5 sees nothing there" in shown
    assert '"nothing showing"' in shown
    assert "Ctrl+Y accepts it" in shown
    row = next(line for line in queue_lines(look, 110) if line.key == "incident:i1")
    assert "=" in texts([row])
    assert asked("certainty", look, "incident:i1") == (SetCertainty(incident="i1", certainty="possible"),)
    assert asked("apart", look, "incident:i1") == (SetCertainty(incident="i1", certainty="likely"),)
    assert isinstance(parse("apart", look, "incident:i2"), Question)
    assert "报告现场未见" in texts([*fact_lines(doubted("zh"), "incident:i1", 100)])


def test_two_alarms_are_named_before_they_become_one_incident() -> None:
    """The dry run says which alarm is meant, by its moment."""
    first = alarm("a6", type="fire", place="ticket-office", said_at=ago(60))
    second = alarm("a7", type="fire", proposals=(proposal("a6", kind="alarm"),))
    found = parse("link", sight(first, second), "alarm:a7")
    assert isinstance(found, Command)
    assert "make one incident of fire or smoke, ticket office and" in found.says
    assert "fire or smoke, ticket office" in found.says.partition(" and ")[2]


def test_a_flood_is_one_row_with_its_count() -> None:
    """What shares a row is not listed; dismissing the row names how many, and asks once more."""
    flood = [alarm(f"b{n}", behind="a7", priority=2) for n in range(11)]
    look = sight(alarm("a7", priority=2, row_count=11), *flood)
    assert [row.id for row in waiting_alarms(look)] == ["a7"]
    assert claimed_alarms(look) == []
    assert "x12" in texts([*queue_lines(look, 100)])
    found = parse("dismiss nuisance", look, "alarm:a7")
    assert isinstance(found, Command)
    assert len(found.asks) == 12
    assert found.asks[-1] == Dismiss(alarm="a7", reason="nuisance")
    assert (found.confirm, found.undoable, found.says.endswith("x12")) == (True, False, True)


def test_what_joined_by_itself_waits_to_be_seen() -> None:
    """It is among the alarms that ring, though it is linked already."""
    look = sight(alarm("a7", state="LINKED", incident="i1", unseen=True), alarm("a8", state="LINKED"))
    assert [row.id for row in waiting_alarms(look)] == ["a7"]
    assert "claim it to say you saw it" in " ".join(texts([*fact_lines(look, "alarm:a7", 70)]).split())


@pytest.mark.slow
async def test_one_key_joins_and_another_keeps_apart(mosquitto: Mosquitto) -> None:
    """Ctrl+Y and Ctrl+O act on the row under the cursor at once, whatever is being typed."""
    async with desk_at_work(mosquitto.port) as desk:
        urgent = THEFT.model_copy(update={"priority": 0, "recorded_at": ago(600)})
        await desk.centre.change(Tables(alarms=(urgent,)))
        await desk.until(lambda: "=1034" in desk.picture)
        desk.app.board.rows.go_to("alarm:a7")
        await desk.type("n 1034 half a sen")
        await desk.pilot.press("ctrl+y")
        assert (await desk.centre.asked("accept")).args == {"alarm": "a7", "target": "i1", "version": None}
        await desk.pilot.press("ctrl+o")
        assert (await desk.centre.asked("reject")).args == {"alarm": "a7", "target": "i1"}
        assert desk.app.board.command_line.input.value == "n 1034 half a sen"
