"""Several facts in one breath, what is described, and what may be an alarm without a type."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang, Understanding
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
PROPOSED, APPLIED = 0.4, 0.7


def hear(text: str) -> Understanding:
    """What `text` means, in the language of its script."""
    lang: Lang = "en" if text.isascii() else "zh"
    return understand(text, lang, LEXICONS[lang])


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("fight at gate two and a lost child at gate five", "missing-person", "gate-5"),
        ("三站台起火 五号检票口有小孩走失", "missing-person", "gate-5"),
        ("patrol three on scene, two men fighting, one has a knife", "fight", None),
        ("巡逻三到达三号站台 两人互殴 一人持刀", "fight", "platform-3"),
        ("two cars collided at the east ramp, one driver is injured", "medical", "east-ramp"),
    ],
)
def test_a_second_event_is_a_fact_of_its_own(text: str, kind: str, place: str | None) -> None:
    """With the place it was said of, so that a second alarm is not lost behind the first."""
    found = {(fact.intent, fact.type, fact.place) for fact in hear(text).also}
    assert ("report", kind, place) in found


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("patrol five, nothing showing", "anything"),
        ("patrol one on scene at the ticket office, nothing showing", "anything"),
        ("no smoke at the ticket office", "fire"),
        ("no sign of a weapon here", "weapon"),
        ("巡逻五号 未见异常", "anything"),
        ("巡逻五号到场 没有明火", "fire"),
        ("patrol five, smoke showing on platform 3", None),
        ("no smoke but flames at the ticket office", None),
        ("is there nothing showing?", None),
        ("there is no caller on the scene", None),
        ("巡逻五号到达售票厅 冒烟", None),
    ],
)
def test_what_is_not_there(text: str, absent: str | None) -> None:
    """Somebody looked: nothing at all, or nothing of one kind; a question tells nothing."""
    found = hear(text)
    assert found.absent == absent
    assert absent is None or not found.may_be_alarm


@pytest.mark.parametrize(
    "text",
    [
        "patrol one clear, patrol two on scene",
        "巡逻一处置完毕 巡逻二还在现场",
    ],
)
def test_two_units_with_two_steps_are_asked_about(text: str) -> None:
    """Both steps are told, neither is applied, both may be accepted with a key."""
    found = hear(text)
    steps = [(fact.units, fact.status) for fact in (found, *found.also)]
    assert steps == [(("P1",), "cleared"), (("P2",), "onscene")]
    assert [fact.changes_status for fact in (found, *found.also)] == [False, False]
    assert all(PROPOSED <= fact.confidence < APPLIED for fact in (found, *found.also))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("patrol one, tell patrol four to clear", []),
        ("patrol one, mark patrol four on scene", []),
        ("patrol two, is patrol three on scene", []),
        ("巡逻一 通知巡逻四撤回", []),
        ("patrol three says patrol four is on scene", [(("P4",), "onscene")]),
        ("巡逻一 我看到巡逻四已经到了", [(("P4",), "onscene")]),
    ],
)
def test_what_one_unit_says_of_another_moves_nobody(
    text: str, steps: list[tuple[tuple[str, ...], str]]
) -> None:
    """What is told is asked about; what is ordered, asked for or asked has not happened."""
    found = hear(text)
    told = [(fact.units, fact.status) for fact in (found, *found.also) if fact.status]
    assert told == steps
    assert all(PROPOSED <= fact.confidence < APPLIED for fact in found.also if fact.status)


def test_a_step_after_another_units_name_is_asked_about() -> None:
    """Nobody can tell whose it is."""
    for text in ("patrol one, maybe patrol four is available", "巡逻一 估计巡逻四快到了"):
        found = hear(text)
        assert not any(fact.changes_status for fact in (found, *found.also))
        assert found.confidence < APPLIED


def test_units_that_share_a_step_move_though_a_third_remains() -> None:
    """Nothing is said of the third that could change it."""
    found = hear("patrol one and two are clear, patrol three remains")
    assert (found.units, found.status, found.changes_status) == (("P1", "P2"), "cleared", True)
    assert not any(fact.changes_status for fact in found.also)


@pytest.mark.parametrize(
    "text", ["patrol three respond to platform six for a fight", "patrol six en route", "radio check"]
)
def test_one_fact_has_nothing_beside_it(text: str) -> None:
    """An order's event is what everybody knows already."""
    assert hear(text).also == ()


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("patrol two two men in red jackets at gate one", "person", "two men", None),
        ("man with an iron bar at gate one", "weapon", "iron bar", None),
        ("a man in a dark blue jacket", "description", "in a dark blue jacket", None),
        (
            "run a plate alpha bravo one two three four",
            "plate",
            "plate alpha bravo one two three four",
            "AB1234",
        ),
        ("fight on train g one two three four", "train", "train g one two three four", "G1234"),
        ("fight in carriage twelve", "carriage", "carriage twelve", "12"),
        ("black van at the taxi stand", "vehicle", "black van", None),
        ("车牌浙G12345 三站台起火", "plate", "浙g12345", "浙G12345"),
        ("车牌浙G1234幺", "plate", "浙g1234幺", "浙G12341"),
        ("G1234次列车有人打架", "train", "g1234次", "G1234"),
        ("十二号车厢有人打架", "carriage", "十二号车厢", "12"),
        ("有人持砍刀 穿红色外套", "weapon", "砍刀", None),
        ("有人持砍刀 穿红色外套", "description", "穿红色外套", None),
    ],
)
def test_people_and_things_are_told_apart(text: str, kind: str, words: str, value: str | None) -> None:
    """Words as heard; plates, trains and carriages also as written."""
    found = {(each.kind, each.words, each.value) for each in hear(text).entities}
    assert (kind, words, value) in found


@pytest.mark.parametrize(
    "text",
    [
        "patrol three, a lad has got himself wedged in the turnstile at gate five",
        "something is wrong at gate four",
        "hurry, send everybody",
        "she is terrified, come quick, the footbridge",
        "巡逻二 四号检票口有情况",
        "快来人啊 天桥这里",
        "四号检票口那边怪怪的",
    ],
)
def test_what_may_be_an_alarm_is_said_to_be(text: str) -> None:
    """Nobody can tell the type, so a person must read it."""
    found = hear(text)
    assert found.type is None
    assert found.may_be_alarm
    assert any("may be an alarm" in reason for reason in found.because)


@pytest.mark.parametrize(
    "text",
    [
        "patrol two all quiet at gate four",
        "patrol two no weapon seen at the south exit",
        "patrol one, suspect detained at gate two, he's cooperating",
        "patrol two, male, black jacket, ran toward the footbridge",
        "the paramedics are on scene at gate nine",
        "patrol three on scene at gate four",
        "patrol three do you copy",
        "patrol three hurry to gate four",
        "patrol three is there any trouble at gate four",
        "thank you for watching",
        "四号检票口一切正常",
        "消防队已经到场了",
        "巡逻一 九号检票口现场没有发现报警人",
        "感谢收看",
    ],
)
def test_news_that_all_is_well_is_no_alarm(text: str) -> None:
    """Quiet places, denials, follow-ups, steps and inventions stay out of the queue."""
    assert not hear(text).may_be_alarm
