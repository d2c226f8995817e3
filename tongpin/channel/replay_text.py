"""An over and a summary as lines for people. Pure."""

from collections.abc import Mapping
from typing import Any

_INDENT = "    "


def over_text(over: Mapping[str, Any]) -> str:
    """Where it was, what was said in it, what that was taken for: three lines, or two without words."""
    lines = [_whereabouts(over)]
    if over["gated"]:
        said = f" “{over['text']}”" if over["text"] else ""
        lines.append(f"{_INDENT}kept out of the queue ({over['gated']}){said}")
    else:
        lines += [f"{_INDENT}“{over['text']}”", f"{_INDENT}{_meaning(over)}"]
    if over["alarms"]:
        lines.append(f"{_INDENT}ALARM {', '.join(name or 'of no known type' for name in over['alarms'])}")
    return "\n".join(lines)


def summary_text(summary: Mapping[str, Any]) -> str:
    """What came of it all, a line a figure; what did not happen is left out."""
    shown = {name: value for name, value in summary.items() if value not in (0, [], {}, None)}
    width = max(map(len, shown))
    return "\n".join(f"{name.replace('_', ' '):{width}}  {_plain(value)}" for name, value in shown.items())


def _whereabouts(over: Mapping[str, Any]) -> str:
    minutes, seconds = divmod(over["start"], 60)
    callers = f", radio {', '.join(over['callers'])}" if over["callers"] else ""
    return (
        f"{over['file']} {minutes:.0f}:{seconds:04.1f}, {over['seconds']:.1f} s ({over['end']}), "
        f"{over['speech_ratio']:.0%} speech{callers}"
    )


def _meaning(over: Mapping[str, Any]) -> str:
    parts = [over["intent"], over["type"], over["place"] and f"at {over['place']}"]
    parts += [", ".join(over["units"]), over["status"]]
    return " · ".join(part for part in parts if part)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
