"""What the centre has said on a channel: waiting, on the air, said, or why not."""

from collections.abc import Iterator

from bus.messages.board import DeviceRow
from tui.ages import short_age
from tui.view.line import Piece, piece
from tui.view.sight import Sight

_ROLES = {"keyed": "bold green", "done": "dim", "idle": "dim"}
_OVER = ("idle", "done", "aborted", "refused", "expired")
_SHOWN_S = 120
"""So long is shown how it ended."""


def speaking_pieces(sight: Sight) -> tuple[Piece, ...]:
    """The latest of each channel that was spoken on, and whether its transmitter is muted."""
    rows = (row for row in sight.mirror.devices.values() if row.kind == "transmitter")
    return tuple(part for row in sorted(rows, key=lambda row: row.id) for part in _pieces(sight, row))


def _pieces(sight: Sight, row: DeviceRow) -> Iterator[Piece]:
    channel = row.id.split("/")[1]
    if row.muted:
        yield piece(f" {sight.words('tx.muted', channel=channel)} ", "bold red")
    if row.state in _OVER and (row.state == "idle" or sight.age(row.since) > _SHOWN_S):
        return
    said = sight.words(f"tx.{row.state}")
    why = f": {sight.words(f'tx_why.{row.reason}')}" if row.reason else ""
    age = short_age(sight.age(row.since))
    yield piece(f" {channel} < {row.detail} ({said}{why}) {age} ", _ROLES.get(row.state, "bold ink"))
