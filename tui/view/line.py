"""A line of a list: pieces of text, each with the role that colours it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rich.cells import cell_len

from tui.cells import clip, fit, fit_right


@dataclass(frozen=True)
class Piece:
    """Text already safe to draw, and the role in the palette that colours it."""

    text: str
    role: str = "ink"

    @property
    def cells(self) -> int:
        """Its width on the screen."""
        return cell_len(self.text)


Pieces = tuple[Piece, ...]


class Line:
    """One row. Without a key it is a heading: the cursor passes over it.

    `pieces` may be given as what makes them: most rows of a long list are never looked at.
    """

    def __init__(self, key: str | None, pieces: Pieces | Callable[[], Pieces]) -> None:
        self.key = key
        self._given = pieces

    @cached_property
    def pieces(self) -> Pieces:
        """What it is drawn from."""
        return self._given if isinstance(self._given, tuple) else self._given()

    def __eq__(self, other: object) -> bool:
        """Whether it is the same row and looks the same."""
        return isinstance(other, Line) and (self.key, self.pieces) == (other.key, other.pieces)

    def __hash__(self) -> int:
        """As of its key."""
        return hash(self.key)

    @property
    def text(self) -> str:
        """What it says, without colours."""
        return "".join(piece.text for piece in self.pieces)


@lru_cache(maxsize=16_384)
def column(text: str, width: int, role: str = "ink", *, right: bool = False) -> Piece:
    """`text` in exactly `width` cells; kept, because most columns are the same at the next drawing."""
    return Piece((fit_right if right else fit)(text, width), role)


def piece(text: str, role: str = "ink", *, width: int = 10_000) -> Piece:
    """`text` made safe, in at most `width` cells."""
    return Piece(clip(text, width), role)


def heading(text: str, width: int) -> Line:
    """A line between rows that names those below it."""
    return Line(None, (column(f" {text}", width, "dim"),))


def spread(left: Iterable[Piece], right: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """Both sides of one line of `width` cells; the left gives way, from its end."""
    ends = tuple(right)
    room = width - sum(end.cells for end in ends)
    kept = cut(left, max(room, 0))
    gap = max(room - sum(start.cells for start in kept), 0)
    return (*kept, Piece(" " * gap), *ends)


def cut(pieces: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """As much of `pieces` as `width` cells hold."""
    kept: list[Piece] = []
    for part in pieces:
        if part.cells > width:
            return (*kept, Piece(clip(part.text, width), part.role)) if width > 1 else tuple(kept)
        kept.append(part)
        width -= part.cells
    return tuple(kept)
