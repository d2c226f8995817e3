"""What is wrong with an entry whose hash does not follow from what it says."""

import json
from datetime import datetime

from intake.hash_chain import Link, chain

Row = tuple[Link, bytes]
"""What an entry says, and the hash that is stored with it."""


def what_differs(previous: bytes, row: Row, following: Row | None) -> str:
    """One sentence. `previous` is the hash before this entry, `following` the entry behind it."""
    link, stored = row
    if following is None:
        return f"entry {link.seq}, the last one, or its hash was changed after it was written{_clue(link)}"
    follows_from, next_hash = following
    if chain(chain(previous, link), follows_from) == next_hash:
        return f"the hash of entry {link.seq} was changed; what the entry says was not"
    if chain(stored, follows_from) == next_hash:
        return f"what entry {link.seq} says was changed after it was written{_clue(link)}"
    return f"entry {link.seq} was changed after it was written, and the one behind it{_clue(link)}"


def _clue(link: Link) -> str:
    """Kind and time are also part of the text: where they differ, it is seen which was changed."""
    try:
        said = json.loads(link.body)
        kind, at = said["kind"], datetime.fromisoformat(said["at"])
    except (ValueError, KeyError, TypeError):
        return ": its text is no event any more"
    if kind != link.kind:
        return f": its kind is {link.kind}, by its text {kind}"
    if round(at.timestamp() * 1000) != link.recorded_at:
        return f": its time is not that of its text, {at.isoformat(timespec='milliseconds')}"
    return f": its text, of kind {link.kind}"
