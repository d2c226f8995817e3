"""Paradox APR-PRT3, the printer module in its ASCII mode: `GgggNnnnAaaa CR`. No check and no answer.

The module buffers 2,048 events, so nothing is lost while nobody listens; but it says nothing of itself when
all is quiet, so one area is asked for its status in silence. Whether nnn is a zone or a user depends on the
group; the record calls it `zone`.
"""

import re
from typing import Final

from hardware.errors import CodecOptionError
from hardware.panels.asking import Asking, Poll, State
from hardware.panels.frame import PanelRecord, Qualifier
from hardware.panels.paradox_prt3.encode import area_request
from hardware.panels.splitter import Splitter
from hardware.panels.text_codec import TextCodec

NAME: Final = "paradox_prt3"

POLL_S: Final = 60.0
"""Ours: at most one short answer a minute on a line that is otherwise silent."""

_MOST_AREAS: Final = 8

_EVENT: Final = re.compile(r"G(?P<group>[0-9]{3})N(?P<number>[0-9]{3})A(?P<area>[0-9]{3})")
_ANSWER: Final = re.compile(r"(?P<subject>[A-Z]{2}[0-9]{3})(?P<flags>.*)")

_QUALIFIERS: Final[dict[str, Qualifier]] = {"000": "restore", "001": "new"}
"""Zone closed and zone open; the other groups say by themselves whether something began or ended."""


def codec(area: int = 1) -> TextCodec:
    """Return a codec for one module; `area` (1 to 8) is the one asked for its status in silence.

    Raises `CodecOptionError`.
    """
    if not 1 <= area <= _MOST_AREAS:
        raise CodecOptionError(f"The {NAME} area is {area}; a panel has areas 1 to {_MOST_AREAS}.")
    question = area_request(area)
    return TextCodec(
        NAME,
        Splitter(b"\r\n", shortest=len("RA001")),
        judge,
        answered=False,
        asking=Asking(start=question, poll=Poll(POLL_S, question), state=_state),
    )


def judge(text: str) -> tuple[PanelRecord, ...]:
    """Read one line; empty when it is neither an event nor a request or its answer."""
    line, raw = text.strip(" "), text.encode("latin-1").hex()
    if match := _EVENT.fullmatch(line):
        return (
            PanelRecord(
                protocol=NAME,
                kind="event",
                qualifier=_QUALIFIERS.get(match["group"]),
                code=match["group"],
                partition=match["area"],
                zone=match["number"],
                reply="none",
                raw=raw,
            ),
        )
    if _ANSWER.fullmatch(line):
        return (PanelRecord(protocol=NAME, kind="text", text=line, reply="none", raw=raw),)
    return ()


def _state(record: PanelRecord) -> State | None:
    """Tell an area's answer, which is news only when it differs from the last."""
    answer = _ANSWER.fullmatch(record.text or "")
    return State(answer["subject"], answer["flags"] or "?", echo=True) if answer else None
