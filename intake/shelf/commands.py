"""What the centre itself asks of the shelf."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.commands import Command
from intake.shelf.objects import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyUp(Command):
    """Put away what was found over for long, and count no longer which of these signals came once."""

    parcels: tuple[Parcel, ...] = ()
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBack(Command):
    """Have a parcel, put away at `put_away_at`, on the board again."""

    parcel: Parcel
    put_away_at: datetime
