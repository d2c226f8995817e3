"""What typed lines mean."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages.base import Value
from bus.messages.verbs import (
    CancelAssignment,
    Claim,
    ClearEmergency,
    Close,
    Correct,
    Decline,
    Dismiss,
    Dispatch,
    Hold,
    LinkAlarm,
    Merge,
    MuteTimer,
    NameRadio,
    NewIncident,
    Note,
    Promote,
    ReleaseHold,
    ReopenIncident,
    Reserve,
    Resolve,
    SetCertainty,
    SetPriority,
    Step,
    StepBack,
    TeamStatus,
    TypedAlarm,
    UnitStatus,
)
from tests.tui.example_board import NOW, snapshot
from tui.command.complete import beside, completed, completions
from tui.command.model import Command, Meaning, Nothing, Question
from tui.command.parse import VERBS, choices, parse
from tui.mirror import from_snapshot
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words


@cache
def sight(language: Language = "en") -> Sight:
    """The example board."""
    return Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")


def meaning(line: str, cursor: str | None = "alarm:a1") -> Meaning:
    """What `line` means on the example board."""
    return parse(line, sight(), cursor)


def asked(line: str, cursor: str | None = "alarm:a1") -> tuple[Value, ...]:
    """The requests of a line that is a command."""
    found = meaning(line, cursor)
    assert isinstance(found, Command), found
    return found.asks


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("claim", Claim(alarm="a1", version=1)),
        (
            "mute answer . 5m known",
            MuteTimer(kind="alarm", id="a1", timer="answer", minutes=5, reason="known"),
        ),
        ("cl .", Claim(alarm="a1", version=1)),
        ("p", Promote(alarm="a1")),
        ("p . fire hall a smoke", Promote(alarm="a1", type="fire", place="waiting-hall-a", summary="smoke")),
        ("link . 1034 dup", LinkAlarm(alarm="a1", incident="i1", kind="duplicate")),
        ("link 34", LinkAlarm(alarm="a1", incident="i1", kind="supplement")),
        ("dismiss . test", Dismiss(alarm="a1", reason="test")),
        ("dismiss 误报", Dismiss(alarm="a1", reason="nuisance")),
        ("new theft hall a red jacket", NewIncident(type="theft", place="waiting-hall-a", summary="red jacket")),  # noqa: E501 - one example, one line
        ("new 候车厅 盗窃 红衣服", NewIncident(type="theft", place="waiting-hall-a", summary="红衣服")),
        ("d p2 1034", Dispatch(incident="i1", units=("P2",))),
        ("d p2,t1 34 use the stairs", Dispatch(incident="i1", units=("P2", "T1"), comment="use the stairs")),
        ("d patrol 2 traffic 1 1034", Dispatch(incident="i1", units=("P2", "T1"))),
        ("d 巡逻2 交通1 1034", Dispatch(incident="i1", units=("P2", "T1"))),
        ("d p1 1035 divert", Dispatch(incident="i3", units=("P1",), how="divert")),
        ("s p1", Step(unit="P1", step="signed", incident="i1")),
        ("o p5", Step(unit="P5", step="onscene", incident="i2")),
        ("e p5 1034 on my way", Step(unit="P5", step="enroute", incident="i1", quote="on my way")),
        ("c p1 no suspect", Step(unit="P1", step="cleared", incident="i1", disposition="no suspect")),
        ("x p1 1034 recall", CancelAssignment(unit="P1", incident="i1", reason="recall")),
        ("n 1034 caller is at window 3", Note(incident="i1", text="caller is at window 3")),
        ("m 1034 > 1031", Merge(incident="i1", into="i2")),
        ("merge 34 into 31", Merge(incident="i1", into="i2")),
        ("m 1034>1031", Merge(incident="i1", into="i2")),
        ("m 1034 并入 1031", Merge(incident="i1", into="i2")),
        ("safe p1 dropped the radio", ClearEmergency(unit="P1", reason="dropped the radio")),
        ("reserve p2 1034", Reserve(incident="i1", unit="P2")),
        ("decline p1 flat tyre", Decline(unit="P1", reason="flat tyre")),
        ("decline p5 1034 busy", Decline(unit="P5", incident="i1", reason="busy")),
        ("b p1 sent", StepBack(unit="P1", step="dispatched", incident="i1")),
        ("back p5 1034 签收 misheard", StepBack(unit="P5", step="signed", incident="i1", text="misheard")),
        ("release 1029", ReleaseHold(incident="i4")),
        ("correct 1034 fire smoke", Correct(incident="i1", type="fire", reason="smoke")),
        ("correct 1034 taxi stand misheard", Correct(incident="i1", place="taxi-stand", reason="misheard")),
        ("resolve 1034 settled", Resolve(incident="i1", disposition="handled", text="settled")),
        ("h 1034 20m interpreter", Hold(incident="i1", minutes=20, reason="interpreter")),
        ("h 1h 1034 interpreter", Hold(incident="i1", minutes=60, reason="interpreter")),
        ("certainty 1034 seen flames", SetCertainty(incident="i1", certainty="observed", reason="flames")),
        ("cert 1034 可能 误报", SetCertainty(incident="i1", certainty="possible", reason="误报")),
        ("pri 1034 1 crowd growing", SetPriority(incident="i1", priority=1, reason="crowd growing")),
        ("close 1034 handed over", Close(incident="i1", disposition="handled", text="handed over")),
        ("close 1035 no-dispatch went home", Close(incident="i3", disposition="no-dispatch", text="went home")),  # noqa: E501 - as above
        ("radio 1a2b p5", NameRadio(radio="mdc1200:1a2b", unit="P5")),
        ("radio mdc1200 1a2b 巡逻5", NameRadio(radio="mdc1200:1a2b", unit="P5")),
        ("radio zvei1:12345 t1", NameRadio(radio="zvei1:12345", unit="T1")),
        ("radio 2003 nobody", NameRadio(radio="mdc1200:2003", unit=None)),
        ("reopen 1034 new witness", ReopenIncident(incident="i1", reason="new witness")),
        ("st p4 on", UnitStatus(unit="P4", status="available")),
        ("st p2 busy meal", UnitStatus(unit="P2", status="busy", reason="meal")),
    ],
)  # fmt: skip
def test_a_line_becomes_one_request(line: str, request_: Value) -> None:
    """The examples of the command table, in both languages."""
    assert asked(line) == (request_,)


def test_the_cursor_is_the_incident_nobody_names() -> None:
    """`.` and nothing both mean the row under the cursor."""
    for line in ("d p2", "d p2 ."):
        assert asked(line, "incident:i3") == (Dispatch(incident="i3", units=("P2",)),)
    assert asked("pri 1 crowd", "incident:i3") == (SetPriority(incident="i3", priority=1, reason="crowd"),)


def test_a_team_stands_for_its_units() -> None:
    """`*hall` is everybody in it, in one request: the centre changes all of them or none."""
    assert asked("st *hall on") == (TeamStatus(units=("P1", "P2"), status="available"),)
    assert asked("st p2 on") == (UnitStatus(unit="P2", status="available"),)


def test_an_exercise_says_so() -> None:
    """`drill` before everything else, in either language; the dry run shows it."""
    assert asked("new drill theft hall a x") == (
        NewIncident(type="theft", place="waiting-hall-a", summary="x", exercise="exercise"),
    )
    (told,) = asked("report 演练 fire at the taxi stand")
    assert isinstance(told, TypedAlarm)
    assert (told.exercise, told.text) == ("exercise", "fire at the taxi stand")
    drill = meaning("new drill theft hall a x")
    assert isinstance(drill, Command)
    assert "DRILL" in drill.says


def test_a_report_keeps_every_word_and_finds_type_and_place_in_them() -> None:
    """What somebody says at the desk is the alarm's text, whole."""
    (found,) = asked("report phone fire near the taxi stand")
    assert found == TypedAlarm(
        alarm="", text="fire near the taxi stand", type="fire", place="taxi-stand", via="phone"
    )
    (chinese,) = asked("report 有人在售票厅打架斗殴")
    assert isinstance(chinese, TypedAlarm)
    assert (chinese.type, chinese.place) == ("fight", "ticket-office")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("zz", "no command starts with zz"),
        ("re", "release report recommend reserve resolve reopen"),
        ("d 1034", "which unit"),
        ("d p2", "which incident"),
        ("d p2 9999", "no incident 9999"),
        ("d p2 10", "no incident 10"),
        ("claim nonsense", "what does nonsense mean"),
        ("dismiss", "choose: test nuisance"),
        ("h 1034 later", "for how long"),
        ("pri 1034 7 x", "which priority"),
        ("cert 1034", "nothing is proposed"),
        ("cert 1034 perhaps", "choose: possible likely observed"),
        ("n 1034", "add the text"),
        ("s p2", "P2 is on no incident"),
        ("new hall a", "which type"),
        ("new theft", "which place"),
    ],
)
def test_an_unclear_line_asks_and_does_nothing(line: str, part: str) -> None:
    """A question names what is missing; nothing can be committed."""
    found = meaning(line)
    assert isinstance(found, Question)
    assert part in found.text


