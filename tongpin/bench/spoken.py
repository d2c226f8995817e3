"""What became of every over that was spoken, and the figures of all of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongpin.bench.measuring import spread_ms
from tongpin.demo.figures import word_error_rate


@dataclass(frozen=True)
class Spoken:
    """One over. Times are monotonic seconds, None for what never came.

    `carrier_end` is the sample after the last one on the air, the squelch tail included; `ended` when the box
    had decided that the over is over; `text_at` when its words, or the reason why there are none, stood on
    the board; `heard` is None until then, "" where the centre kept them back.
    """

    said: str
    snr_db: float
    carrier_end: float
    began: float | None = None
    ended: float | None = None
    first_words: float | None = None
    text_at: float | None = None
    heard: str | None = None
    from_stream: bool = False


def speech_figures(overs: Sequence[Spoken]) -> dict[str, Any]:
    """Times in milliseconds; word error rates are shares of the words said, in all and by signal to noise."""
    told = [over for over in overs if over.text_at is not None]
    return {
        "overs": len(overs),
        "not_on_the_board": len(overs) - len(told),
        "from_stream": sum(over.from_stream for over in told),
        "no_words": sum(not over.heard for over in told),
        "over_end_to_text_ms": _between(told, "ended", "text_at"),
        "carrier_end_to_text_ms": _between(told, "carrier_end", "text_at"),
        "over_start_to_first_words_ms": _between(told, "began", "first_words"),
        "word_error_rate": _errors(told),
        **{f"word_error_rate_{snr:.0f}_db": _errors(each) for snr, each in _by_snr(told).items()},
    }


def _between(overs: Sequence[Spoken], first: str, then: str) -> dict[str, float | None]:
    pairs = [(getattr(over, first), getattr(over, then)) for over in overs]
    return spread_ms([after - before for before, after in pairs if None not in {before, after}])


def _by_snr(overs: Sequence[Spoken]) -> Mapping[float, list[Spoken]]:
    levels = sorted({over.snr_db for over in overs}, reverse=True)
    return {level: [over for over in overs if over.snr_db == level] for level in levels}


def _errors(overs: Sequence[Spoken]) -> float | None:
    rate = word_error_rate([(over.said, over.heard or "") for over in overs])
    return None if rate is None else round(rate, 3)
