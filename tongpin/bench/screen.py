"""What a terminal shows, of the few controls the console writes: moves, and text. Colours are passed over."""

import codecs
import re

from rich.cells import cell_len

_CONTROL = re.compile(
    r"\x1b\[(?P<mark>[<=>?]?)(?P<numbers>[\d;]*)[ -/]*(?P<letter>[@-~])"
    r"|\x1b[\]P^_].*?(?:\x07|\x1b\\)"
    r"|\x1b[^\[\]P^_]"
    r"|[\x00-\x1a\x1c-\x1f]",
    re.DOTALL,
)
"""ECMA-48: a control sequence, a string that a BEL or ST ends, a two-character escape, a control."""


class Screen:
    """Fed with what is written to it; `lines` is the picture."""

    def __init__(self, rows: int, columns: int) -> None:
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def lines(self) -> list[str]:
        """Every line of it, a wide character once."""
        return ["".join(cells) for cells in self._cells]

    def holds(self, text: str) -> bool:
        """Whether some line does."""
        return any(text in line for line in self.lines)

    def feed(self, written: bytes) -> None:
        """More of it, cut anywhere."""
        text = self._rest + self._utf8.decode(written)
        at = 0
        for control in _CONTROL.finditer(text):
            self._draw(text[at : control.start()])
            self._obey(control)
            at = control.end()
        escape = text.find("\x1b", at)
        whole = len(text) if escape < 0 else escape
        self._draw(text[at:whole])
        self._rest = text[whole:]

    def _obey(self, control: re.Match[str]) -> None:
        if control[0] == "\r":
            self._column = 0
        elif control[0] == "\n":
            self._row += 1
        elif control["letter"] == "H" and not control["mark"]:
            row, _, column = control["numbers"].partition(";")
            self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        elif control["letter"] == "J" and not control["mark"]:
            self._cells = [[" "] * len(cells) for cells in self._cells]

    def _draw(self, text: str) -> None:
        for char in text:
            width = cell_len(char)
            self._put(char)
            for _ in range(width - 1):
                self._put("")

    def _put(self, char: str) -> None:
        if self._row < len(self._cells) and self._column < len(self._cells[self._row]):
            self._cells[self._row][self._column] = char
        self._column += 1
