"""What every table of the box's settings file has in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from bus.topics import is_id


def _topic_id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} must be made of lower-case letters, digits and hyphens, as in alarms-1.")
    return text


Id = Annotated[str, AfterValidator(_topic_id)]


class Table(BaseModel):
    """A key nobody knows is a slip of the pen, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
