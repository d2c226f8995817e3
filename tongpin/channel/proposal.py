"""Settings of a squelch from what was heard, each with its reason. Pure."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gateway.channel.over_events import OverEnded
from gateway.channel.squelch_settings import SquelchSettings
from tongpin.channel.observed import Observed

_ENOUGH_FRAMES: Final = 100
"""Two seconds of a closed channel: a floor cannot be judged by less."""
_ENOUGH_GAPS: Final = 5
_CLEAR_DB: Final = 4.0
"""Between the loudest of the floor and the opening level."""
_BELOW_SPEECH_DB: Final = 10.0
"""Between the opening level and running speech: weak syllables lie so far below it."""
_BELOW_TAIL_DB: Final = 8.0
"""A tail varies by a few dB, and between stations not at all: it is the receiver's own noise."""
_PAUSE_MS: Final = 800
"""A longer silence lies between speakers: the largest hang time."""
_TALK_DB: Final = 3.0
"""Words rise at least so far above their pauses; a key held down without a word does not."""
_FULL_PEAK_DBFS: Final = -3.0
_SOFT_PEAK_DBFS: Final = -20.0
_GOOD_PEAK_DBFS: Final = -6.0
"""Maximum deviation is calibrated to this."""
_CLIPPED_PERCENT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of `squelch`, its value, and one sentence why."""

    key: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`settings` to be used together, and `advice` on what no setting mends. Both may be empty."""

    settings: tuple[Setting, ...]
    advice: tuple[str, ...]

    def toml(self) -> str:
        """The `[channel.squelch]` table, to stand right behind its `[[channel]]`."""
        lines = [f"# {each}" for each in self.advice]
        lines += ["[channel.squelch]"] if self.settings else []
        for each in self.settings:
            lines += [f"# {each.why}", f"{each.key} = {each.value:g}"]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """One JSON object with the settings, the reasons and the advice."""
        return json.dumps(
            {
                "proposal": {each.key: each.value for each in self.settings},
                "why": {each.key: each.why for each in self.settings},
                "advice": self.advice,
            },
            ensure_ascii=False,
        )


def propose(seen: Observed) -> Proposal:
    """What fits what was heard; keys that nothing was heard for are left out."""
    settings = [each for rule in _RULES for each in rule(seen)]
    SquelchSettings.model_validate({each.key: each.value for each in settings})
    return Proposal(tuple(settings), tuple(_advice(seen)))


def _levels(seen: Observed) -> Sequence[Setting]:
    if sum(seen.closed.counts.values()) < _ENOUGH_FRAMES:
        return ()
    floor, loudest = seen.closed.percentile(10), seen.closed.percentile(99)
    spread = loudest - floor
    wanted = max(SquelchSettings().open_db, math.ceil(spread + _CLEAR_DB))
    why = f"The floor lies at {floor:.0f} dBFS and moves by {spread:.0f} dB; opening stands clear of it."
    speech = _speech_dbfs(seen) - floor
    if speech - _BELOW_SPEECH_DB < wanted:
        wanted = max(3.0, math.floor(speech - _BELOW_SPEECH_DB))
        why = f"Soft speech is only {speech:.0f} dB above the floor; opening must be close to it."
    opens = float(min(wanted, 40))
    closes = float(max(1, round(opens / 2)))
    return (
        Setting("open_db", opens, why),
        Setting("close_db", closes, "Half of that, so that a word's soft end does not close."),
    )


def _noise(seen: Observed) -> Sequence[Setting]:
    heard = [tail.dbfs for tail in seen.tails]
    if not heard and not _talk(seen) and seen.noise:
        heard.append(seen.noise.percentile(50))
    if not heard:
        return ()
    softest = float(np.percentile(heard, 10))
    level = float(np.clip(math.floor(softest - _BELOW_TAIL_DB), -60, 0))
    why = f"An open squelch gives {softest:.0f} dBFS here; flat noise well below is a carrier's own."
    return (Setting("noise_dbfs", level, why),)


def _tail(seen: Observed) -> Sequence[Setting]:
    if not seen.tails:
        return ()
    longest = int(np.percentile([tail.ms for tail in seen.tails], 90))
    trim = min(math.ceil((longest + 20) / 20) * 20, 300)
    share = f"{len(seen.tails)} of {len(seen.tails) + seen.untailed} carriers"
    return (Setting("tail_trim_ms", trim, f"{share} ended in up to {longest} ms of squelch noise."),)


def _hang(seen: Observed) -> Sequence[Setting]:
    pauses = [gap for gap in seen.gaps if gap <= _PAUSE_MS]
    if len(pauses) < _ENOUGH_GAPS:
        return ()
    longest = int(np.percentile(pauses, 95))
    hang = int(np.clip(math.ceil((longest + 100) / 50) * 50, 300, 800))
    return (Setting("hang_ms", hang, f"Pauses within an over last up to {longest} ms; the next is bridged."),)


_RULES: Final[tuple[Callable[[Observed], Sequence[Setting]], ...]] = (_levels, _noise, _tail, _hang)


def _speech_dbfs(seen: Observed) -> float:
    """Of the softer overs; endless when none was heard."""
    talk = [over.rms_dbfs for over in _talk(seen)]
    return float(np.percentile(talk, 10)) if talk else math.inf


def _talk(seen: Observed) -> Sequence[OverEnded]:
    """Overs that somebody said something in, by their rise and fall."""
    return [over for over in seen.overs if (over.snr_db or 0) >= _TALK_DB]


def _advice(seen: Observed) -> Sequence[str]:
    if seen.silent:
        return ("Nothing but exact zeros: a squelched radio and a cable pulled out look alike. Key a radio.",)
    if not _talk(seen):
        return ("Nobody was heard: let somebody talk for a minute, near and far, and listen again.",)
    return tuple(_on_volume(seen))


def _on_volume(seen: Observed) -> Sequence[str]:
    peak = max(over.peak_dbfs for over in _talk(seen))
    clipped = max(over.clip_percent for over in _talk(seen))
    if clipped > _CLIPPED_PERCENT:
        return (f"Clipped: {clipped:g} % of the loudest over's samples. Turn the radio or the card down.",)
    if peak > _FULL_PEAK_DBFS:
        return (f"Peaks at {peak:.0f} dBFS: turn it down by {peak - _GOOD_PEAK_DBFS:.0f} dB.",)
    if peak < _SOFT_PEAK_DBFS:
        return (f"Peaks at only {peak:.0f} dBFS: turn it up by {_GOOD_PEAK_DBFS - peak:.0f} dB.",)
    return (f"The volume is right: peaks at {peak:.0f} dBFS.",)
