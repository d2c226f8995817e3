"""Silent Knight 9000 and Honeywell MX8000 in native mode ("Ademco 8000"): frames with a validation byte.

    &mmddyy"hhmmss"RR"ref4"hhhhh<05>acct"event"event...V<CR>     a call; hhhhh format and line card
    <02>mmddyy"hhmmss"RR"ref4"code dataV<CR>                     the receiver's own state
    <03>mmddyy"hhmmss"RR"ref4"V<CR>                              heartbeat
    <01>mmddyy"hhmm"code dataV<CR>                               the receiver's own state, SK9000

    codec (here)  →  stretch (frames in a run, NAK once)  →  call, system (layouts)  →  validation (V)

RR is the receiver, ref4 its running number: a frame said again has the same, another event never. The sum
that gives V is the only check. After two NAKs or two timeouts the receiver is in Computer Trouble.
"""

from typing import Final

from hardware.panels.silentknight.layout import NAME
from hardware.panels.silentknight.stretch import StretchReader
from hardware.panels.splitter import Splitter
from hardware.panels.text_codec import TextCodec

TERMINATORS: Final = b"\r\n"
LEGAL: Final = b"\x01\x02\x03\x05\x7f"
"""Control bytes that begin a frame or stand in it; 7F may be V, or the code of a log-on."""


def codec() -> TextCodec:
    """Return a codec for one port."""
    shortest = len('\x01mmddyy"hhmm"cV')
    return TextCodec(NAME, Splitter(TERMINATORS, shortest=shortest, legal=LEGAL), StretchReader().judge)