def test_an_alarm_without_a_place_is_promoted_only_with_one() -> None:
    """The centre refuses an incident without a place, so the console asks before."""
    found = meaning("p", "alarm:a3")
    assert isinstance(found, Question)
    assert asked("p ticket office", "alarm:a3") == (Promote(alarm="a3", place="ticket-office"),)


def test_the_dry_run_names_unit_and_incident_and_warns_of_the_busy() -> None:
    """A status set on the wrong unit is the mistake the sentence is there to prevent."""
    found = meaning("d p5 1034")
    assert isinstance(found, Command)
    assert found.says == "send P5 to 1034 theft or pickpocket, waiting hall A [P5 busy]"
    assert ("i1", 3) in found.about
    assert ("P5", 1) in found.about


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_a_line_of_help(language: Language) -> None:
    """The help page is built from the table, so the table must be described."""
    words = Words(language)
    assert [verb.name for verb in VERBS if f"verb.{verb.name}" not in words] == []


def test_every_verb_is_found_by_its_name_and_short_forms() -> None:
    """No short form hides another verb's name, and no two verbs share one."""
    for verb in VERBS:
        for word in (verb.name, *verb.short):
            assert choices(word) == [verb]


@given(st.text(max_size=40))
def test_no_line_breaks_the_grammar(line: str) -> None:
    """Whatever is typed, the answer is a command, a question, or nothing."""
    for cursor in (None, "alarm:a1", "incident:i1", "alarm:gone"):
        assert isinstance(meaning(line, cursor), Command | Question | Nothing)


