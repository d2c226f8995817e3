"""Ademco 685 and what speaks like it: Honeywell MX8000 in 685 mode, AES, VisorALARM, FE100, Conwin.

A frame begins with LF and ends with CR. There is no check and no sequence number. Every frame wants an ACK,
the idle line too; two NAKs or two timeouts are Computer Trouble.

    codec (here)  →  RunReader  →  contact, pulse (layouts)
                  →  idle (a line without any digit, as operators write it)
"""

from hardware.panels.ademco685 import contact, idle, pulse
from hardware.panels.ademco685.layout import NAME
from hardware.panels.forms import RunReader
from hardware.panels.splitter import Splitter
from hardware.panels.text_codec import TextCodec

TERMINATORS = b"\r\n"
LINE_FEED = b"\n"
SHORTEST_FRAME = len("00 OKAY @")
GBK_TEXT = (b"#8", b"\x0e")
"""Conwin's marks around text in GBK."""


def codec(*, lf_ends: bool = False) -> TextCodec:
    """Return a codec for one port.

    An LF behind a frame that no CR ended cuts that frame off, and the answer waits for the next. With
    `lf_ends` it ends it and earns its ACK: for imitations that never send CR.
    """
    reader = RunReader(NAME, delimited=contact.forms(), whole=[*idle.forms(), *pulse.forms()])
    return TextCodec(
        NAME,
        Splitter(TERMINATORS, shortest=SHORTEST_FRAME, foreign=GBK_TEXT),
        reader.judge,
        opener=b"" if lf_ends else LINE_FEED,
        judge_line=idle.judge_line,
    )
