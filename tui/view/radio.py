"""The channel strip: who speaks now, what was said last, and how much the gate kept out."""

from bus.messages.board import OverRow
from tui.ages import short_age, wall_clock
from tui.view.line import Line, Piece, column, piece
from tui.view.sight import Sight

SURE = 0.6
"""Below this confidence words are drawn as a guess."""


def gated(sight: Sight) -> int:
    """Overs without words: noise, or speech the gate did not trust."""
    return sum(row.gated is not None for row in sight.mirror.overs.values())


def channel_pieces(sight: Sight) -> tuple[Piece, ...]:
    """Each channel: its id, busy or idle, and for how long."""
    pieces: list[Piece] = []
    for name, state in sorted(sight.channels.items()):
        role = {"busy": "bold green", "idle": "dim"}.get(state.rx, "bold red")
        word = f"{sight.words(f'channel.{state.rx}')} {short_age(sight.age(state.since))}"
        pieces += [piece(f" {name} ", "bold ink"), piece(word, role), Piece("  ")]
    return tuple(pieces) or (piece(f" {sight.words('channel.none')}", "dim"),)


def radio_lines(sight: Sight, width: int, height: int) -> list[Line]:
    """The newest overs with words, oldest first, and below them what is being said now."""
    live = [_live_line(sight, channel, text.text, width) for channel, text in sorted(sight.live.items())]
    spoken = [row for row in sight.mirror.overs.values() if row.gated is None]
    newest = sorted(spoken, key=lambda row: row.said_at)[-max(height - len(live), 0) :]
    return [_over_line(row, width) for row in newest] + live[-height:]


def said(row: OverRow) -> str:
    """The words in quotes, or why there are none yet."""
    return f'"{row.text}"' if row.text else "..."


def percent(confidence: float | None) -> str:
    """`72%`, empty when nobody measured it."""
    return "" if confidence is None else f"{confidence:.0%}"


def _over_line(row: OverRow, width: int) -> Line:
    who = " ".join(row.units) or "-"
    sure = row.confidence is None or row.confidence >= SURE
    return Line(
        f"over:{row.id}",
        (
            column(f" {wall_clock(row.said_at)}", 10, "dim"),
            column(who, 6, "bold ink"),
            column(said(row), max(width - 10 - 6 - 6 - 6 - 1, 8), "ink" if sure else "violet"),
            column(f"{row.seconds:.0f}s", 6, "dim", right=True),
            column(percent(row.confidence), 6, "dim" if sure else "violet", right=True),
        ),
    )


def _live_line(sight: Sight, channel: str, text: str, width: int) -> Line:
    label = f" {channel} {sight.words('channel.now')} "
    return Line(
        f"live:{channel}", (piece(label, "bold green"), piece(text, "bold ink", width=width - len(label) - 1))
    )
