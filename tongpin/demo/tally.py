"""The demo's figures: what the simulators sent against what the journal holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bus.messages.board import OverRow
from hardware.simulators.radio_channel import Aired
from hardware.simulators.receiver_logic import Delivery
from tongpin.demo.figures import percentile, word_error_rate
from tongpin.demo.ledger import Kept
from tongpin.demo.witness import Witness

_END_MARK = b"\x14"


@dataclass(frozen=True)
class Sent:
    """What the simulators know. `epoch` is the UTC moment of monotonic second 0 of this machine."""

    deliveries: Sequence[Delivery]
    aired: Sequence[Aired]
    epoch: datetime


def tally(sent: Sent, kept: Kept, seen: Witness) -> dict[str, Any]:
    """Every figure but those of the speech engine and the journal's chain."""
    frames = {raw_of(each): each for each in sent.deliveries if each.sent_at}
    acked = {raw for raw, each in frames.items() if each.acked_at is not None}
    spoken = [each for each in sent.aired if each.over]
    matched = [(each, found) for each in spoken if (found := heard_as(each, sent.epoch, seen))]
    return {
        "frames_sent": len(frames),
        "frames_acked": len(acked),
        "alarms_queued": kept.alarms,
        "alarms_lost": sum(kept.frames[raw] == 0 for raw in acked),
        "alarms_duplicated": sum(kept.frames[raw] > 1 for raw in frames),
        "overs_sent": len(spoken),
        "overs_transcribed": len(kept.transcribed),
        "incidents": kept.incidents,
        "assignments": kept.assignments,
        "panel_to_board_ms": _ms(_panel_delays(frames, seen), 0.50, 0.95, 0.99),
        "over_end_to_text_ms": _ms([at - each.unkeyed_at for each, (at, _) in matched], 0.50, 0.95),
        "word_error_rate": _rounded(word_error_rate([_words(each, row) for each, (_, row) in matched]), 3),
    }


def raw_of(delivery: Delivery) -> str:
    """The frame as the journal has it: hex, without its end mark."""
    return delivery.frame.removesuffix(_END_MARK).hex()


def heard_as(aired: Aired, epoch: datetime, seen: Witness) -> tuple[float, OverRow] | None:
    """The over of `seen` that shares the most time with what was on the air."""
    shared = [(_overlap(aired, epoch, row), at, row) for at, row in seen.overs.values()]
    best = max(shared, key=lambda each: each[0], default=None)
    return (best[1], best[2]) if best and best[0] > 0 else None


def _panel_delays(frames: dict[str, Delivery], seen: Witness) -> list[float]:
    return [at - frames[row.raw].sent_at[0] for at, row in seen.alarms.values() if row.raw in frames]


def _words(aired: Aired, row: OverRow) -> tuple[str, str]:
    return (aired.over.text if aired.over else "", row.text or "")


def _overlap(aired: Aired, epoch: datetime, row: OverRow) -> float:
    start = (row.said_at - epoch) / timedelta(seconds=1)
    return min(start + row.seconds, aired.unkeyed_at) - max(start, aired.keyed_at)


def _ms(seconds: Sequence[float], *shares: float) -> dict[str, float | None]:
    return {
        f"p{round(share * 100)}": _rounded(
            value * 1000 if (value := percentile(seconds, share)) is not None else None, 1
        )
        for share in shares
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
