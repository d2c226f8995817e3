"""Any text at all: nothing raises, nothing costs more than its length, and noise never moves anybody."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Context, Lang
from intake.understanding.normalise import LONGEST
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
SLOWEST_S = 3.0
"""Processor seconds of the longest text on a loaded machine; a fifth of it on an idle one."""

LANGS: st.SearchStrategy[Lang] = st.sampled_from(["en", "zh"])
MIXED = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(sorted(LEXICONS["en"].known)),
        st.sampled_from(
            [
                "巡逻一",
                "到达现场",
                "三号站台",
                "没有",
                "patrol six",
                "gate two",
                "correction",
                "?",
                "<u>",
                "٣",
            ]
        ),
    ),
    max_size=60,
).map(" ".join)


@pytest.mark.slow
@given(MIXED, LANGS, st.sampled_from([None, "P1", "nobody"]))
@settings(max_examples=150, deadline=None)
def test_no_text_of_any_script_raises(text: str, lang: Lang, caller: str | None) -> None:
    """Vocabulary, names, marks, digits of other scripts and anything else, in any order."""
    found = understand(text, lang, LEXICONS[lang], Context(caller, frozenset({"P2"})))
    assert 0 <= found.confidence <= 1
    assert all(unit in SITE.units or unit == caller for unit in found.units)
    assert not (found.changes_status and (found.status is None or not found.units))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "lang"),
    [
        ("patrol six on scene ", "en"),
        ("the trophore ", "en"),
        ("fight at gate two ", "en"),
        ("correction ", "en"),
        ("1", "en"),
        ("qzx wvk ", "en"),
        ("巡逻一到达", "zh"),
        ("三号站台有人打架", "zh"),
        ("没有", "zh"),
        ("一二三", "zh"),
        ("مرحبا ", "en"),
        ("😀", "zh"),
    ],
)
def test_the_longest_text_is_read_in_bounded_time(piece: str, lang: Lang) -> None:
    """What is longer than any over is cut, so that a megabyte costs what two thousand characters cost."""
    varied = "".join(f"{piece}{chr(97 + n % 26)} " for n in range(LONGEST))
    for text in (piece * 100_000, varied * 20):
        began = time.thread_time()
        understand(text, lang, LEXICONS[lang])
        assert time.thread_time() - began < SLOWEST_S


STILL: dict[Lang, tuple[str, ...]] = {
    "en": (
        "patrol six", "smoke at gate one", "radio check", "patrol six stay on scene", "is patrol six clear",
        "patrol six you're on scene", "patrol six the ambulance is on scene", "copy patrol six", "on scene",
        "patrol six patrol five is on scene", "tell patrol six he is clear", "patrol six no fire at gate one",
    ),
    "zh": (
        "巡逻六", "一号检票口冒烟", "试机", "巡逻六留在现场", "巡逻六到了吗", "巡逻六你已到达",
        "巡逻六救护车到了", "收到", "到达现场", "巡逻六 巡逻五还没到", "让巡逻六撤回", "巡逻六没有发现刀",
    ),
}  # fmt: skip
NOISE: dict[Lang, st.SearchStrategy[list[str]]] = {
    "en": st.lists(
        st.sampled_from(
            [
                "uh",
                "um",
                "the",
                "a",
                "hmm",
                "beep",
                "you know",
                "static",
                "er",
                "so",
                "bye",
                "music",
                "thank you",
            ]
        ),
        max_size=6,
    ),
    "zh": st.lists(st.sampled_from(["嗯", "啊", "呃", "那个", "滴", "嘟", "的", "谢谢"]), max_size=6),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@given(st.data())
@settings(max_examples=250, deadline=None)
def test_noise_words_never_create_a_status_change(lang: Lang, data: st.DataObject) -> None:
    """What changes nothing changes nothing with noise before, after, or in the middle of it."""
    said = data.draw(st.sampled_from(STILL[lang]))
    before, within, after = (data.draw(NOISE[lang]) for _ in range(3))
    joint = " " if lang == "en" else ""
    pieces = said.split(" ")
    at = data.draw(st.integers(0, len(pieces)))
    text = joint.join([*before, *pieces[:at], *within, *pieces[at:], *after])
    assert not understand(text, lang, LEXICONS[lang]).changes_status
