"""What all messages share: frozen, versioned, lossless to JSON and back."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, ValidationError

from bus.clock import to_ms
from bus.errors import MalformedMessage, MessageTooNew

VERSION = 1
"""Raised when an old reader would misunderstand a new message; adding a field does not raise it."""


def _iso_ms(at: datetime) -> str:
    return to_ms(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Utc = Annotated[AwareDatetime, PlainSerializer(_iso_ms, return_type=str, when_used="json")]
"""A moment in UTC; on the wire `2026-03-01T14:03:22.120Z`. A time without zone is refused."""

Exercise = Literal["actual", "exercise", "test"]
"""CAP 1.2 `status`: exercises and tests never mix with real work."""

Priority = Annotated[int, "0 = drop everything … 4 = when convenient"]


class Value(BaseModel):
    """A frozen part of a message."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Message(Value):
    """A whole payload."""

    v: int = VERSION

    def encode(self) -> bytes:
        """JSON in UTF-8."""
        return self.model_dump_json().encode()

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """The message in `payload`. Raises `MessageTooNew` or `MalformedMessage`."""
        fields = _object(payload)
        version = fields.get("v")
        if isinstance(version, int) and version > VERSION:
            raise MessageTooNew(f"{cls.__name__} has version {version}; this program reads up to {VERSION}")
        try:
            return cls.model_validate_json(payload)
        except ValidationError as error:
            raise MalformedMessage(_sentence(cls.__name__, error)) from error


def _object(payload: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise MalformedMessage(f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise MalformedMessage("not a JSON object")
    return fields


def _sentence(name: str, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the message"
    return f"{name}: {where}: {first['msg']}"
