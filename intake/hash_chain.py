"""Each entry of the journal carries the hash of the one before it: a changed byte breaks every later link."""

import hashlib
from typing import NamedTuple

GENESIS = bytes(32)
"""What the first entry of a journal points back to."""


class Link(NamedTuple):
    """What is hashed of one entry. `recorded_at` is milliseconds since 1970, UTC."""

    seq: int
    recorded_at: int
    kind: str
    body: str


def chain(previous: bytes, link: Link) -> bytes:
    """SHA-256 over the previous hash and everything this entry says."""
    text = f"{link.seq}\n{link.recorded_at}\n{link.kind}\n{link.body}"
    return hashlib.sha256(previous + text.encode()).digest()