@given(st.sampled_from(VERBS), st.lists(st.sampled_from(["p1", ".", "1034", "20m", "巡逻1", "*", "2", "x"])))
def test_no_arguments_break_a_verb(verb: object, arguments: list[str]) -> None:
    """Known words in any order after any verb are understood or asked about."""
    line = " ".join([getattr(verb, "name", ""), *arguments])
    assert isinstance(meaning(line), Command | Question)


def test_tab_completes_verbs_units_and_numbers() -> None:
    """One key, never a guess: all that fit are offered."""
    assert completions("disp", sight()) == ["dispatch "]
    assert completions("d p", sight())[:2] == ["d p1 ", "d p2 "]
    assert "d p1 1034 " in completions("d p1 103", sight())
    assert completions("", sight()) == []


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("d patrol 2", "d patrol 2"),
        ("d patrol 3 traf", "d patrol 3 traffic "),
        ("d 巡", "d 巡逻"),
        ("st *h", "st *hall "),
        ("st *候", "st *候车厅组 "),
        ("new theft n", "new theft north square "),
        ("new 盗窃 售", "new 盗窃 售票厅 "),
        ("new 候车厅盗", "new 候车厅盗窃 "),
        ("new pick", "new pickpocket "),
        ("dismiss . nui", "dismiss . nuisance "),
        ("dismiss 误", "dismiss 误报 "),
        ("st p1 of", "st p1 off_duty "),
        ("link 1034 su", "link 1034 supplement "),
        ("link 1034 补", "link 1034 补充 "),
        ("d p1 1034 use the nor", "d p1 1034 use the nor"),
        ("theme hi", "theme high-contrast "),
        ("cl", "cl"),
    ],
)
def test_tab_goes_as_far_as_all_completions_agree(line: str, becomes: str) -> None:
    """Names of both languages, with spaces or without; only what the command takes."""
    assert completed(line, sight()) == becomes


def test_what_could_follow_is_shown_beside_the_line() -> None:
    """The choices of an ambiguous verb, the names a word may become, else how the command is written."""
    assert beside("re", sight()) == "release  report  recommend  reserve  resolve  reopen  refuse"
    assert beside("d t", sight()) == "t1  t2  t3"
    assert beside("d p1 ", sight()) == "dispatch units [incident] [divert|stack] [comment]"
    assert beside("d p1 ", sight("zh")) == "dispatch 警力 [案件] [divert|stack] [说明]"
    assert beside("", sight()) == ""
    assert beside("zz", sight()) == ""


@given(st.text(max_size=60))
def test_completing_only_adds(line: str) -> None:
    """Whatever is typed, Tab keeps it, but for the case of a name it finishes."""
    for before in (line, f"new {line}", f"d {line}"):
        after = completed(before, sight())
        assert after.lower().startswith(before.lower())
