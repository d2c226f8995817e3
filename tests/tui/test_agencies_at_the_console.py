"""Two agencies at one console: whose matters are shown, what is offered, commands in both languages."""

from dataclasses import replace

import pytest

from bus.messages.base import Value
from bus.messages.board import GrantRow, IncidentRow, OfferRow, TeamOrderRow, TimerRow
from bus.messages.verbs import (
    AnswerOffer,
    AskGrant,
    LendUnit,
    NameUnits,
    Offer,
    OrderTeam,
    RecallTeam,
    RevokeGrant,
    SignGrant,
    SignTeam,
)
from tests.tui.example_board import NOW, ago, snapshot
from tui.command.model import Command
from tui.command.parse import parse
from tui.mirror import from_snapshot
from tui.plain.lines import board_lines
from tui.view.detail import fact_lines
from tui.view.line import Line
from tui.view.queue import queue_lines
from tui.view.sight import Sight
from tui.words import Language, Words

OFFER = OfferRow(to="local", by="zhang", since=ago(20), reason="their ground")
TEAMS = (
    TeamOrderRow(team="hall", state="SIGNED", since=ago(30), grant="3"),
    TeamOrderRow(team="square", state="DELEGATED", since=ago(10), over_the_head=True),
)
GRANT = GrantRow(id="g3", no=3, giver="rail", taker="local", types=("theft",), asked_by="li", version=1)


def sight(language: Language = "en", view: str | None = None) -> Sight:
    """The example board: the railway leads 1034, and has offered it and asked two teams for it."""
    mirror = from_snapshot(snapshot())
    changed = {row.id: row.model_copy(update={"lead": "local"}) for row in mirror.incidents.values()}
    offered = next(row for row in mirror.incidents.values() if row.no == 1034)
    changed[offered.id] = offered.model_copy(update={"lead": "rail", "offer": OFFER, "teams": TEAMS})
    mirror = replace(mirror, incidents=changed, grants={GRANT.id: GRANT})
    return Sight(mirror=mirror, now=NOW, words=Words(language), me="zhang", view=view)


def the_offered(look: Sight) -> IncidentRow:
    """1034."""
    return next(row for row in look.mirror.incidents.values() if row.no == 1034)


def text_of(lines: list[Line]) -> str:
    """What the lines say."""
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)


def test_one_agency_sees_its_own_and_what_is_offered_to_it_and_counts_the_rest() -> None:
    """What nobody knows the owner of is everybody's; the rest is a number, never nothing."""
    both, rail, local = (text_of(queue_lines(sight(view=one), 120)) for one in (None, "rail", "local"))
    assert ("1034" in both, "1034" in rail, "1034" in local) == (True, True, True)
    others = len(sight().mirror.incidents) - 1
    assert f"{others} incidents of others" in rail
    assert "of others" not in both
    assert "of others" not in local
    told = {one.id for one in board_lines(sight(view="rail")) if one.kind == "incident"}
    assert told == {the_offered(sight()).id}


def test_the_queue_marks_what_is_offered_and_the_detail_says_by_whom_and_why() -> None:
    """With the desks that were asked, and on which grant."""
    look = sight()
    (row,) = [line for line in queue_lines(look, 80) if line.key == f"incident:{the_offered(look).id}"]
    assert ">loca" in text_of([row])
    late = TimerRow(kind="sign", since=ago(90), due=(ago(60), ago(30)))
    overdue = the_offered(look).model_copy(update={"timers": (late,)})
    mirror = replace(look.mirror, incidents={**look.mirror.incidents, overdue.id: overdue})
    (row,) = [line for line in queue_lines(replace(look, mirror=mirror), 80) if line.key == row.key]
    assert ">loca" in text_of([row])  # what is overdue colours its age meanwhile
    detail = text_of(list(fact_lines(look, f"incident:{the_offered(look).id}", 110)))
    assert "Railway police" in detail
    assert "to City police by zhang, 20s ago: their ground" in detail
    assert "Hall team signed" in detail
    assert "grant 3" in detail
    assert "Square team over the head" in detail


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("offer 1034 local their ground", Offer(incident="?", to="local", reason="their ground")),
        ("offer 1034 市公安 属地", Offer(incident="?", to="local", reason="属地")),
        ("take 1034", AnswerOffer(incident="?", accept=True)),
        ("refuse 1034 nobody free", AnswerOffer(incident="?", accept=False, reason="nobody free")),
        ("order *traffic 1034", OrderTeam(incident="?", team="traffic")),
        ("order 候车厅组 1034 签收", SignTeam(incident="?", team="hall")),
        ("order hall 1034 off no need", RecallTeam(incident="?", team="hall", reason="no need")),
        ("name p1 1034", NameUnits(incident="?", team="hall", units=("P1",))),
        ("name p1 1034 said", NameUnits(incident="?", team="hall", units=("P1",), quoted=True)),
        (
            "grant rail local theft 2h fair",
            AskGrant(giver="rail", taker="local", types=("theft",), minutes=120, reason="fair"),
        ),
        ("grant sign 3", SignGrant(grant="g3")),
        ("grant revoke 3 own need", RevokeGrant(grant="g3", reason="own need")),
        ("lend p1 square fair", LendUnit(unit="P1", team="square", reason="fair")),
        ("lend p1 归队", LendUnit(unit="P1", team=None)),
    ],
)
def test_a_line_is_one_request(line: str, meant: Value) -> None:
    """As people type it, in either language; `?` stands for the incident's id."""
    look = sight("zh" if any(ord(letter) > 0x2E80 for letter in line) else "en")
    said = parse(line, look, None)
    assert isinstance(said, Command), said
    asked = {"incident": the_offered(look).id} if getattr(meant, "incident", None) == "?" else {}
    assert said.asks == (meant.model_copy(update=asked),)
