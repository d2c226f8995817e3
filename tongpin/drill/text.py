"""The times of a drill as a table."""

from datetime import datetime

from rich.console import Console

from intake.site import Site
from tongpin.drill.score import Late, Left, Line, Score
from tongpin.report.text import table_of
from tongpin.words import Words


def show_score(found: Score, words: Words, site: Site, console: Console) -> None:
    """What was done and how fast, then each that was late or left, in the order it happened."""
    lang = words.language
    console.print(words("drill.title"), style="bold")
    console.print(words("drill.counted", **_counts(found)))
    head = ("", *(words(f"drill.{name}") for name in ("target", "n", "in_time", "median", "worst")))
    rows = (_row(line, words) for line in found.lines)
    console.print(table_of(None, head, rows, right=1))
    if found.late:
        head = (
            words("drill.at"),
            words("drill.what"),
            words("drill.which"),
            words("drill.took"),
            words("drill.target"),
        )
        late = (_late(one, words, site.type_name(one.type, lang)) for one in found.late)
        console.print(table_of(words("drill.late"), head, late, right=3))
    if found.left:
        head = (words("drill.at"), words("drill.what"), words("drill.where"))
        left = (_left(one, site, lang) for one in found.left)
        console.print(table_of(words("drill.left"), head, left, right=len(head)))
    console.print(words("drill.reached" if found.reached else "drill.missed"), style="bold")


def _counts(found: Score) -> dict[str, int]:
    return {
        "alarms": found.alarms,
        "unclaimed": found.unclaimed,
        "incidents": found.incidents,
        "unsent": found.unsent,
    }


def _row(line: Line, words: Words) -> tuple[str, ...]:
    took = (_seconds(line.median), _seconds(line.worst))
    return (
        words(f"interval_drill.{line.interval}"),
        _seconds(line.target),
        str(line.n),
        str(line.in_time),
        *took,
    )


def _late(one: Late, words: Words, type_: str) -> tuple[str, ...]:
    took, target = _seconds(one.seconds), _seconds(one.target)
    return _clock(one.at), type_, words(f"interval_drill.{one.interval}"), took, target


def _left(one: Left, site: Site, lang: str) -> tuple[str, ...]:
    kind = site.type_name(one.type, lang) if one.type else "-"
    return _clock(one.at), kind, site.place_name(one.place, lang) if one.place else "-"


def _clock(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M:%S")


def _seconds(took: float | None) -> str:
    return "-" if took is None else f"{took:.0f} s"
