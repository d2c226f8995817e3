"""The channel strip: who speaks now, what was said last, and how much the gate kept out."""

from bus.messages.board import LiveText, OverRow
from tui.ages import short_age, wall_clock
from tui.cells import clip_left
from tui.view.callers import WHO, who, who_now
from tui.view.line import Line, Piece, column, piece
from tui.view.sight import Sight

SURE = 0.6
"""Below this confidence words are drawn as a guess."""


QUIET_DB = 60
"""dB below full scale at which the level bar is empty."""

BAR = 8
"""Cells of the level bar."""

_OWN_WORDS = ("channel", "transmitter")
"""Told of beside the channel, well or not."""

WELL = ("ready", "ok", "idle", "busy")
"""States nobody needs to look after."""


def gated(sight: Sight) -> str:
    """How many overs have no words (noise, or speech the gate did not trust), and the newest one's age."""
    times = [row.said_at for row in sight.mirror.overs.values() if row.gated is not None]
    if not times:
        return ""
    return sight.words("channel.gated", n=len(times), age=short_age(sight.age(max(times))))


def fault_pieces(sight: Sight) -> tuple[Piece, ...]:
    """Every box, line and ear that is not well, by name and for how long."""
    rows = [
        row for row in sight.mirror.devices.values() if row.state not in WELL and row.kind not in _OWN_WORDS
    ]
    return tuple(
        piece(f" {row.id} {sight.words.state(row.state)} {short_age(sight.age(row.since))} ", "bold red")
        for row in sorted(rows, key=lambda row: row.since)
    )


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
    live = [_live_line(sight, channel, text, width) for channel, text in sorted(sight.live.items())]
    running = {text.over for text in sight.live.values()}
    spoken = [row for row in sight.mirror.overs.values() if row.gated is None and row.id not in running]
    newest = sorted(spoken, key=lambda row: row.said_at)[-max(height - len(live), 0) :]
    return [_over_line(sight, row, width) for row in newest] + live[-height:]


def said(row: OverRow) -> str:
    """The words in quotes, or why there are none yet."""
    return f'"{row.text}"' if row.text else "..."


def percent(confidence: float | None) -> str:
    """`72%`, empty when nobody measured it."""
    return "" if confidence is None else f"{confidence:.0%}"


def _over_line(sight: Sight, row: OverRow, width: int) -> Line:
    sure = row.confidence is None or row.confidence >= SURE
    return Line(
        f"over:{row.id}",
        (
            column(f" {wall_clock(row.said_at)}", 10, "dim"),
            column(who(sight, row), WHO, "bold ink"),
            column(said(row), max(width - 10 - WHO - 6 - 6 - 1, 8), "ink" if sure else "violet"),
            column(f"{row.seconds:.0f}s", 6, "dim", right=True),
            column(percent(row.confidence), 6, "dim" if sure else "violet", right=True),
        ),
    )


def _live_line(sight: Sight, channel: str, text: LiveText, width: int) -> Line:
    """Channel, who speaks, how loud, for how long, and the words so far: their end where room is short."""
    level = f"{level_bar(text.level_dbfs)} " if text.level_dbfs is not None else ""
    seconds = f"{sight.age(text.since):.0f}s " if text.since else ""
    speaker = who_now(sight, text)
    head = (
        piece(f" {channel} {sight.words('channel.ended' if text.done else 'channel.now')} ", "bold green"),
        piece(f"{speaker} " if speaker else "", "bold ink"),
        piece(level + seconds, "dim" if text.done else "green"),
    )
    room = max(width - sum(each.cells for each in head) - 1, 8)
    return Line(f"live:{channel}", (*head, piece(clip_left(text.text, room), "bold ink", width=room)))


def level_bar(dbfs: float) -> str:
    """`|====    |`: from -60 dBFS, where nobody speaks, to full scale, where it clips."""
    share = min(max((dbfs + QUIET_DB) / QUIET_DB, 0.0), 1.0)
    return f"|{'=' * round(share * BAR):<{BAR}}|"
