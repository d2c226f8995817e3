"""Understanding, rule by rule, on sentences of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Context, Lang, Understanding
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
SURE_CALL = 0.8


def hear(text: str, caller: str | None = None) -> Understanding:
    """What `text` means at the example site, in the language of its script."""
    lang: Lang = "zh" if any("\u4e00" <= one <= "\u9fff" for one in text) else "en"
    return understand(text, lang, LEXICONS[lang], Context(caller))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("patrol six to gate one", ("P6",)),
        ("Patrol, too.", ("P2",)),
        ("petrol four on scene", ("P4",)),
        ("two zero zero one clear", ("T1",)),
        ("response one and two are on scene", ("R1", "R2")),
        ("patrol nine on scene", ()),
        ("traffic three two cars collided", ("T3",)),
        ("detective, too, copies", ("D2",)),
        ("巡逻勾到达", ()),
        ("巡逻六一名旅客晕倒", ("P6",)),
        ("处突幺两到位", ("R1", "R2")),
        ("寻罗五号收到", ("P5",)),
        ("巡逻洞四明白", ("P4",)),
        ("两洞洞三到位", ("T3",)),
        ("巡逻五六号站台有人晕倒", ("P5",)),
        ("巡逻六二十分钟后到", ("P6",)),
        ("巡逻6 15分钟到", ("P6",)),
        ("巡逻一二号安检有人晕倒", ("P1",)),
        ("六号巡逻收到", ("P6",)),
        ("巡逻六跟巡逻二换个位置", ("P6",)),
        ("六号巡逻车坏了", ()),
    ],
)
def test_call_signs(text: str, units: tuple[str, ...]) -> None:
    """Digits, radio digits, mishearings and numbers that count something else."""
    assert hear(text).units == units


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("smoke at gate one two", "gate-12"),
        ("smoke at platform eleven", None),
        ("fight in hall bee", "waiting-hall-b"),
        ("fight at ticket window seven", "ticket-window-7"),
        ("fight at the subway entrance", "metro-entrance"),
        ("fight at gate two two men are hurt", "gate-2"),
        ("theft at the north exit he ran to the taxi rank", "north-exit"),
        ("patrol one we're leaving gate three and heading to platform nine", "platform-9"),
        ("南出站口有人打架", "south-exit"),
        ("出站口有人打架", "north-exit"),
        ("十一号站台有人打架", None),
        ("十六号检票口有人打架", "gate-16"),
        ("车牌浙G12345 三站台起火", "platform-3"),
        ("四号占台有人打架", "platform-4"),
        ("地下停车场有人打架", "underground-parking"),
        ("二窗口有人打架", "ticket-window-2"),
        ("五点前二号检票口不开", "gate-2"),
    ],
)
def test_places(text: str, place: str | None) -> None:
    """Longest name, ranges, sounds, and where it happens rather than where somebody ran."""
    assert hear(text).place == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("two drunks fighting, one pulled a knife", "weapon"),
        ("no knife seen at gate two", None),
        ("the fire at gate two is out", None),
        ("patrol one fire is out at gate two we're clear", "fire"),
        ("this is only a drill, bomb at gate two", "test"),
        ("we need an ambulance", None),
        ("please bring the fire extinguisher", None),
        ("two cars collided, one driver is injured", "traffic-accident"),
        ("没有发现刀具", None),
        ("火已经扑灭", None),
        ("演习 一号站台爆炸", "test"),
        ("小偷已经抓住了", None),
        ("请派救护车", None),
        ("两车相撞一人流血", "traffic-accident"),
        ("有人拿刀打架", "weapon"),
    ],
)
def test_events(text: str, kind: str | None) -> None:
    """Priority 0 first, causes before consequences; denied, over and played events are none."""
    assert hear(text).type == kind


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("radio check", "chatter"),
        ("patrol six, go ahead", "hail"),
        ("center, this is patrol six", "hail"),
        ("response two, you're clear", "readback"),
        ("control copies traffic one on scene", "readback"),
        ("patrol six copy that", "ack"),
        ("can we get a medic to gate one", "request"),
        ("patrol six proceed to gate one", "order"),
        ("patrol six where are you", "query"),
        ("patrol six, is response one on scene", "query"),
        ("smoke at gate one", "report"),
        ("subtitles by nobody", "noise"),
        ("go go go go go go", "noise"),
        ("试机", "chatter"),
        ("巡逻六请讲", "hail"),
        ("处突二你已到达", "readback"),
        ("中心收到 交通一到达", "readback"),
        ("巡逻六明白", "ack"),
        ("能不能派个医生到一号检票口", "request"),
        ("巡逻六前往一号检票口", "order"),
        ("巡逻六到了吗", "query"),
        ("一号检票口冒烟", "report"),
        ("感谢收看", "noise"),
        ("滴滴滴滴滴滴", "noise"),
        ("patrol six suspicious bag at gate one, check it out", "order"),
        ("巡逻六 一号检票口有可疑包 你去看一下", "order"),
        ("处理完了吗 巡逻六", "query"),
        ("好的 巡逻六你手头有事 去不了", "readback"),
        ("巡逻六 你们完成 中心知道了", "readback"),
    ],
)
def test_intents(text: str, intent: str) -> None:
    """One of each kind in both languages."""
    assert hear(text).intent == intent


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("patrol six is on the way", "enroute"),
        ("patrol six not there yet", "enroute"),
        ("patrol six arrived", "onscene"),
        ("patrol six done here", "cleared"),
        ("patrol six clear, back in service", "available"),
        ("patrol six on a meal break", "busy"),
        ("patrol six can't take it we're tied up", "declined"),
        ("patrol six roger", "signed"),
        ("patrol five, correction, patrol six on scene", "onscene"),
        ("巡逻六在路上", "enroute"),
        ("巡逻六已到位", "onscene"),
        ("巡逻六处置完毕", "cleared"),
        ("巡逻六待命", "available"),
        ("巡逻六没空", "busy"),
        ("巡逻六去不了", "declined"),
        ("巡逻六收到", "signed"),
        ("收到 我是巡逻六", "signed"),
        ("patrol six fight at gate one, on my way there", "enroute"),
        ("巡逻六 一号检票口有人打架 正往那边去", "enroute"),
        ("巡逻六到一号检票口没人", "onscene"),
        ("巡逻六 那两人已带回 正做笔录", "busy"),
        ("明白 巡逻六这就办", "signed"),
        ("巡逻六 旅客送上车了 收队", "cleared"),
    ],
)
def test_own_steps_change_the_speakers_status(text: str, status: str) -> None:
    """A unit that names itself and reports its step."""
    found = hear(text)
    assert (found.status, found.units, found.changes_status) == (status, ("P6",), True)


@pytest.mark.parametrize(
    "text",
    [
        "on scene",
        "copy",
        "patrol six you're on scene",
        "patrol six stay on scene",
        "patrol six advise when clear",
        "patrol six the ambulance is on scene",
        "is patrol six on scene",
        "mark patrol six on scene",
        "patrol six no caller on scene",
        "patrol six when you're clear return",
        "patrol six center copies",
        "copy patrol six",
        "if patrol six is available send him",
        "patrol six did you arrive",
        "patrol six the suspect is heading to gate one",
        "tell patrol six he is clear",
        "patrol six go ahead and clear",
        "patrol six is on scene?",
        "patrol six, on your way?",
        "到达现场",
        "收到",
        "巡逻六你已到达",
        "巡逻六留在现场",
        "巡逻六到达后报告",
        "巡逻六救护车到了",
        "巡逻六到了吗",
        "巡逻六中心收到",
        "请给巡逻六记一个到场",
        "巡逻六嫌疑人在去站台的路上",
        "巡逻六撤了没",
        "巡逻六在进站口待命",
        "巡逻六可以撤了",
        "巡逻六 一号检票口有人打架 保安正往那边去",
        "巡逻六 一号检票口有人抢包逃跑 正往那边去",
        "巡逻六 一号检票口有人打架 去看一下",
        "巡逻六到一号检票口没人就回来",
        "巡逻六 刚才那个人往六号站台去",
        "巡逻六 记者去不了",
        "巡逻六 办完事过来",
        "巡逻六 到位了没有 请回答",
        "帮我记一下巡逻六到场",
        "巡逻六 他已归队",
        "巡逻六归队待命后报告",
        "巡逻六到达前先报告",
        "巡逻六 没有人可以接警",
        "巡逻六 有消息马上告诉中心",
        "巡逻六 人员没到齐",
        "巡逻六 计划十点已带回 可以出警",
        "巡逻六 到位了没有 中心",
    ],
)
def test_nothing_else_changes_a_status(text: str) -> None:
    """Questions, orders, readbacks, others' arrivals, marks on behalf, and nobody's steps."""
    assert not hear(text).changes_status


def test_a_caller_id_names_a_unit_but_moves_nobody() -> None:
    """A unit that is not named in the utterance is never changed; the dispatcher is asked."""
    found = hear("on scene", caller="P6")
    assert (found.units, found.status, found.changes_status) == (("P6",), "onscene", False)


def test_a_caller_id_that_contradicts_the_words_moves_nobody() -> None:
    """P1's set says "patrol six on scene": ask."""
    found = hear("patrol six on scene", caller="P1")
    assert (found.units, found.changes_status) == (("P6",), False)
    assert found.confidence < SURE_CALL


def test_corrections_replace_what_was_said() -> None:
    """Place and unit said after the word count; what was not corrected stays."""
    found = hear("theft at gate three correction gate four")
    assert (found.type, found.place, found.intent) == ("theft", "gate-4", "report")


def test_every_finding_says_why() -> None:
    """Rule and words of intent, type, place and unit."""
    because = " ".join(hear("patrol six fight at gate one").because)
    assert all(words in because for words in ("fight", "gate one", "patrol six"))


@given(st.lists(st.sampled_from([*LEXICONS["en"].known, "patrol", "six", "center"]), max_size=40))
@settings(max_examples=100, deadline=500)
def test_word_salad_costs_no_more_than_its_length(words: list[str]) -> None:
    """Known words in any order neither raise nor make the rules backtrack."""
    hear(" ".join(words))
