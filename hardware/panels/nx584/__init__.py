"""Interlogix (Caddx) NX-584 and NX-8E: messages with Fletcher sums, as hex digits or as bytes.

    LF len type data f1 f2 CR      in hex digits (ASCII mode)
    7E len type data f1 f2         binary mode, 7E and 7D stuffed as 7D 5E and 7D 5D

A module is set to one of the two; the first frame whose sums are right tells which. Messages with bit 7 of
their type are repeated until answered. 9600 8N1 is usual.

    reader (bytes → runs)  →  scan (where a frame ends)  →  messages (what it says)
"""

from hardware.errors import CodecOptionError
from hardware.panels.nx584.encode import Form
from hardware.panels.nx584.messages import NAME
from hardware.panels.nx584.reader import NxCodec


def codec(form: Form | None = None) -> NxCodec:
    """Return a codec for one module; without `form` it finds out, and asks in both until it has.

    Raises `CodecOptionError` for a form that is neither `ascii` nor `binary`.
    """
    if form not in (None, "ascii", "binary"):
        raise CodecOptionError(f"The {NAME} form is {form!r}; a module is set to ascii or binary.")
    return NxCodec(form)
