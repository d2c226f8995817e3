"""Everyday tasks of a dispatcher with the keys of each: the guides' table, and what a test presses."""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.words import Language

NAMED = {
    "Ctrl+N": "ctrl+n",
    "Ctrl+Y": "ctrl+y",
    "Enter": "enter",
    "F7": "f7",
    "F9": "f9",
    "Ctrl+P": "ctrl+p",
}
"""Keys with a name, as the guides and as Textual write them; anything else is typed letter by letter."""

_LETTERS = {" ": "space", ":": "colon", "-": "minus", ".": "full_stop"}


@dataclass(frozen=True)
class Task:
    """`keys` are named keys and typed texts, in order."""

    name: str
    keys: tuple[str, ...]
    en: str
    zh: str

    def strokes(self) -> list[str]:
        """Each key, as Textual writes it."""
        return [stroke for key in self.keys for stroke in strokes_of(key)]

    def row(self, language: Language) -> tuple[str, str, str]:
        """What it is, the keys, and how many."""
        keys = " ".join(f"`{key}`" for key in self.keys)
        return self.en if language == "en" else self.zh, keys, str(len(self.strokes()))


TASKS = (
    Task(
        "best",
        ("F9", "r1", "Enter"),
        "Claim the top alarm and send the best unit",
        "认领最上面的警情，派出最合适的警力",
    ),
    Task(
        "two",
        ("F9", "r1 2", "Enter"),
        "Claim the top alarm and send the best two",
        "认领并派出最合适的两个警力",
    ),
    Task(
        "close",
        ("clo arrested", "Enter"),
        "Close the incident under the cursor, with its outcome",
        "写明结果，结束光标所在的案件",
    ),
    Task(
        "report",
        ("Ctrl+N", "theft hall a", "Enter"),
        "Take down what somebody at the desk reports",
        "录入当面报警",
    ),
    Task(
        "clip",
        ("F9", "Ctrl+P", "p fight", "Enter"),
        "Claim the top alarm, hear its recording, make an incident of the right type",
        "认领、听录音、按正确类型立案",
    ),
    Task(
        "hold", ("h 20m caller", "Enter"), "Put the incident on hold, with the reason", "搁置案件并写明原因"
    ),
    Task("return", ("rel", "Enter"), "Come back to it", "取消搁置"),
    Task(
        "send",
        ("r1", "Enter"),
        "Send the best unit to the incident under the cursor",
        "派最合适的警力去光标所在的案件",
    ),
    Task(
        "offer",
        ("of local theirs", "Enter"),
        "Hand the incident to the other agency",
        "把案件移交另一单位",
    ),
    Task(
        "join",
        ("F9", "Ctrl+Y"),
        "Claim the top alarm and join it to what is proposed",
        "认领并与建议的案件合并",
    ),
    Task(
        "find",
        ("f theft p:gate-12 on:y", "Enter"),
        "Find last night's theft at gate twelve",
        "查找昨夜十二号检票口的盗窃",
    ),
    Task(
        "mute",
        ("mu contact p6 30m meal", "Enter"),
        "Mute a unit's timer, with the reason",
        "暂停一个警力的计时并写明原因",
    ),
    Task("sign", ("F7", "o", "s"), "Begin the hand-over and sign it", "开始交班并签字"),
)


def strokes_of(key: str) -> Iterator[str]:
    """One named key, or a text letter by letter, as Textual writes them."""
    if key in NAMED:
        yield NAMED[key]
    else:
        yield from (_LETTERS.get(letter, letter) for letter in key)
