"""Waiting grows, is capped, is spread, and starts over."""

from bus.backoff import Backoff


def _ceiling(_low: float, high: float) -> float:
    return high


def test_the_ceiling_doubles_up_to_the_cap() -> None:
    """0.5 s, 1 s, 2 s … 30 s, and 30 s ever after."""
    backoff = Backoff(draw=_ceiling)
    assert [backoff.next_s() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_it_survives_a_very_long_night() -> None:
    """Thousands of failures do not overflow."""
    backoff = Backoff(draw=_ceiling)
    assert max(backoff.next_s() for _ in range(5000)) == 30


def test_each_wait_is_drawn_from_nothing_up() -> None:
    """Full jitter: many boxes cut off together do not come back together."""
    asked: list[float] = []

    def draw(low: float, high: float) -> float:
        asked.append(low)
        return high

    Backoff(draw=draw).next_s()
    waits = {Backoff(base_s=1).next_s() for _ in range(20)}
    assert asked == [0]
    assert len(waits) == 20
    assert all(0 <= wait <= 1 for wait in waits)


def test_success_starts_it_over() -> None:
    """After a reset the next failure waits as the first did."""
    backoff = Backoff(draw=_ceiling)
    for _ in range(5):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() == 0.5
