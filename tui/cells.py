"""Text as a terminal draws it: measured in cells, with nothing in it that could move the cursor."""

import unicodedata

from rich.cells import cell_len, set_cell_size

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that a terminal may obey instead of draw: controls, direction marks, surrogates."""

_BYTE = 0xFF

_LAST_ALPHABETIC = 0x2E7F
"""From the next character on (CJK radicals) a line may break anywhere."""

_FEW = 4
"""More characters a cell than this are never drawn: a text of any length costs what its column is wide."""

_CUT = "~"
"""Marks a cut end. The ellipsis is one cell or two, as the terminal pleases; this is always one."""


def plain(text: str) -> str:
    """`text` on one line, each control and direction character shown as its escape."""
    return text if text.isprintable() else "".join(_escaped(char) for char in text)


def is_unprintable(char: str) -> bool:
    """Whether a terminal may obey this character instead of drawing it."""
    return unicodedata.category(char) in _UNPRINTABLE


def _escaped(char: str) -> str:
    if not is_unprintable(char):
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}"


def clip(text: str, width: int) -> str:
    """`plain(text)` in at most `width` cells, a cut end marked."""
    shown = plain(text[: _FEW * max(width, 0) + 1])
    if cell_len(shown) <= width and len(shown) >= len(text):
        return shown
    return set_cell_size(shown, width - 1).rstrip() + _CUT if width > 0 else ""


def clip_left(text: str, width: int) -> str:
    """`plain(text)` in at most `width` cells, a cut beginning marked: the last words count."""
    whole, text = text, plain(text[-_FEW * max(width, 0) - 1 :])
    if cell_len(text) <= width and len(text) >= len(whole):
        return text
    while cell_len(text) > width - 1 and text:
        text = text[1:]
    return _CUT + text if width > 0 else ""


def fit(text: str, width: int) -> str:
    """`plain(text)` in exactly `width` cells, left aligned."""
    return set_cell_size(clip(text, width), max(width, 0))


def fit_right(text: str, width: int) -> str:
    """`plain(text)` in exactly `width` cells, right aligned."""
    text = clip(text, width)
    return " " * (width - cell_len(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """`plain(text)` in lines of at most `width` cells: at spaces where there are any, else anywhere.

    Chinese has no spaces, so a line may end between any two of its characters.
    """
    lines: list[str] = []
    rest = plain(text).strip()
    while width > 0 and (len(rest) > _FEW * width or cell_len(rest) > width):
        cut = _cut_before(rest, width)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest] if rest or not lines else lines


def _cut_before(text: str, width: int) -> int:
    """How many characters of `text` go on a line of `width` cells; at least one."""
    end = len(set_cell_size(text[: width + 1], width).rstrip()) or 1
    while end > 1 and cell_len(text[:end]) > width:
        end -= 1
    if max(ord(text[end - 1]), ord(text[end])) > _LAST_ALPHABETIC:
        return end
    space = text.rfind(" ", 1, end + 1)
    return space if space > 0 else end
