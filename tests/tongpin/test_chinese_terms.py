"""One thing has one name in Chinese wherever it is read: an alarm 警情, an incident 案件, a unit 警力."""

import re

import pytest

from intake.dispatch.refusals import SENTENCES
from tongpin.words import catalogue as printed
from tui.words import catalogue as shown

TEXTS = {
    **{f"console {key}": (text, shown("zh")[key]) for key, text in shown("en").items()},
    **{f"printed {key}": (text, printed("zh")[key]) for key, text in printed("en").items()},
    **{f"refused {key}": both for key, both in SENTENCES.items()},
}

NOT_TAKEN_FOR = {
    r"alarms?(?! (panel|centre))": "案件",
    r"incidents?": "警情",
    r"units?(?!:)(?! only)": "单位(?!:)",
}
"""What the English text is about, and the Chinese name of something else; `unit:` is typed as `单位:`."""


def about(english: str) -> set[str]:
    """What it is about; places that are filled do not count, what fills them has its own name."""
    told = re.sub(r"\{\w+\}", "", english)
    return {thing for thing in NOT_TAKEN_FOR if re.search(rf"\b{thing}\b", told, re.IGNORECASE)}


def test_no_text_names_one_thing_as_another() -> None:
    """A text about alarms alone has no incident in it, and so on; whoever speaks of agencies says 单位."""
    wrong = []
    for key, (english, chinese) in TEXTS.items():
        things = about(english)
        if len(things) == 1 and "agenc" not in english and re.search(NOT_TAKEN_FOR[things.pop()], chinese):
            wrong.append(key)
    assert wrong == []


@pytest.mark.parametrize("other", ["警报", "暂缓", "挂起", "警情板"])
def test_no_second_name_is_used(other: str) -> None:
    """These mean the same as 警情, 搁置 and 看板."""
    assert [key for key, (_, chinese) in TEXTS.items() if other in chinese] == []
