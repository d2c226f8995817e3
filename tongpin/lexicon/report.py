"""How often what was understood stood up at the desk, period by period. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any, Literal

from tongpin.lexicon.judgements import Field, Judgement

By = Literal["day", "week", "month"]
FIELDS: tuple[Field, ...] = ("alarm", "type", "place", "unit")


def report(found: Iterable[Judgement], by: By, zone: tzinfo | None = None) -> list[dict[str, Any]]:
    """One row a period, oldest first: of each field how many were judged, and per cent right.

    Days are those of `zone`, None for this machine's; weeks are ISO's.
    """
    periods: dict[str, list[Judgement]] = defaultdict(list)
    for one in found:
        periods[_period(one.at.astimezone(zone), by)].append(one)
    return [{"period": period, **_figures(periods[period])} for period in sorted(periods)]


def _figures(judged: list[Judgement]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in FIELDS:
        mine = [one for one in judged if one.field == name]
        right = sum(one.is_right for one in mine)
        figures[name] = {"judged": len(mine), "right": round(100 * right / len(mine), 1) if mine else None}
    return figures


def _period(at: datetime, by: By) -> str:
    if by == "week":
        year, week, _ = at.isocalendar()
        return f"{year}-W{week:02}"
    return f"{at:%Y-%m}" if by == "month" else f"{at:%Y-%m-%d}"
