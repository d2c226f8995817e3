"""Sentences around a step that report nobody's own: whatever the step, no status changes."""

from itertools import product
from pathlib import Path

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}

DATA = Path(__file__).parent / "data"
STEPS: dict[Lang, tuple[str, ...]] = {
    "en": (
        "on scene",
        "en route",
        "clear",
        "available",
        "on the way",
        "back in service",
        "at gate two",
        "unable to take it",
        "done here",
    ),
    "zh": (
        "到达现场",
        "到位",
        "在途中",
        "处置完毕",
        "待命",
        "到二号检票口了",
        "在路上",
        "没空",
        "正在赶往三号站台",
        "处理好了",
        "去不了",
        "往六站台去了",
        "在吃饭",
    ),
}
FRAMES: dict[Lang, list[str]] = {
    lang: (DATA / f"frames_{lang}.txt").read_text(encoding="utf-8").splitlines() for lang in LEXICONS
}
"""Sentences around a step, which stands at the braces."""
CASES = [(lang, frame) for lang in LEXICONS for frame in FRAMES[lang]]


@pytest.mark.parametrize(("lang", "frame"), CASES, ids=[frame for _, frame in CASES])
def test_no_frame_moves_anybody(lang: Lang, frame: str) -> None:
    """Readbacks, questions, orders, conditions, others' steps, hearsay, the past, marks on behalf."""
    said = [frame.format(step) for step in STEPS[lang]]
    assert [text for text in said if understand(text, lang, LEXICONS[lang]).changes_status] == []


OWN: dict[Lang, tuple[str, ...]] = {
    "en": (
        "patrol four {}",
        "center patrol four we're {}",
        "patrol four is {} now",
        "center from patrol four {}",
    ),
    "zh": ("巡逻四{}", "中心 巡逻四我们{}", "巡逻四已{}", "报告中心 巡逻四{}"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_steps_of_ones_own_do(lang: Lang) -> None:
    """Without a frame the same words are a step of the unit that names itself: the frames stop it."""
    said = [frame.format(step) for frame, step in product(OWN[lang], STEPS[lang])]
    still = [text for text in said if not understand(text, lang, LEXICONS[lang]).changes_status]
    assert still == []
