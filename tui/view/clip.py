"""Which recording a row stands for."""

import re

from tui.view.sight import Sight

_RECORDING = re.compile(r"[\w-]+/[\w-]+\.flac")
"""As the centre names them. Evidence may also be somebody's words."""


def clip_of(sight: Sight, key: str | None) -> str | None:
    """Of an over, a line of the timeline, an alarm, or an incident (its newest alarm that has one)."""
    kind, _, id_ = (key or "").partition(":")
    mirror = sight.mirror
    match kind:
        case "over":
            over = mirror.overs.get(id_)
            return over.clip if over else None
        case "timeline":
            row = mirror.timeline.get(id_)
            return row.clip if row and is_recording(row.clip) else None
        case "alarm":
            alarm = mirror.alarms.get(id_)
            return alarm.clip if alarm else None
        case "incident":
            linked = [one for one in mirror.alarms.values() if one.incident == id_ and one.clip]
            newest = max(linked, key=lambda one: one.recorded_at, default=None)
            return newest.clip if newest else None
        case _:
            return None


def is_recording(evidence: str | None) -> bool:
    """Whether it names a recording."""
    return evidence is not None and _RECORDING.fullmatch(evidence) is not None
