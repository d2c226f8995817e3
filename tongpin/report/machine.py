"""The report for other programs: one JSON object, or one CSV line an alarm, incident and order."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TextIO

from intake.statistics.figures import figures, moment
from intake.statistics.marks import LAST_ARRIVAL, MARKS, AlarmMarks, IncidentMarks, Measured
from intake.statistics.tables import Report

TIMES = (*MARKS, LAST_ARRIVAL)
COLUMNS = (
    "object",
    "id",
    "no",
    "incident",
    "type",
    "source",
    "account",
    "unit",
    "team",
    "agency",
    "priority",
    "link_kind",
    "dismissed",
    "ended",
    *TIMES,
    "inferred",
)
"""Of the CSV; times are UTC, `inferred` names the marks nobody reported."""


def write_json(report: Report, out: TextIO) -> None:
    """One object: every figure of the report, seconds as numbers, and the marks they come from."""
    told = figures(report) | {"marks": [marks_line(one) for one in measured(report)]}
    out.write(json.dumps(told, ensure_ascii=False) + "\n")


def write_csv(report: Report, out: TextIO) -> None:
    """A head, then one line each."""
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    for one in measured(report):
        line = marks_line(one)
        times = line.pop("times")
        table.writerow(
            {name: line[name] for name in COLUMNS if line.get(name) is not None}
            | times
            | {"inferred": " ".join(line["inferred"])}
        )


def measured(report: Report) -> Iterator[Measured]:
    """Alarms, then incidents, then orders."""
    yield from report.marks.alarms
    yield from report.marks.incidents
    yield from report.marks.assignments


def marks_line(one: Measured) -> dict[str, Any]:
    """An object's own fields, with its marks as times, and which of those are inferred."""
    kinds = {AlarmMarks: "alarm", IncidentMarks: "incident"}
    fields = {name: value for name, value in asdict(one).items() if name != "times"}
    return {
        "object": kinds.get(type(one), "order"),
        **fields,
        "times": {name: moment(one.times[name].at) for name in TIMES if name in one.times},
        "inferred": [name for name in TIMES if name in one.times and one.times[name].inferred],
    }
