"""What a family of numbered names is: call signs and numbered places."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Numbered names: call signs (`patrol`, after empty) or places (`{n}号站台`).

    `before` and `after` stand around the number in normal text without its leading space;
    `ids` gives the id of each number there is.
    """

    before: str
    after: str
    ids: dict[int, str]
