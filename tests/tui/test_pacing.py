"""The screen is drawn when something changed, and leaves nine tenths of the time to keys."""

import pytest

from bus.clock import SystemClock
from tui.pacing import LONGEST_APART_S, TIMES_APART, Pacing


class Screen(SystemClock):
    """Takes so long to draw, and tells the time by it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.at = 1000.0
        self.drawn = 0

    def monotonic(self) -> float:
        """By hand."""
        return self.at

    def draw(self) -> None:
        """Once more."""
        self.drawn += 1
        self.at += self._seconds


def test_it_is_drawn_once_however_many_changes_came() -> None:
    """The first picture too; without a change never again."""
    screen = Screen(seconds=0)
    pacing = Pacing(screen)
    assert pacing.draw_if_due(screen.draw)
    assert not pacing.draw_if_due(screen.draw)
    pacing.changed()
    pacing.changed()
    assert pacing.draw_if_due(screen.draw)
    assert screen.drawn == 2


@pytest.mark.parametrize(("took", "apart"), [(0.005, 0.005 * TIMES_APART), (0.1, LONGEST_APART_S)])
def test_the_longer_it_takes_the_longer_it_waits(took: float, apart: float) -> None:
    """But never so long that two consoles are seen to differ; what came meanwhile is drawn then."""
    screen = Screen(took)
    pacing = Pacing(screen)
    assert pacing.draw_if_due(screen.draw)
    pacing.changed()
    screen.at = 1000.0 + apart - 0.001
    assert not pacing.draw_if_due(screen.draw)
    assert pacing.is_due
    screen.at = 1000.0 + apart + 0.001
    assert pacing.draw_if_due(screen.draw)
