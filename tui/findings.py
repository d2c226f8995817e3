"""What a search found, as far as it was looked at: a page here and there of any number of overs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bus.messages.board import OverRow
from bus.messages.verbs import Find

PAGE = 50
"""Overs of one question: a window of most terminals, which the centre answers at once."""

KEPT = 40
"""Pages kept: whoever goes through months holds no more than the last of them."""


@dataclass(frozen=True)
class Findings:
    """`count` overs, by their places, newest first; `asked` is what finds the same ones again."""

    asked: Find
    count: int
    pages: Mapping[int, Sequence[OverRow]] = field(default_factory=dict)
    awaited: frozenset[int] = frozenset()

    def over(self, at: int) -> OverRow | None:
        """The over at a place; None while it is not here."""
        page, place = divmod(at, PAGE)
        rows = self.pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def wanted(self, top: int, height: int) -> list[int]:
        """Pages that a window needs, or one window up or down of it, neither here nor awaited."""
        last = min(top + 2 * height, self.count) - 1
        seen = range(max(top - height, 0) // PAGE, last // PAGE + 1)
        return [page for page in seen if page not in self.pages and page not in self.awaited]

    def asking(self, page: int) -> Find:
        """What brings a page."""
        return self.asked.model_copy(update={"skip": page * PAGE, "limit": PAGE})

    def awaiting(self, page: int) -> "Findings":
        """A page was asked for."""
        return replace(self, awaited=self.awaited | {page})

    def with_page(self, page: int, rows: Sequence[OverRow]) -> "Findings":
        """A page came; one too many of those kept is forgotten, the farthest from it."""
        pages = {**self.pages, page: rows}
        if len(pages) > KEPT:
            del pages[max(pages, key=lambda one: abs(one - page))]
        return replace(self, pages=pages, awaited=self.awaited - {page})

    def without(self, page: int) -> "Findings":
        """A page did not come; it is asked for again when it is looked at."""
        return replace(self, awaited=self.awaited - {page})
