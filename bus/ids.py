"""Ids are made once, at the origin of a thing, and never again."""

import uuid

import uuid_utils

_NAMESPACE = uuid.UUID("6f2f7c1e-3c57-5d0a-9a5e-746f6e677069")


def new_id() -> str:
    """A fresh UUIDv7: unique, and sorting by the time it was made."""
    return str(uuid_utils.uuid7())


def derived_id(*parts: str) -> str:
    """The same id for the same parts, always: for things that follow from another thing.

    A broker may deliver a last will twice and a centre may restart between two events; what they lead to
    must still be one alarm.
    """
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))
