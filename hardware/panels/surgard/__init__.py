"""Sur-Gard MLR2, MLR2-DG, MLR2000, SLR, System family, and everything that imitates them.

Every frame is one protocol character, a header, a body and DC4 (CR or LF from imitations). There is no
check and no sequence number. The receiver waits about 4 s for an ACK to each frame, heartbeats too.

    codec (here)  →  RunReader (what one run of text holds)  →  contact, sia_block, fixed, heartbeat (layouts)
"""

from hardware.panels.forms import RunReader
from hardware.panels.splitter import Splitter
from hardware.panels.surgard import contact, fixed, heartbeat, sia_block
from hardware.panels.surgard.header import NAME, require_header_length
from hardware.panels.text_codec import TextCodec

TERMINATORS = b"\x14\r\n"
SHORTEST_FRAME = len("1RRL @")


def codec(header_length: int | None = None) -> TextCodec:
    """Return a codec for one port.

    `header_length` fixes how many characters stand between the protocol character and the space or `[`: 3
    on an MLR2, 5 on the System family. Without it, every length in use is accepted. Raises
    `CodecOptionError`.
    """
    require_header_length(NAME, header_length)
    reader = RunReader(
        NAME,
        delimited=[
            *contact.forms(header_length),
            *sia_block.forms(header_length),
            *heartbeat.forms(header_length),
        ],
        whole=fixed.forms(header_length),
    )
    return TextCodec(NAME, Splitter(TERMINATORS, shortest=SHORTEST_FRAME, brackets=True), reader.judge)
