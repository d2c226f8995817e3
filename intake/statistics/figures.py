"""A report's figures for other programs: plain values, seconds as numbers."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from intake.statistics.tables import Report
from intake.statistics.targets import Reached


def figures(report: Report) -> dict[str, Any]:
    """Every figure of the report; the marks they come from are left out."""
    period = report.period
    return {
        "from": moment(period.since),
        "to": moment(period.until),
        "of": report.of,
        "counts": asdict(report.counts),
        "intervals": {name: asdict(of) for name, of in report.spreads.items()},
        "targets": [_target(one) for one in report.targets],
        "buckets": [asdict(of) | {"shares": of.shares} for of in report.buckets],
        "groups": {name: [asdict(line) for line in lines] for name, lines in report.groups.items()},
        "accounts": [asdict(one) | {"rate": one.rate} for one in report.accounts],
    }


def moment(at: datetime | None) -> str | None:
    """ISO, UTC as `Z`."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def _target(one: Reached) -> dict[str, Any]:
    return asdict(one.target) | {"n": one.n, "within": one.within, "share": one.share, "met": one.met}
