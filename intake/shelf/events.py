"""What is written down when something leaves the board's memory, and when it comes back."""

from typing import Literal

from intake.dispatch.source_events import SourceEvent
from intake.shelf.objects import Parcel


class PutAway(SourceEvent):
    """These were over; the board does without them. `signals` need not be counted once any more."""

    kind: Literal["shelf.put-away"] = "shelf.put-away"
    parcel: Parcel = Parcel()
    signals: tuple[str, ...] = ()


class BroughtBack(SourceEvent):
    """Somebody asked about them: they stand as before."""

    kind: Literal["shelf.brought-back"] = "shelf.brought-back"
    parcel: Parcel
