"""Figures from what really passed: percentiles, and how many words a recogniser got wrong. Pure."""

from collections.abc import Iterable, Sequence

from intake.speech.wording import word_errors


def percentile(values: Iterable[float], share: float) -> float | None:
    """Nearest rank: the smallest value that `share` (0..1) of `values` do not exceed; None without any."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def word_error_rate(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Over all pairs of said and heard; None when nothing was said."""
    counts = [word_errors(said, heard) for said, heard in pairs]
    words = sum(said for _, said in counts)
    return sum(wrong for wrong, _ in counts) / words if words else None
