"""What the centre itself asks of the shelf."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.commands import Command
from intake.shelf.objects import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyUp(Command):
    """Put away some of what has been over for long; nothing happens when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBack(Command):
    """Have a parcel, put away at `put_away_at`, on the board again."""

    parcel: Parcel
    put_away_at: datetime
