"""The intervals between marks that are reported, and what samples of them are left in a set of objects."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.statistics.marks import LAST_ARRIVAL, Measured
from intake.statistics.percentiles import Samples


@dataclass(frozen=True, slots=True)
class Interval:
    """From one mark to another."""

    name: str
    start: str
    end: str


TRANSIT = Interval("transit", "t0", "t1")
ANSWER = Interval("answer", "t1", "t2")
DECIDE = Interval("decide", "t2", "t3")
OF_ALARMS = (TRANSIT, ANSWER, DECIDE)
"""Each alarm on its own."""

PROCESSING = Interval("processing", "t2", "t4")
"""What NFPA 1221 and 1225 measure: from the answer to the first unit being told."""

DISPATCH = Interval("dispatch", "t3", "t4")
RESPONSE = Interval("response", "t1", "t7")
ALL_ARRIVED = Interval("all-arrived", "t1", LAST_ARRIVAL)
FEEDBACK = Interval("feedback", "t8", "t9")
OF_INCIDENTS = (PROCESSING, DISPATCH, RESPONSE, ALL_ARRIVED, FEEDBACK)
"""Each incident once, by the first of its units."""

SIGN = Interval("sign", "t4", "t5")
ROLL_OUT = Interval("roll-out", "t4", "t6")
TRAVEL = Interval("travel", "t6", "t7")
ARRIVAL = Interval("arrival", "t4", "t7")
HANDLING = Interval("handling", "t7", "t8")
OF_ORDERS = (SIGN, ROLL_OUT, TRAVEL, ARRIVAL, HANDLING)
"""Each order to a unit on its own: that is how bulletins count signing for."""


def samples(objects: Iterable[Measured], interval: Interval) -> Samples:
    """The lengths of an interval in those objects that have both of its marks."""
    seconds: list[float] = []
    inferred = backward = 0
    for one in objects:
        start, end = one.times.get(interval.start), one.times.get(interval.end)
        if start is None or end is None:
            continue
        length = (end.at - start.at).total_seconds()
        if start.inferred or end.inferred:
            inferred += 1
        elif length < 0:
            backward += 1
        else:
            seconds.append(length)
    return Samples(tuple(sorted(seconds)), inferred, backward)
