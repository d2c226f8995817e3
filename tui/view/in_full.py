"""A row in full as lines of plain text: to be pasted into a message, or printed."""

from tui.view.detail import detail_title, fact_lines
from tui.view.sight import Sight
from tui.view.timeline import timeline_lines

_WIDTH = 100
"""Cells of a line: most messages and printers take them."""


def in_full(sight: Sight, key: str | None) -> list[str]:
    """Its name, what is known of it, and all that happened; nothing for a row that left the board."""
    facts = fact_lines(sight, key, _WIDTH)
    if key is None or not facts:
        return []
    lines = [detail_title(sight, key), *(line.text for line in (*facts, *timeline_lines(sight, key, _WIDTH)))]
    return [line.rstrip() for line in lines]
